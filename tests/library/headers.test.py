"""The public headers: each compiles alone, with both compilers and without a warning, and includes nothing but the standard library,
tl/expected.hpp and its neighbours."""

import concurrent.futures
import pathlib
import re
import subprocess
import tempfile
import unittest

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "engine" / "include"
HEADERS = sorted(INCLUDE.glob("jackfield/*.h"))
FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


class Headers(unittest.TestCase):
    def test_each_compiles_alone(self):
        self.assertGreater(len(HEADERS), 30)
        with tempfile.TemporaryDirectory() as folder:

            def compile_alone(compiler, header):
                source = pathlib.Path(folder, f"{compiler}_{header.stem}.cpp")
                source.write_text(f"#include <jackfield/{header.name}>\n#include <jackfield/{header.name}>\n")
                done = subprocess.run(
                    [compiler, *FLAGS, f"-I{INCLUDE}", source], capture_output=True, text=True, check=False
                )
                return f"{compiler} {header.name}", done.returncode, done.stderr

            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                work = [pool.submit(compile_alone, compiler, header)
                        for header in HEADERS for compiler in ("g++", "clang++")]
                for each in work:
                    what, code, problem = each.result()
                    with self.subTest(what):
                        self.assertEqual((code, problem), (0, ""))

    def test_an_older_standard_is_refused_in_words(self):
        done = subprocess.run(
            ["g++", "-std=c++17", "-fsyntax-only", f"-I{INCLUDE}", "-x", "c++", "-"],
            input="#include <jackfield/engine.h>\n", capture_output=True, text=True, check=False,
        )
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("compile with -std=c++20 or newer", done.stderr)

    def test_nothing_else_is_included(self):
        for header in HEADERS:
            for line in re.findall(r"^\s*#\s*include\s+(.+)$", header.read_text(), re.MULTILINE):
                with self.subTest(f"{header.name}: {line}"):
                    neighbour = re.fullmatch(r'"jackfield/(\w+\.h)"', line)
                    if neighbour:
                        self.assertTrue(INCLUDE.joinpath("jackfield", neighbour[1]).exists())
                    else:  # headers of the standard library have neither a folder nor an ending
                        self.assertRegex(line, r"^<([a-z_]+|tl/expected\.hpp)>$")


if __name__ == "__main__":
    unittest.main()
