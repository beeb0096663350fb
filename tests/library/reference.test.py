"""The reference of the public headers, as Doxygen makes it: without a warning, and with words for everything but fields whose name and type
say it all."""

import pathlib
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
# What the reference lists without words: fields, and comparisons of every member.
SPEAKS_FOR_ITSELF = re.compile(r"Member (\S.* \(variable\)|operator==\(const \w+ &\) const =default \(function\)) of (struct|class) ")


def warnings_of(folder, **settings):
    text = SOURCE.joinpath("packaging/Doxyfile.in").read_text()
    for name, value in {"PROJECT_VERSION": "0", "JACKFIELD_REFERENCE_DIR": folder, "CMAKE_SOURCE_DIR": str(SOURCE)}.items():
        text = text.replace(f"@{name}@", value)
    text += "".join(f"{name} = {value}\n" for name, value in settings.items())
    done = subprocess.run(["doxygen", "-"], input=text, capture_output=True, text=True, check=False)
    return done.returncode, [line for line in (done.stdout + done.stderr).splitlines() if line]


class Reference(unittest.TestCase):
    def test_it_is_made_without_a_warning(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(warnings_of(folder), (0, []))
            pages = pathlib.Path(folder, "html")
            for page, words in (("index.html", "Your own loop"), ("classjackfield_1_1Engine.html", "pollable_descriptor"),
                                ("classjackfield_1_1Behaviour.html", "on_fragment")):
                self.assertIn(words, pages.joinpath(page).read_text())

    def test_everything_public_has_words(self):
        with tempfile.TemporaryDirectory() as folder:
            _, found = warnings_of(folder, EXTRACT_ALL="NO", WARN_AS_ERROR="NO")
            self.assertEqual([line for line in found if not SPEAKS_FOR_ITSELF.search(line)], [])
            self.assertGreater(len(found), 20)  # it looks at them


if __name__ == "__main__":
    unittest.main()
