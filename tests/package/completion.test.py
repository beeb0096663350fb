"""What bash, zsh and fish offer behind `jackfield` and `jackfield-terminal`."""

import os
import re
import subprocess
import tempfile
import unittest

SOURCE = os.environ["JACKFIELD_SOURCE"]
BUILT = os.environ["JACKFIELD_BUILT"]

SCRIPT = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
complete -p "${COMP_WORDS[0]##*/}" >/dev/null || exit 3
"$(complete -p "${COMP_WORDS[0]##*/}" | sed -E 's/.* -F ([^ ]+) .*/\\1/')" "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""

# The script runs as the function that zsh makes of it, with a line's words before it; what would be shown is printed.
ZSH_SCRIPT = """
script="$1"; shift
words=("$@"); CURRENT=$#; PREFIX="${words[CURRENT]}"
compset() { PREFIX="${PREFIX#*=}" }
shown() { for each in "$@"; do [[ $each == "$PREFIX"* ]] && print -r -- "$each"; done }
_describe() { [[ $1 == -o ]] && shift; eval "shown \\"\\${(@)${2}%%:*}\\"" }
_message() { }
_files() {
    setopt local_options null_glob
    shown *(/)
    case "$1" in
        -/) ;;
        -g) shown ${~2} ;;
        *) shown *(.) ;;
    esac
}
read -r first < "$script"
[[ " ${first#\\#compdef} " == *" ${words[1]:t} "* ]] || exit 3
eval "_jackfield() { $(<"$script")
}"
_jackfield || true
"""
FISH_SCRIPT = """
set -x PATH $argv[1] $PATH
source $argv[2]
complete -C "$argv[3]"
"""


class Completion(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name
        os.mkdir(f"{self.folder}/certs")
        for name in ("shop.jackfield.json", "my shop.jackfield.json", "other.json"):
            open(f"{self.folder}/{name}", "w", encoding="utf-8").close()

    @staticmethod
    def script(program, shell):
        """The servers share one."""
        return f"{SOURCE}/packaging/completions/{'jackfield-bench' if program == 'jackfield-bench' else 'jackfield'}.{shell}"

    def offered(self, program, *words):
        """What bash offers for the last word."""
        ran = subprocess.run(["bash", "--norc", "--noprofile", "-c", SCRIPT, "bash", self.script(program, "bash"),
                              f"{BUILT}/{program}", *words],
                             cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        return sorted(ran.stdout.splitlines()) if ran.stdout != "\n" else []

    def offered_by_zsh(self, program, *words):
        ran = subprocess.run(["zsh", "-f", "-c", ZSH_SCRIPT, "zsh", self.script(program, "zsh"), f"{BUILT}/{program}", *words],
                             cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        return sorted(ran.stdout.splitlines())

    def offered_by_fish(self, program, *words):
        ran = subprocess.run(["fish", "--no-config", "-c", FISH_SCRIPT, BUILT, self.script(program, "fish"),
                              " ".join([program, *words])],
                             cwd=self.folder, env={**os.environ, "HOME": self.home}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        return sorted(line.split("\t")[0].rstrip("/") for line in ran.stdout.splitlines())

    def test_every_option_of_the_help_is_offered(self):
        for program in ("jackfield", "jackfield-terminal"):
            told = subprocess.run([f"{BUILT}/{program}", "--help"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
            options = sorted(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", told, re.M))
            self.assertIn("--config-dir", options)
            with self.subTest(program=program):
                self.assertEqual(self.offered(program, "--"), options)
                self.assertEqual(self.offered_by_zsh(program, "--"), options)
                self.assertEqual(self.offered_by_fish(program, "--"), options)

    def test_the_load_generator_offers_its_modes_and_their_options(self):
        def told(*words):
            return subprocess.run([f"{BUILT}/jackfield-bench", *words, "--help"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
        modes = sorted(re.findall(r"^  ([a-z]+) {2,}", told(), re.M))
        options = sorted(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", told("ramp"), re.M))
        self.assertIn("--bound", options)
        for words, expected in (([""], modes), (["ra"], ["ramp", "rate"]), (["ramp", "--"], options), (["echo", "--bou"], []),
                                (["echo", "--json", ""], ["certs", "my shop.jackfield.json", "other.json", "shop.jackfield.json"]),
                                (["echo", "--pid", ""], []), (["echo", "--content", "m"], ["mixed"]),
                                (["echo", "--deflate", "o"], ["off", "on"]), (["echo", "--progress", ""], ["json", "line"])):
            with self.subTest(words=words):
                self.assertEqual(self.offered("jackfield-bench", *words), expected)
                self.assertEqual(self.offered_by_zsh("jackfield-bench", *words), expected)
                self.assertEqual(self.offered_by_fish("jackfield-bench", *words), expected)

    def test_cases(self):
        projects = ["certs", "my shop.jackfield.json", "shop.jackfield.json"]
        for program, words, expected in (
                ("jackfield", ["--tls-"], ["--tls-certificate", "--tls-key"]),
                ("jackfield", [""], projects),
                ("jackfield", ["--tls", "my"], ["my shop.jackfield.json"]),
                ("jackfield", ["--port", ""], []),
                ("jackfield", ["--config-dir", ""], ["certs"]),
                ("jackfield", ["--config-dir", "=", "c"], ["certs"]),
                ("jackfield", ["--config-dir", "="], ["certs"]),
                ("jackfield", ["--tls-key", ""], sorted([*projects, "other.json"])),
                ("jackfield-terminal", [""], sorted(["certificate", "trust", "untrust", *projects])),
                ("jackfield-terminal", ["tr"], ["trust"]),
                ("jackfield-terminal", ["--tls", "tr"], []),
                ("jackfield-terminal", ["certificate", ""], ["--config-dir", "export", "off", "on", "renew", "use"]),
                ("jackfield-terminal", ["certificate", "use", "o"], ["other.json"]),
                ("jackfield-terminal", ["certificate", "on", ""], []),
                ("jackfield-terminal", ["trust", ""], ["certs", "chromium", "firefox"]),
                ("jackfield-terminal", ["untrust", "--"], ["--config-dir"]),
                ("jackfield-terminal", ["trust", "--config-dir", ""], ["certs"])):
            with self.subTest(program=program, words=words):
                self.assertEqual(self.offered(program, *words), expected)
                if "=" in words:  # a word of its own in bash alone
                    words, expected = ["--config-dir=" + words[2] if len(words) > 2 else "--config-dir="], ["certs"]
                    self.assertEqual(self.offered_by_zsh(program, *words), expected)
                    self.assertEqual(self.offered_by_fish(program, *words), [f"--config-dir={each}" for each in expected])
                    continue
                self.assertEqual(self.offered_by_zsh(program, *words), expected)
                self.assertEqual(self.offered_by_fish(program, *words), expected)


if __name__ == "__main__":
    unittest.main()
