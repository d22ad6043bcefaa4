"""Starts serve_probe, the small site that the server's tests and benchmarks speak to, and speaks to it byte by byte."""

import os
import pathlib
import re
import socket
import ssl
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("SERVE_PROBE", str(ROOT / "build/release/src/serve/serve_probe"))
PATIENCE_SECONDS = 60


class Probe:
    """A running server. Options are those of serve_probe, for example head_ms=300."""

    def __init__(self, **options):
        words = [f"{name}={value}" for name, value in options.items()]
        self.process = subprocess.Popen([BINARY, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.ended = None
        self.port = int(line.split()[1]) if line.startswith("port ") else None

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def connect_secretly(self, context):
        return context.wrap_socket(self.connect(), server_hostname="localhost")

    def ask(self, *parts):
        """Everything that the server says to these bytes, sent at once, until it closes."""
        with self.connect() as client:
            client.sendall(b"".join(parts))
            client.shutdown(socket.SHUT_WR)
            return read_to_end(client)

    def begin_stop(self):
        self.process.stdin.close()

    def stop(self):
        """Ends the server; gives its exit status and what it said on standard error. May be called again."""
        if self.ended:
            return self.ended
        if not self.process.stdin.closed:
            self.begin_stop()
        said = self.process.stderr.read()
        status = self.process.wait(PATIENCE_SECONDS)
        self.process.stdout.close()
        self.process.stderr.close()
        self.ended = status, said
        return self.ended


def read_to_end(client):
    """What comes until the other end closes; a reset is an end too."""
    pieces = []
    while True:
        try:
            piece = client.recv(65536)
        except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)


def read_until(client, mark):
    """What comes until the mark has come."""
    text = b""
    while mark not in text:
        piece = client.recv(65536)
        if not piece:
            raise AssertionError(f"the server closed after {text[-500:]!r}")
        text += piece
    return text


def statuses(answer):
    """The status of each answer in these bytes, as many as there are."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


def code_of(answer):
    """The code of the problem document that ends these bytes."""
    found = re.search(rb'"code":"(\w+)"', answer)
    return found.group(1).decode() if found else None


def get(path="/echo", fields="", version="1.1", host="localhost"):
    return f"GET {path} HTTP/{version}\r\nHost: {host}\r\n{fields}\r\n".encode()


def post(body=b"", path="/echo", fields=""):
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n{fields}\r\n".encode() + body


def post_raw(fields, body=b"", path="/echo"):
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n".encode() + body
