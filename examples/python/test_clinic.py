import json
import pathlib
import unittest
import urllib.error
import urllib.request

from clinic import Clinic
from press9 import Press9

ASHA = "09876543210"
FLOWS = str(pathlib.Path(__file__).parent / "flows")


class Reminders(unittest.TestCase):
    def setUp(self):
        self.clinic = Clinic({"PORT": "0"})
        self.clinic.start()
        self.addCleanup(self.clinic.stop)
        # The flow is the one that runs at Exotel: its addresses are those of production.
        self.press9 = Press9("--flows", FLOWS, "--route", f"https://clinic.example={self.clinic.url}")
        self.addCleanup(self.press9.stop)
        ready = self.press9.ready
        self.clinic.settings.update(
            EXOTEL_URL=ready["url"],
            EXOTEL_SID=ready["sid"],
            EXOTEL_KEY=ready["key"],
            EXOTEL_TOKEN=ready["token"],
            EXOTEL_FLOW=ready["flows"][0]["url"],
            EXOPHONE=ready["exophone"],
        )

    def ask_for_reminder(self, number):
        body = json.dumps({"number": number}).encode()
        with urllib.request.urlopen(f"{self.clinic.url}/reminders", data=body) as answer:
            return answer.read().decode()

    def test_another_day_and_a_note_of_it(self):
        call = self.ask_for_reminder(ASHA)
        self.press9.press(call, "2, 1")
        self.assertEqual(self.clinic.bookings[call], "Tuesday")
        self.assertEqual(self.clinic.calls[call], "completed")
        [note] = self.press9.control("messages")["messages"]
        self.assertEqual((note["to"], note["text"]), ("+919876543210", "Kaveri Clinic: see you on Tuesday!"))
        self.assertEqual(self.press9.stop(), 0)

    def test_nobody_at_home(self):
        self.press9.control("seed", {"people": [{"number": "98765*", "does": "no-answer"}]})
        call = self.ask_for_reminder(ASHA)
        self.press9.run()
        self.assertEqual(self.clinic.calls[call], "no-answer")

    def test_no_more_calls(self):
        call = self.ask_for_reminder(ASHA)
        self.press9.press(call, "2, 9")
        self.assertEqual(self.clinic.opt_outs, {"9876543210"})
        callbacks = self.press9.control("callbacks")["callbacks"]
        self.assertEqual([(one["what"], one["state"]) for one in callbacks], [("callback", "delivered"), ("webhook", "delivered")])
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.ask_for_reminder(ASHA)
        self.assertEqual(refused.exception.code, 409)

        # A day later the clinic starts anew, and its list was only in memory.
        self.press9.control("clock/advance", {"by": "24h"})
        self.clinic.opt_outs.clear()
        self.ask_for_reminder(ASHA)
        [violation] = self.press9.control("violations")["violations"]
        self.assertEqual([reason["code"] for reason in violation["reasons"]], ["OPTED_OUT"])
        self.assertEqual(self.press9.stop(), 1)


if __name__ == "__main__":
    unittest.main()
