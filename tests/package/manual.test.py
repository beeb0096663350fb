"""The manual pages say what the programs say of themselves, no less and no more."""

import os
import re
import subprocess
import tempfile
import unittest

SOURCE = os.environ["JACKFIELD_SOURCE"]
BUILT = os.environ["JACKFIELD_BUILT"]


def told_by(program, *arguments):
    return subprocess.run([f"{BUILT}/{program}", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout


def source_of(page):
    with open(f"{SOURCE}/packaging/man/{page}.1", encoding="utf-8") as file:
        return file.read()


def section(page, title):
    return re.search(rf"^\.SH {title}\n(.*?)(?=^\.SH |\Z)", source_of(page), re.M | re.S).group(1)


def plain(text):
    """A tag of a manual page without its markup."""
    text = re.sub(r"^\.[BIR]{1,2} ", "", text)
    text = re.sub(r"\\f[BIR]", "", text).replace('"', "").replace("\\-", "-")
    return re.sub(r"\s+", " ", text)


def tags(page, title):
    """What stands in front of each paragraph of the section."""
    return [plain(tag) for tag in re.findall(r"^\.TP\n(.*)$", section(page, title), re.M)]


class Manual(unittest.TestCase):
    def options_in_help(self, program):
        """Name to the name of its value."""
        return dict(re.findall(r"^  (?:-\w,)?(--[a-z-]+)(?: ([A-Z][A-Z:]*)(?= |$))?", told_by(program, "--help"), re.M))

    def options_in_page(self, program):
        found = {}
        for tag in tags(program, "OPTIONS"):
            match = re.fullmatch(r"(?:-\w *, *)?(--[a-z-]+)(?: ([A-Z][A-Z:]*))?", tag)
            self.assertIsNotNone(match, f"{program}(1) has an option that is written in another way: {tag}")
            found[match.group(1)] = match.group(2) or ""
        return found

    def test_every_option_is_in_the_page_and_no_other(self):
        for program in ("jackfield", "jackfield-terminal"):
            with self.subTest(program=program):
                told = self.options_in_help(program)
                self.assertIn("--port", told)
                self.assertEqual(self.options_in_page(program), told)

    def test_every_mode_and_option_of_the_load_generator_is_in_its_page_and_no_other(self):
        told = told_by("jackfield-bench", "--help")
        modes = re.findall(r"^  ([a-z]+) {2,}", told, re.M)
        self.assertIn("ramp", modes)
        self.assertEqual(tags("jackfield-bench", "MODES"), modes)
        options = {}
        for text in (told, *(told_by("jackfield-bench", mode, "--help") for mode in modes)):
            options.update(re.findall(r"^  (?:-\w,)?(--[a-z-]+)(?: ([A-Z][A-Z:]*)(?==| |$))?", text.replace(" Excludes: ", "  Excludes: "), re.M))
        self.assertEqual(options["--size"], "BYTES")
        self.assertEqual(self.options_in_page("jackfield-bench"), options)

    def test_every_command_that_ends_is_in_the_page_and_no_other(self):
        told = re.findall(r"^jackfield-terminal ([a-z]+(?: [a-z]+)?)\b", told_by("jackfield-terminal", "certificate", "--help"), re.M)
        self.assertIn("certificate renew", told)
        found = [re.match(r"[a-z]+(?: [a-z]+)?", tag).group(0) for tag in tags("jackfield-terminal", "COMMANDS THAT DO ONE THING AND END")]
        self.assertEqual(found, told)

    def commands_in_help(self):
        """The names of each command to what it does, as the table of `help` tells them."""
        with tempfile.TemporaryDirectory() as folder:
            told = subprocess.run([f"{BUILT}/jackfield-terminal", "--listen", "127.0.0.1:0", "--config-dir", folder],
                                  input="help\nquit\n", capture_output=True, text=True, check=True, timeout=60).stdout
        table = re.search(r"^(COMMAND +)WHAT IT DOES\n(.*?)^help send says ", told, re.M | re.S)
        column = len(table.group(1))
        return {line[:column].strip(): line[column:].strip() for line in table.group(2).splitlines()}

    def test_every_command_of_the_table_is_in_the_page_and_no_other(self):
        told = self.commands_in_help()
        for name in ("users, online, clients, list", "wait", "expect"):
            self.assertIn(name, told)
        found = {plain(tag).replace(" , ", ", "): plain(says).removesuffix(".")
                 for tag, says in re.findall(r"^\.TP\n(.*)\n(.*)$", section("jackfield-terminal", "COMMANDS"), re.M)}
        self.assertEqual(found, {name: says[0].upper() + says[1:] for name, says in told.items()})

    def test_the_pages_are_well_formed(self):
        for program in ("jackfield", "jackfield-terminal", "jackfield-bench"):
            with self.subTest(program=program):
                ran = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", f"{SOURCE}/packaging/man/{program}.1"],
                                     env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"},
                                     stdin=subprocess.DEVNULL, capture_output=True, text=True)
                self.assertEqual((ran.returncode, ran.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
