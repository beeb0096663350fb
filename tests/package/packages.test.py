"""The packages of a build: what is in them, and that they install, start and leave without a trace.

As root they are installed on this machine, through packaging/run --install, and removed again. Otherwise, or where Jackfield is
installed already, they are unpacked into a folder and started from there."""

import gzip
import io
import os
import re
import shutil
import stat
import subprocess
import tarfile
import tempfile
import unittest

from served import Served

SOURCE = os.environ["JACKFIELD_SOURCE"]
BUILT = os.environ["JACKFIELD_BUILT"]
BUILD = os.path.dirname(BUILT)
PACKAGES = ("jackfield", "jackfield-terminal", "libjackfield-dev", "libjackfield1")
OLDEST_C_LIBRARY = (2, 36)  # that of Debian 12, which the tarball is made for
# What other packages keep about all that is installed, made again by their triggers: may appear, but not name us.
INDEXES = ("icon-theme.cache", "mimeinfo.cache")


def output_of(*command, **options):
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)
    if ran.returncode != 0:
        raise AssertionError(f"{command} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def is_installed(package):
    ran = subprocess.run(["dpkg-query", "-W", "-f=${db:Status-Status}", package], capture_output=True, text=True)
    return ran.returncode == 0 and ran.stdout != "not-installed"


def installed_packages():
    return set(output_of("dpkg-query", "-W", "-f=${Package}:${Architecture} ${db:Status-Status}\n").splitlines())


def files_of_the_system():
    """Every path that a package may leave behind; caches, logs and dpkg's own lists are the system's."""
    found = set()
    for top in ("/usr", "/etc", "/opt", "/var", "/root/.config", "/root/.local"):
        for folder, folders, files in os.walk(top):
            if folder in ("/var/cache", "/var/log", "/var/tmp", "/var/lib/apt", "/var/lib/dpkg/updates"):
                folders.clear()
                continue
            found.update(os.path.join(folder, name) for name in folders + files)
    return {path for path in found if not path.startswith("/var/lib/dpkg/") or "jackfield" in path}


class Display:
    """A display of its own, for a window."""

    def __init__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1100x760x24", "-nolisten", "tcp"],
                                        pass_fds=[write], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb ended with {self.process.wait()} instead of giving a display")
        self.name = ":" + number

    def close(self):
        self.process.terminate()
        self.process.wait()


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="jackfield-packages-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        os.chmod(cls.folder, 0o755)
        cls.made = output_of(f"{SOURCE}/packaging/make_packages", BUILD, cls.folder).split()
        cls.files = {}
        for path in cls.made:
            name = os.path.basename(path)
            cls.files["tarball" if name.endswith(".tar.gz") else name.split("_")[0]] = path

    def field(self, package, name):
        return output_of("dpkg-deb", "--field", self.files[package], name).strip()

    def members(self, package):
        """Path, below the root, to what tar says of it."""
        data = subprocess.run(["dpkg-deb", "--fsys-tarfile", self.files[package]], capture_output=True, check=True).stdout
        archive = tarfile.open(fileobj=io.BytesIO(data))
        return archive, {member.name.removeprefix("."): member for member in archive.getmembers()}

    def control(self, package):
        data = subprocess.run(["dpkg-deb", "--ctrl-tarfile", self.files[package]], capture_output=True, check=True).stdout
        archive = tarfile.open(fileobj=io.BytesIO(data))
        return {member.name.removeprefix("./"): archive.extractfile(member).read().decode() for member in archive.getmembers() if member.isfile()}

    def served_and_talked_to(self, command, *arguments, **options):
        served = Served(command, *arguments, **options)
        self.addCleanup(served.close)
        served.talk()
        if "--tls" in arguments:
            served.talk(over_tls=True)
        status = served.ends_politely()
        self.assertEqual(status, 0, served.written)

    # What is in them.

    def test_there_are_four_packages_and_a_tarball(self):
        self.assertEqual(sorted(self.files), sorted([*PACKAGES, "tarball"]))

    def test_each_depends_on_what_it_needs(self):
        version = self.field("jackfield", "Version")
        for package, needed, not_needed in (
                ("jackfield", ["libqt6widgets6", "libqt6network6", "libssl3", "libre2-9", "libc6"], ["libjackfield1", "jackfield-terminal"]),
                ("jackfield-terminal", ["libssl3", "zlib1g", "libre2-9", "libc6"], ["libjackfield1", "libqt6core6"]),
                ("libjackfield1", ["libssl3", "zlib1g", "libre2-9", "libc6"], ["libqt6core6"]),
                ("libjackfield-dev", [f"libjackfield1 (= {version})", "libexpected-dev"], [])):
            with self.subTest(package=package):
                self.assertEqual(self.field(package, "Version"), version)
                depends = self.field(package, "Depends").split(", ")
                names = [depend.split()[0] for depend in depends]
                for need in needed:
                    self.assertIn(need, depends if "(" in need else names)
                for need in not_needed:
                    self.assertNotIn(need, names)

    def test_the_library_tells_the_linker_and_those_that_link_it(self):
        control = self.control("libjackfield1")
        self.assertEqual(control["triggers"].split("\n")[0].strip(), "activate-noawait ldconfig")
        self.assertRegex(control["shlibs"], r"^libjackfield 1 libjackfield1 \(>= ")
        for package in PACKAGES:
            with self.subTest(package=package):
                self.assertFalse({"preinst", "postinst", "prerm", "postrm"} & set(self.control(package)), "dpkg's triggers do all")

    def test_each_has_its_copyright_and_the_changes_of_this_version(self):
        version = self.field("jackfield", "Version")
        changes = output_of(f"{SOURCE}/packaging/debian_changelog", f"{SOURCE}/CHANGELOG.md")
        self.assertTrue(changes.startswith(f"jackfield ({version}) "), changes[:40])
        for package in PACKAGES:
            with self.subTest(package=package):
                archive, members = self.members(package)
                documents = f"/usr/share/doc/{package}"
                with open(f"{SOURCE}/packaging/copyright", "rb") as file:
                    self.assertEqual(archive.extractfile(members[f"{documents}/copyright"]).read(), file.read())
                packed = archive.extractfile(members[f"{documents}/changelog.gz"]).read()
                self.assertEqual(packed[4:8], b"\0\0\0\0", "no time in it, so that the same changes are the same file")
                self.assertEqual(gzip.decompress(packed).decode(), changes)

    def test_versions_and_dates_agree(self):
        version = self.field("jackfield", "Version")
        with open(f"{SOURCE}/CHANGELOG.md", encoding="utf-8") as file:
            newest = re.search(r"^## (\S+) \((\S+)\)$", file.read(), re.M).groups()
        with open(f"{SOURCE}/packaging/arpa.home.jackfield.metainfo.xml", encoding="utf-8") as file:
            release = re.search(r'<release version="(\S+)" date="(\S+)">', file.read()).groups()
        self.assertEqual((newest[0], release), (version, newest))
        self.assertEqual(output_of(f"{BUILT}/jackfield-terminal", "--version").strip(), f"jackfield-terminal {version}")

    def test_files_belong_to_root_and_nobody_else_writes_them(self):
        for package in PACKAGES:
            for path, member in self.members(package)[1].items():
                with self.subTest(path=path):
                    self.assertEqual((member.uid, member.gid), (0, 0))
                    if member.isdir():
                        self.assertEqual(stat.S_IMODE(member.mode), 0o755)
                    elif member.isfile():
                        self.assertEqual(stat.S_IMODE(member.mode), 0o755 if path.startswith("/usr/bin/") else 0o644)

    def test_each_holds_its_part(self):
        for package, expected in (
                ("jackfield", ["/usr/bin/jackfield", "/usr/share/applications/jackfield.desktop", "/usr/share/man/man1/jackfield.1.gz",
                               "/usr/share/metainfo/arpa.home.jackfield.metainfo.xml", "/usr/share/mime/packages/jackfield.xml",
                               "/usr/share/icons/hicolor/48x48/apps/jackfield.png", "/usr/share/icons/hicolor/scalable/apps/jackfield.svg",
                               "/usr/share/bash-completion/completions/jackfield", "/usr/share/zsh/vendor-completions/_jackfield",
                               "/usr/share/fish/vendor_completions.d/jackfield.fish"]),
                ("jackfield-terminal", ["/usr/bin/jackfield-terminal", "/usr/share/man/man1/jackfield-terminal.1.gz",
                                        "/usr/share/bash-completion/completions/jackfield-terminal",
                                        "/usr/share/zsh/vendor-completions/_jackfield-terminal",
                                        "/usr/share/fish/vendor_completions.d/jackfield-terminal.fish",
                                        "/usr/bin/jackfield-bench", "/usr/share/man/man1/jackfield-bench.1.gz",
                                        "/usr/share/bash-completion/completions/jackfield-bench",
                                        "/usr/share/zsh/vendor-completions/_jackfield-bench",
                                        "/usr/share/fish/vendor_completions.d/jackfield-bench.fish"]),
                ("libjackfield-dev", ["/usr/include/jackfield/engine.h", "/usr/share/man/man3/libjackfield.3.gz"])):
            with self.subTest(package=package):
                self.assertLessEqual(set(expected), set(self.members(package)[1]))
        self.assertTrue(any(re.fullmatch(r"/usr/lib/\S+/libjackfield\.so\.1", path) for path in self.members("libjackfield1")[1]))
        self.assertFalse(any(path.startswith("/usr/include") for path in self.members("libjackfield1")[1]))

    def test_lintian_finds_nothing(self):
        said = output_of("lintian", "--allow-root", "--fail-on", "error,warning", *[self.files[package] for package in PACKAGES])
        self.assertEqual(said, "")

    def test_the_desktop_understands_its_files(self):
        self.assertEqual(output_of("desktop-file-validate", "--no-hints", f"{SOURCE}/packaging/jackfield.desktop"), "")
        output_of("appstreamcli", "validate", "--no-net", "--pedantic", f"{SOURCE}/packaging/arpa.home.jackfield.metainfo.xml")

    # Installed and removed again.

    def test_installs_starts_and_leaves_no_trace(self):
        already = [package for package in PACKAGES if is_installed(package)]
        if os.geteuid() != 0 or already:
            why = f"{', '.join(already)} is installed already" if already else "this is not root"
            print(f"\n  {why}: the packages are unpacked into a folder and started from there", flush=True)
            self.start_unpacked()
            return
        configuration = os.path.join(self.folder, "apt.conf")
        with open(configuration, "w", encoding="utf-8") as file:
            file.write('APT::Install-Recommends "false";\n')
        environment = {**os.environ, "APT_CONFIG": configuration}
        packages_before, before = installed_packages(), files_of_the_system()
        self.addCleanup(subprocess.run, ["dpkg", "--purge", *PACKAGES], stdin=subprocess.DEVNULL, capture_output=True)
        output_of(f"{SOURCE}/packaging/run", "--built", BUILD, "--install", env=environment)
        added = {line.split(":")[0] for line in installed_packages() - packages_before}
        self.assertEqual(added, set(PACKAGES), "what they depend on is what the programs were built with")

        self.start("/usr/bin")
        self.assertEqual(output_of("pkg-config", "--modversion", "jackfield").strip(), self.field("jackfield", "Version"))
        self.assertIn("libjackfield.so.1", output_of("/sbin/ldconfig", "-p"))

        output_of(f"{SOURCE}/packaging/run", "--uninstall", env=environment)
        self.assertEqual(installed_packages(), packages_before)
        after = files_of_the_system()
        indexes = {path for path in after - before if os.path.basename(path) in INDEXES}
        self.assertEqual((after - before - indexes, before - after), (set(), set()))
        for path in {*indexes, "/usr/share/applications/mimeinfo.cache", "/usr/share/mime/globs2", "/etc/ld.so.cache"}:
            if os.path.exists(path):
                with open(path, "rb") as file:
                    self.assertNotIn(b"jackfield", file.read(), f"{path} still names it")

    def start(self, folder):
        self.served_and_talked_to([f"{folder}/jackfield-terminal"], "--tls")
        display = Display()
        self.addCleanup(display.close)
        self.served_and_talked_to([f"{folder}/jackfield"], environment={"DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"})

    def start_unpacked(self):
        root = os.path.join(self.folder, "unpacked")
        for package in PACKAGES:
            output_of("dpkg-deb", "--extract", self.files[package], root)
        self.start(f"{root}/usr/bin")

    def test_installs_into_a_folder_without_packages_and_leaves_no_trace(self):
        with tempfile.TemporaryDirectory() as home:
            prefix = f"{home}/.local"
            theirs = f"{prefix}/share/applications/other.desktop"
            os.makedirs(os.path.dirname(theirs))
            open(theirs, "w", encoding="utf-8").close()
            run = [f"{SOURCE}/packaging/run", "--built", BUILD, "--prefix", prefix]
            output_of(*run, "--install")
            output_of(*run, "--install")  # again, over what is there
            self.served_and_talked_to([f"{prefix}/bin/jackfield-terminal"])
            self.assertTrue(os.path.exists(f"{prefix}/share/man/man1/jackfield.1"))
            output_of(*run, "--uninstall")
            left = [os.path.join(folder, name) for folder, _, files in os.walk(home) for name in files]
            self.assertEqual(left, [theirs])
            self.assertFalse(os.path.exists(f"{prefix}/bin"))
            self.assertIn("Nothing is installed", output_of(*run, "--uninstall"))

    # The tarball.

    def unpacked_tarball(self):
        folder = tempfile.mkdtemp(dir=self.folder)
        output_of("tar", "--extract", "--file", self.files["tarball"], "--directory", folder)
        inside = os.listdir(folder)
        self.assertEqual(inside, [os.path.basename(self.files["tarball"]).removesuffix(".tar.gz")])
        return os.path.join(folder, inside[0])

    def test_the_tarball_needs_the_c_library_alone(self):
        program = f"{self.unpacked_tarball()}/bin/jackfield-terminal"
        dynamic = output_of("readelf", "--dynamic", "--wide", program)
        needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic))
        self.assertIn("libc.so.6", needed)
        self.assertLessEqual({name for name in needed if not name.startswith("ld-linux")}, {"libc.so.6", "libm.so.6"})
        self.assertNotRegex(dynamic, r"\((RPATH|RUNPATH)\)")
        versions = {tuple(map(int, version.split("."))) for version in re.findall(r"\bGLIBC_([\d.]+)", output_of("objdump", "-T", program))}
        self.assertTrue(versions)
        self.assertLessEqual(max(versions), OLDEST_C_LIBRARY)

    def test_the_tarball_holds_the_licences_of_what_is_inside(self):
        licences = os.listdir(f"{self.unpacked_tarball()}/share/licences")
        self.assertLessEqual({"libssl-dev", "zlib1g-dev", "libre2-dev", "libstdc++"}, set(licences))

    def test_the_tarball_runs_where_nothing_else_is(self):
        # In a root that holds the program, the C library and its loader; where no root of its own can be had, by that loader.
        unpacked = self.unpacked_tarball()
        program = f"{unpacked}/bin/jackfield-terminal"
        root = os.path.join(self.folder, "root")
        os.makedirs(f"{root}/tmp")
        libraries = [line.split(" => ")[-1].split()[0] for line in output_of("ldd", program).splitlines() if "/" in line]
        for library in libraries:
            os.makedirs(root + os.path.dirname(library), exist_ok=True)
            shutil.copy(os.path.realpath(library), root + library)
        shutil.copytree(unpacked, f"{root}/jackfield")
        inside = ["/jackfield/bin/jackfield-terminal"]
        for command in (["chroot", root], ["unshare", "--map-root-user", "chroot", root]):
            if subprocess.run([*command, *inside, "--version"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0:
                self.served_and_talked_to([*command, *inside], "--tls", inside=root)
                return
        print("\n  no root of its own can be had here: started by the loader with a folder that holds the C library alone", flush=True)
        loader = next(library for library in libraries if "ld-linux" in library)
        folder = os.path.dirname(next(library for library in libraries if "libc.so" in library))
        for library in libraries:
            self.assertTrue(os.path.exists(root + library))
        self.served_and_talked_to([root + loader, "--inhibit-cache", "--library-path", root + folder, program], "--tls")


if __name__ == "__main__":
    unittest.main()
