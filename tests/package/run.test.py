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

    def refuses(self, *arguments):
        done = subprocess.run([RUN, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.stdout, "")
        return done.returncode, done.stderr

    def test_options_that_say_two_things_to_do_are_refused(self):
        # The folder is named, so that a program which takes them changes nothing but that folder.
        for one, other in (("install", "uninstall"), ("memcheck", "install"), ("uninstall", "build-only")):
            status, said = self.refuses("--built", self.built, "--prefix", f"{self.built}/prefix", f"--{one}", f"--{other}")
            self.assertEqual((status, said), (2, f"packaging/run: --{other} does not go with --{one}: give one of the two\n"))

    def test_a_folder_without_a_build_is_named(self):
        for options in (("--terminal",), ("--memcheck",), ("--install", "--prefix", f"{self.built}/prefix")):
            status, said = self.refuses("--built", f"{self.built}/nowhere", *options)
            self.assertEqual(status, 1)
            self.assertIn(f"there is no {self.built}/nowhere/bin/jackfield-terminal", said)


if __name__ == "__main__":
    unittest.main()
