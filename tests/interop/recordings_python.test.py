# Recordings as Python's own readers of JSON and CSV see them.
import base64
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unicodedata
import unittest


class Recordings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        csv.field_size_limit(sys.maxsize)
        cls.folder = tempfile.TemporaryDirectory()
        subprocess.run([os.environ["JACKFIELD_RECORDING_SAMPLES"], cls.folder.name], check=True)
        cls.expected = json.loads(cls.read("expected.json"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def read(cls, name):
        with open(os.path.join(cls.folder.name, name), encoding="utf-8", newline="") as file:
            return file.read()

    @staticmethod
    def payload(text, encoding):
        return (base64.b64decode(text, validate=True) if encoding == "base64" else text.encode()).hex()

    def test_json_lines(self):
        text = self.read("sample.jsonl")
        # str.splitlines breaks lines at U+2028, U+0085 and others: that no record holds them is promised.
        self.assertEqual(text.splitlines(), text.split("\n")[:-1])
        records = [json.loads(line) for line in text.splitlines()]
        messages = [record for record in records if "dir" in record]
        self.assertEqual(len(messages), len(self.expected))
        for number, (record, expected) in enumerate(zip(messages, self.expected), 1):
            self.assertEqual(record["seq"], number)
            self.assertEqual(record["conn"], expected["connection"])
            self.assertEqual(record["dir"], "c2s" if expected["from_browser"] else "s2c")
            self.assertEqual(record["type"], expected["type"])
            self.assertAlmostEqual(record["ts"], expected["ns"] / 1e9, places=5)
            self.assertEqual(self.payload(record["data"], record["encoding"]), expected["payload"])
            self.assertEqual(record["size"], len(expected["payload"]) // 2)
        lives = [(record["type"], record["conn"]) for record in records if "dir" not in record]
        self.assertEqual(lives, [("open", 1), ("open", 2), ("open", 3), ("close", 1)])

    def check_csv(self, name, neutralised):
        text = self.read(name)
        # Line ends inside of cells are the reader's own business: it gets them as they are.
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        self.assertEqual(len(rows), len(self.expected))
        for row, expected in zip(rows, self.expected):
            self.assertNotIn(None, row)
            data = row["data"]
            if neutralised:
                for cell in row.values():
                    self.assertNotIn(cell[:1], tuple("=+-@\t\r\n\uff1d"))
                if data.startswith("'"):
                    data = data[1:]
            self.assertEqual(self.payload(data, row["encoding"]), expected["payload"])
            self.assertEqual(row["direction"], "from browser" if expected["from_browser"] else "to browser")
            self.assertEqual(row["type"], expected["type"])
            self.assertEqual(row["connection"], str(expected["connection"]))
            self.assertEqual(row["size"], str(len(expected["payload"]) // 2))

    def test_csv_with_formulas_neutralised(self):
        self.check_csv("sample.csv", True)

    def test_csv_as_it_is(self):
        self.check_csv("plain.csv", False)

    def test_transcript_has_one_line_for_each_thing(self):
        lines = self.read("sample.txt").split("\n")[:-1]
        days = sum(line.startswith("--- ") for line in lines)
        self.assertEqual(len(lines) - days, len(self.expected) + 3 + 1)
        for line in lines:
            for character in line:
                self.assertNotIn(unicodedata.category(character), ("Cc", "Cf", "Zl", "Zp"), line)


if __name__ == "__main__":
    unittest.main()
