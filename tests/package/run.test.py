"""packaging/run: which program it starts, and with which arguments."""

import os
import subprocess
import tempfile
import unittest

RUN = f"{os.environ['JACKFIELD_SOURCE']}/packaging/run"


class Run(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.built = folder.name
        os.mkdir(f"{self.built}/bin")
        for program in ("jackfield", "jackfield-terminal"):
            path = f"{self.built}/bin/{program}"
            with open(path, "w", encoding="utf-8") as file:
                file.write('#!/bin/sh\nprintf "%s\\n" "${0##*/}" "$@"\n')
            os.chmod(path, 0o755)

    def starts(self, *arguments):
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
        done = subprocess.run([RUN, "--built", self.built, *arguments], env=environment, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.splitlines()

    def test_its_options_stand_in_any_order(self):
        self.assertEqual(self.starts("--terminal", "--port", "1111"), ["jackfield-terminal", "--port", "1111"])
        self.assertEqual(self.starts("--port", "1111", "--terminal"), ["jackfield-terminal", "--port", "1111"])

    def test_what_follows_two_dashes_goes_to_jackfield(self):
        self.assertEqual(self.starts("--port", "1", "--", "--help", "two words"), ["jackfield", "--port", "1", "--help", "two words"])
        self.assertEqual(self.starts(), ["jackfield"])


if __name__ == "__main__":
    unittest.main()
