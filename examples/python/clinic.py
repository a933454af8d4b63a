"""Kaveri Clinic reminds people of appointments through Exotel. Standard library only; what it knows it keeps in memory."""

import base64
import email
import json
import os
import threading
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DAYS = {"1": "Tuesday", "2": "Thursday"}


class Clinic:
    """Settings: EXOTEL_URL (https://api.exotel.com, or press9), EXOTEL_SID, EXOTEL_KEY, EXOTEL_TOKEN, EXOTEL_FLOW (the
    address of the flow), EXOPHONE, PORT, PUBLIC_URL (under which Exotel reaches this server)."""

    def __init__(self, settings):
        self.settings = settings
        self.bookings = {}
        self.calls = {}
        self.opt_outs = set()
        clinic = self

        class Handler(ClinicHandler):
            def __init__(self, *args):
                self.clinic = clinic
                super().__init__(*args)

        self.server = ThreadingHTTPServer(("127.0.0.1", int(settings.get("PORT", "8000"))), Handler)
        self.url = f"http://localhost:{self.server.server_port}"

    def start(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def remind(self, number):
        """Asks Exotel for a call and returns its CallSid."""
        s = self.settings
        key = base64.b64encode(f"{s['EXOTEL_KEY']}:{s['EXOTEL_TOKEN']}".encode()).decode()
        form = {
            "From": number,
            "CallerId": s["EXOPHONE"],
            "Url": s["EXOTEL_FLOW"],
            "StatusCallback": s.get("PUBLIC_URL", self.url) + "/status",
            "StatusCallbackEvents[0]": "terminal",
        }
        request = urllib.request.Request(
            f"{s['EXOTEL_URL']}/v1/Accounts/{s['EXOTEL_SID']}/Calls/connect.json",
            data=urllib.parse.urlencode(form).encode(),
            headers={"Authorization": f"Basic {key}"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["Call"]["Sid"]


class ClinicHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        call = query.get("CallSid")
        if url.path == "/keep":
            self.clinic.bookings[call] = "as planned"
            return self.answer(200)
        if url.path == "/book":
            day = DAYS.get(query["digits"].strip('"'))  # Exotel sends what was pressed in double quotes.
            self.clinic.bookings[call] = day
            return self.answer(200 if day else 302)
        if url.path == "/note":
            return self.answer(200, f"Kaveri Clinic: see you on {self.clinic.bookings.get(call)}!")
        return self.answer(404)

    def do_HEAD(self):  # Exotel asks HEAD before it fetches a text.
        self.do_GET()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/reminders":
            number = json.loads(body)["number"]
            if number[-10:] in self.clinic.opt_outs:
                return self.answer(409)
            return self.answer(201, self.clinic.remind(number))
        if self.path == "/opt-outs":
            self.clinic.opt_outs.add(json.loads(body)["number"][-10:])
            return self.answer(204)
        if self.path == "/status":
            form = fields_of(self.headers["Content-Type"], body)
            self.clinic.calls[form["CallSid"]] = form["Status"]
            return self.answer(200)
        return self.answer(404)

    def answer(self, status, text=""):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        if status != 204:
            self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def fields_of(content_type, body):
    """Exotel posts multipart/form-data unless it is asked for JSON."""
    message = email.message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    return {part.get_param("name", header="content-disposition"): part.get_payload() for part in message.get_payload()}


if __name__ == "__main__":
    clinic = Clinic(os.environ)
    print(f"the clinic is at {clinic.url}", flush=True)
    clinic.server.serve_forever()
