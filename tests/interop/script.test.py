"""A script of jackfield-terminal against python3-websockets: resources/examples/reconnect.script as a test run would use it."""

import asyncio
import json
import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import websockets

SCRIPT = os.path.join(os.path.dirname(__file__), "..", "..", "resources", "examples", "reconnect.script")


async def page(url, comes_back):
    """What the script wants of a page; `comes_back`: it connects again."""
    async with websockets.connect(url) as socket:
        await socket.send('{"type":"hello"}')
        welcome = json.loads(await socket.recv())
        await socket.send('{"type":"subscribe"}')
        await socket.wait_closed()
    if not comes_back:
        return welcome, socket.close_code, None
    async with websockets.connect(url) as again:
        await again.send('{"type":"hello","again":true}')
        await again.wait_closed()
        return welcome, socket.close_code, again.close_code


class Script(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="jackfield-script-")
        self.addCleanup(self.folder.cleanup)
        self.report = self.inside("report.xml")

    def inside(self, name):
        return os.path.join(self.folder.name, name)

    def start(self, script, *more):
        process = subprocess.Popen(
            [os.environ["JACKFIELD_TERMINAL"], "--port", "0", "--config-dir", self.inside("config"), "--script", script,
             "--junit", self.report, *more],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        def end():
            process.kill()
            process.communicate()
        self.addCleanup(end)
        return process

    def test_a_page_that_comes_back_passes(self):
        process = self.start(SCRIPT, "--json", "--messages")
        for line in process.stdout:
            record = json.loads(line)
            if record["type"] == "ready":
                break
        url = record["urls"][0] + "live"
        self.assertEqual(asyncio.run(page(url, True)), ({"type": "welcome"}, 1012, 1001))
        output, problems = process.communicate(timeout=60)
        self.assertEqual((process.returncode, problems), (0, ""))
        records = [json.loads(line) for line in output.splitlines()]
        self.assertEqual({record["outcome"] for record in records if record["type"] == "step"}, {"good"})
        suite = ElementTree.parse(self.report).getroot()
        self.assertEqual((suite.get("tests"), suite.get("failures"), suite.get("errors")), ("6", "0", "0"))

    def test_a_page_that_stays_away_fails(self):
        with open(SCRIPT, encoding="utf-8") as file:
            impatient = file.read().replace("#2 path:/live within 30s", "#2 path:/live within 0s")
        changed = self.inside("impatient.script")
        with open(changed, "w", encoding="utf-8") as file:
            file.write(impatient)
        process = self.start(changed)
        url = process.stdout.readline().split()[2] + "live"
        self.assertEqual(asyncio.run(page(url, False)), ({"type": "welcome"}, 1012, None))
        _, problems = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 1)
        self.assertIn("impatient.script:13: expected connection #2 that passes the filter path:/live within 0 ms", problems)
        failures = ElementTree.parse(self.report).getroot().findall(".//failure")
        self.assertEqual(len(failures), 1)


if __name__ == "__main__":
    unittest.main()
