"""packaging/run --memcheck with a real client: nothing is left and nothing is wrong when it ends."""

import os
import unittest

from served import Served

SOURCE = os.environ["JACKFIELD_SOURCE"]
BUILT = os.environ["JACKFIELD_BUILT"]


class Memcheck(unittest.TestCase):
    def test_nothing_leaks(self):
        served = Served([f"{SOURCE}/packaging/run", "--built", os.path.dirname(BUILT), "--memcheck", "--"], "--tls")
        self.addCleanup(served.close)
        served.talk()
        served.talk(over_tls=True)
        status = served.ends_politely()
        self.assertEqual(status, 0, served.written)
        self.assertIn("Memcheck, a memory error detector", served.written)
        self.assertIn("All heap blocks were freed -- no leaks are possible", served.written)
        self.assertIn("ERROR SUMMARY: 0 errors from 0 contexts (suppressed: 0 from 0)", served.written)
        self.assertIn("#2 opened", served.written)


if __name__ == "__main__":
    unittest.main()
