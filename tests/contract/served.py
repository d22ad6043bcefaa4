"""A server of a test's own, and people who call it as their pages do. Shared by the tests of the API."""

import http.client
import json
import re
import signal
import subprocess
import urllib.parse

import program

COOKIE = "__Host-throughline"


class Reply:
    def __init__(self, response):
        self.status, self.headers, self.bytes = response.status, response.headers, response.read()
        self.type = self.headers.get("Content-Type", "")
        self.json = json.loads(self.bytes) if "json" in self.type and self.bytes else None

    def __str__(self):
        return f"{self.status} {self.type} {self.bytes[:600]!r}"


class Server:
    """`throughline serve` on a free port; signs the person who started it in by the link it printed."""

    def __init__(self, workspace, log):
        command = [program.BINARY, "serve", "--workspace", str(workspace.path), "--port", "0", "--log", str(log)]
        with open(f"{log}.stderr", "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        self.link = ""
        while not self.link:
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError("the server did not start")
            found = re.search(r"(http://([\w.\[\]:]+))/sign-in#link=(\S+)", line)
            if found:
                self.origin, self.host, self.link = found.groups()

    def stop(self):
        """Asks it to stop; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=program.SECONDS_MAX)
        return self.process.returncode

    def founder(self):
        person = Person(self)
        person.must("POST", "/api/session/link", {"token": self.link})
        return person


class Person:
    """A browser: keeps its cookie, sends what a page sends unless told otherwise."""

    def __init__(self, server):
        self.server, self.cookie, self.csrf = server, "", ""

    def send(self, method, path, body=None, *, headers=None, raw=None):
        """One request. A header that is None is left out; raw bytes go instead of a JSON body."""
        connection = http.client.HTTPConnection(self.server.host, timeout=program.SECONDS_MAX)
        fields = {"Cookie": f"{COOKIE}={self.cookie}" if self.cookie else None}
        if method not in ("GET", "HEAD"):
            fields |= {"Origin": self.server.origin, "X-CSRF": self.csrf or None}
        data = raw
        if body is not None:
            data, fields["Content-Type"] = json.dumps(body).encode(), "application/json"
        fields |= headers or {}
        connection.request(method, path, data, {name: value for name, value in fields.items() if value is not None})
        reply = Reply(connection.getresponse())
        connection.close()
        self.learn(reply)
        return reply

    def learn(self, reply):
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            if name == COOKIE:
                self.cookie = value
        if isinstance(reply.json, dict) and "csrf" in reply.json:
            self.csrf = reply.json["csrf"]

    def must(self, method, path, body=None, **options):
        reply = self.send(method, path, body, **options)
        if reply.status >= 400:
            raise AssertionError(f"{method} {path}: {reply}")
        return reply

    def get(self, path, **query):
        parts = [(name, value) for name, given in query.items() for value in (given if isinstance(given, list) else [given])]
        return self.send("GET", path + ("?" + urllib.parse.urlencode(parts) if parts else ""))

    def choose(self, code, reason="the tests"):
        return self.must("PUT", "/api/session/purpose", {"code": code, "reason": reason})

    def upload(self, name, content):
        return self.send("POST", "/api/uploads", raw=content,
                         headers={"Content-Type": "application/octet-stream", "X-File-Name": urllib.parse.quote(name, safe="")})
