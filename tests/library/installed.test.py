"""libjackfield, installed into a folder of its own: what it exports, and its example, built with CMake and with pkg-config against nothing
but what was installed, run and talked to."""

import asyncio
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest

import websockets

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILT = os.environ.get("JACKFIELD_BINARY_DIR", str(SOURCE / "build" / "release-tests"))
CMAKE = os.environ.get("JACKFIELD_CMAKE", "cmake")
SYMBOLS = SOURCE / "engine" / "libjackfield.symbols"
PATIENCE = 60  # seconds, which no passing test reaches


def run(*command, **more):
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


class Example:
    """The example while it runs, on a port that the system has chosen."""

    def __init__(self, program, library_folder):
        self.process = subprocess.Popen(
            [program, "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "LD_LIBRARY_PATH": str(library_folder)},
        )
        self.lines = []
        self.port = None
        while self.port is None:
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError("it ended:\n" + "".join(self.lines))
            self.lines.append(line)
            found = re.search(r"\bListening on ws://127\.0\.0\.1:(\d+)/$", line)
            self.port = int(found[1]) if found else None

    def url(self, path="/ws"):
        return f"ws://127.0.0.1:{self.port}{path}"

    def end(self):
        """Its exit status, once it has been asked to stop."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        self.lines += rest.splitlines(keepends=True)
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


async def status_of(url, subprotocols=("protocol1",), **more):
    """The HTTP status of a refusal; 101 where there is none."""
    try:
        async with websockets.connect(url, subprotocols=list(subprotocols) or None, **more):
            return 101
    except websockets.exceptions.InvalidStatusCode as refused:
        return refused.status_code


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="jackfield-library-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.prefix = cls.folder / "prefix"
        for component in ("libjackfield1", "libjackfield-dev"):
            run(CMAKE, "--install", BUILT, "--prefix", cls.prefix, "--component", component)
        cls.library = next(cls.prefix.rglob("libjackfield.so.1"))
        cls.sources = cls.folder / "own_loop"
        shutil.copytree(next(cls.prefix.rglob("examples/own_loop")), cls.sources)
        pkgconfig = next(cls.prefix.rglob("jackfield.pc")).parent
        cls.flags = run(
            "pkg-config", "--cflags", "--libs", "jackfield", env={**os.environ, "PKG_CONFIG_PATH": str(pkgconfig)}
        ).split()
        # Each way with one of the two compilers, and no search in the sources of this project.
        cls.by_pkg_config = cls.folder / "by_pkg_config"
        run("g++", "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", cls.sources / "own_loop.cpp", "-o",
            cls.by_pkg_config, *cls.flags)
        run(CMAKE, "-S", cls.sources, "-B", cls.folder / "build", f"-DCMAKE_PREFIX_PATH={cls.prefix}",
            "-DCMAKE_CXX_COMPILER=clang++", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror")
        run(CMAKE, "--build", cls.folder / "build")
        cls.by_cmake = cls.folder / "build" / "own_loop"

    def start(self, program=None):
        return Example(program or self.by_pkg_config, self.library.parent)

    # what was installed

    def test_the_name_that_programs_remember_holds_the_number_of_the_interface(self):
        dynamic = run("readelf", "-d", self.library)
        self.assertIn("Library soname: [libjackfield.so.1]", dynamic)
        self.assertIn("Shared library: [libjackfield.so.1]", run("readelf", "-d", self.by_cmake))
        self.assertNotRegex(dynamic, r"R(UN)?PATH")

    def test_only_public_names_are_exported(self):
        inside = re.compile(r"jackfield::(app|base|behaviours|capture|control|http|net|server|session|websocket)::")
        names = []
        for line in run("nm", "-D", "--defined-only", "-C", self.library).splitlines():
            _, kind, name = line.split(maxsplit=2)
            name = name.split("@@")[0]
            if kind == "A":
                self.assertEqual(name, "JACKFIELD_1")
                continue
            with self.subTest(name):
                plain = re.sub(r"^(vtable|typeinfo|typeinfo name) for ", "", name)
                self.assertTrue(plain.startswith("jackfield::"))
                if plain == name:
                    # A private constructor may take what is inside.
                    self.assertNotRegex(name.split("(")[0], inside)
                    self.assertNotIn("::Core::", name)
                    self.assertNotIn("nlohmann", name)
                    self.assertNotIn("re2::", name)
            names.append(name)
        for name in ("jackfield::Engine::poll(", "jackfield::Engine::set_logger(", "jackfield::log_to_stderr(",
                     "jackfield::RequestView::offers(", "jackfield::Stack::without_pages(", "typeinfo for jackfield::Behaviour"):
            self.assertTrue(any(each.startswith(name) for each in names), name)

    def test_the_exported_names_are_those_of_the_kept_list(self):
        """Programs that were built before need each of them. engine/libjackfield.symbols says what to do about a difference."""
        kept = {line for line in SYMBOLS.read_text().splitlines() if line and not line.startswith("#")}
        found = {name.split("@@")[0] for _, kind, name in
                 (line.split(maxsplit=2) for line in run("nm", "-D", "--defined-only", self.library).splitlines()) if kind != "A"}
        shown = {name: run("c++filt", name).strip() for name in kept ^ found}
        self.assertEqual(sorted(shown[name] for name in kept - found), [], "gone: programs that were built before break")
        self.assertEqual(sorted(shown[name] for name in found - kept), [], "new: to be kept from now on")

    def test_every_public_header_is_there_and_no_other(self):
        public = {each.name for each in (SOURCE / "engine/include/jackfield").glob("*.h")}
        self.assertEqual({each.name for each in (self.prefix / "include").rglob("*") if each.is_file()}, public)

    def test_the_version_is_checked(self):
        version = run("pkg-config", "--modversion", next(self.prefix.rglob("jackfield.pc"))).strip()
        for asked, found in ((version, True), ("99.0", False)):
            project = self.folder / f"asks_{asked}"
            project.mkdir()
            project.joinpath("CMakeLists.txt").write_text(
                "cmake_minimum_required(VERSION 3.16)\nproject(asks LANGUAGES CXX)\n"
                f"find_package(Jackfield {asked})\n"
                f"if(NOT Jackfield_FOUND STREQUAL {int(found)})\nmessage(FATAL_ERROR \"${{Jackfield_FOUND}}\")\nendif()\n")
            run(CMAKE, "-S", project, "-B", project / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}")

    def test_the_static_library_can_be_linked(self):
        project = self.folder / "static"
        project.mkdir()
        project.joinpath("CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.16)\nproject(static LANGUAGES CXX)\n"
            "find_package(Jackfield REQUIRED COMPONENTS static)\n"
            f"add_executable(own_loop {self.sources}/own_loop.cpp)\n"
            "target_link_libraries(own_loop PRIVATE Jackfield::jackfield-static)\n")
        run(CMAKE, "-S", project, "-B", project / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run(CMAKE, "--build", project / "build")
        program = project / "build" / "own_loop"
        self.assertNotIn("libjackfield", run("readelf", "-d", program))
        with self.start(program) as example:
            self.assertEqual(asyncio.run(status_of(example.url())), 101)

    def test_the_program_of_the_readme_compiles_and_answers(self):
        section = SOURCE.joinpath("README.md").read_text().split("## The library", 1)[1]
        program = re.search(r"```cpp\n(.*?)```", section, re.DOTALL)[1]
        source = self.folder / "readme.cpp"
        source.write_text(program.replace("8056", "0"))
        run("g++", "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", source, "-o", self.folder / "readme", *self.flags)
        with self.start(self.folder / "readme") as server:

            async def talk():
                async with websockets.connect(server.url()) as page:
                    await page.send("Does it work?")
                    return await page.recv()

            self.assertEqual(asyncio.run(talk()), "Oh yeah! It works!")

    # the example

    def test_it_prints_and_answers(self):
        for program in (self.by_pkg_config, self.by_cmake):
            with self.subTest(program), self.start(program) as example:

                async def talk():
                    async with websockets.connect(example.url(), subprotocols=["other", "protocol1"]) as page:
                        self.assertEqual(page.subprotocol, "protocol1")
                        await page.send("Does it \x1b[31mwork?")
                        self.assertEqual(await page.recv(), "Oh yeah! It works!")
                        await page.send(b"\x00\x01\x02")
                        self.assertEqual(await page.recv(), "Oh yeah! It works!")

                asyncio.run(talk())
                self.assertEqual(example.end(), 0)
                self.assertIn("#1: Does it \\x1b[31mwork?\n", example.lines)
                self.assertIn("#1: 3 bytes\n", example.lines)

    def test_another_path_or_subprotocol_is_refused(self):
        with self.start() as example:
            for path, subprotocols, status in (
                ("/ws", ["protocol1"], 101), ("/ws?query=1", ["protocol1"], 101), ("/", ["protocol1"], 404),
                ("/ws/", ["protocol1"], 404), ("/ws", ["protocol2"], 400), ("/ws", ["Protocol1"], 400), ("/ws", [], 400),
            ):
                with self.subTest(path=path, subprotocols=subprotocols):
                    self.assertEqual(asyncio.run(status_of(example.url(path), subprotocols)), status)
            with self.subTest("a page from elsewhere"):
                self.assertEqual(asyncio.run(status_of(example.url(), origin="http://elsewhere.test")), 403)

    def test_the_twenty_first_connection_is_refused(self):
        with self.start() as example:

            async def fill():
                pages = [await websockets.connect(example.url(), subprotocols=["protocol1"]) for _ in range(20)]
                self.assertEqual(await status_of(example.url()), 503)
                await pages[7].close()
                self.assertEqual(await status_of(example.url()), 101)
                await pages[3].send("still there")
                self.assertEqual(await pages[3].recv(), "Oh yeah! It works!")
                for page in pages:
                    await page.close()

            asyncio.run(fill())

    def test_sigterm_closes_every_connection_politely(self):
        with self.start() as example:

            async def stay():
                async with websockets.connect(example.url(), subprotocols=["protocol1"]) as page:
                    example.process.send_signal(signal.SIGTERM)
                    await asyncio.wait_for(page.wait_closed(), PATIENCE)
                    return page.close_code

            self.assertEqual(asyncio.run(stay()), 1001)
            self.assertEqual(example.end(), 0)

    def test_a_port_in_use_is_told_and_ends_it(self):
        with self.start() as example:
            done = subprocess.run(
                [self.by_cmake, str(example.port)], capture_output=True, text=True, check=False, timeout=PATIENCE,
                env={**os.environ, "LD_LIBRARY_PATH": str(self.library.parent)})
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"Port {example.port} of 127.0.0.1 is used by own_loop", done.stdout.replace("by_pkg_config", "own_loop"))


if __name__ == "__main__":
    unittest.main()
