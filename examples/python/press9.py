"""press9 serve as a child of a test, on virtual time, and its control plane."""

import atexit
import json
import os
import shlex
import signal
import subprocess
import sys
import urllib.request


class Press9:
    def __init__(self, *options):
        """PRESS9 names the program, where it is not `npx press9`."""
        program = shlex.split(os.environ.get("PRESS9", "npx press9"))
        always = ["serve", "--port", "0", "--json", "--clock", "virtual", "--at", "2026-01-05T10:00", "--store", "memory:"]
        # A session of its own, so that what npx starts can be stopped as well.
        self.child = subprocess.Popen(
            [*program, *always, "--quiet", *options], stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        # Whatever ends the tests, the end of press9 comes with it.
        atexit.register(self.stop)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        line = self.child.stdout.readline()
        if not line:
            raise RuntimeError(f"press9 did not start: exit code {self.stop()}")
        self.ready = json.loads(line)

    def control(self, path, body=None, method=None):
        """A request to /_press9/."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.ready['control']}/{path}", data=data, method=method, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def press(self, call, keys):
        """The caller presses these keys, each once it is asked for, and the call goes on to its end."""
        self.control(f"calls/{call}/press", {"keys": keys})
        self.run()

    def run(self):
        """Virtual time passes until nothing is left that could happen."""
        self.control("clock/run", {})

    def stop(self):
        """Returns the exit code: 1 when there were violations."""
        atexit.unregister(self.stop)
        if self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGINT)
            try:
                self.child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(self.child.pid, signal.SIGKILL)
                self.child.wait()
        self.child.stdout.close()
        return self.child.returncode
