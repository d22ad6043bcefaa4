#!/usr/bin/env python3
"""How long a measure takes through `throughline serve`: asked for the first time over many events, and once it is known.

    tools/build.sh release throughline
    bench/serve/measure_bench.py --rows 50000000      needs Debian's wrk; makes its workspace once, 17 GB on the way

The workspace holds the bundled look-ups and one street-level extract of that many rows, made by repeating the bundled ones.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from ingest_bench import make_file  # noqa: E402

PROGRAM = ROOT / "build/release/src/cli/throughline"
AREAS = ["E06000033", "E06000034", "E07000066", "E07000071", "E23000028", "E23000027"]


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{words[1]} ended with {done.returncode}: {done.stderr[-400:]}")


def make_workspace(folder, rows):
    workspace = folder / f"served-{rows}"
    if (workspace / "made").exists():
        return workspace
    source = folder / f"street-{rows}.csv"
    make_file(source, rows)
    run(PROGRAM, "init", "--workspace", workspace)
    run(PROGRAM, "ingest", "--workspace", workspace, *sorted((ROOT / "examples/home_counties/reference").iterdir()))
    run(PROGRAM, "ingest", "--workspace", workspace, "--map", "police-uk-street", source)
    source.unlink()
    (workspace / "made").touch()
    return workspace


class Served:
    """The server, and a session in it."""

    def __init__(self, workspace):
        self.process = subprocess.Popen([str(PROGRAM), "serve", "--workspace", str(workspace), "--port", "0"], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            found = re.search(r"(http://\S+?)/sign-in#link=(\S+)", line)
            if found:
                break
        else:
            raise SystemExit("the server printed no link")
        self.origin, token = found.groups()
        self.csrf = ""
        self.cookie, self.csrf = self.signed_in("link", {"token": token})

    def post(self, path, body, cookie=""):
        asked = urllib.request.Request(self.origin + path, data=None if body is None else json.dumps(body).encode(), method="POST",
                                       headers={"Content-Type": "application/json", "Origin": self.origin, "Cookie": cookie, "X-CSRF": self.csrf})
        with urllib.request.urlopen(asked) as answer:
            return answer.headers, json.load(answer)

    def signed_in(self, way, body):
        headers, session = self.post(f"/api/session/{way}", body)
        return headers["Set-Cookie"].split(";")[0], session["csrf"]

    def colleagues(self, count):
        """So many people with a session each: of one person only six requests are answered at once."""
        cookies = []
        for number in range(count):
            name = f"bench-{number}"
            try:
                self.post("/api/accounts", {"name": name, "person_name": "A person", "agency": "Unnamed agency", "role": "analyst"}, self.cookie)
            except urllib.error.HTTPError as error:
                if error.code != 409:
                    raise
            link = self.post(f"/api/accounts/{name}/invitation", None, self.cookie)[1]["link"]
            cookies.append(self.signed_in("invitation", {"token": link.split("invitation=")[1], "password": f"a sentence for the bench {number}"})[0])
        return cookies

    def milliseconds(self, path):
        began = time.monotonic()
        with urllib.request.urlopen(urllib.request.Request(self.origin + path, headers={"Cookie": self.cookie})) as answer:
            answer.read()
        return (time.monotonic() - began) * 1000

    def load(self, path, connections, seconds):
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            words = ", ".join(f'"{cookie}"' for cookie in self.colleagues(connections // 2))
            script.write(f"local all, at = {{{words}}}, 0\nrequest = function()\n  at = at % #all + 1\n"
                         "  return wrk.format(nil, nil, {Cookie = all[at]})\nend\n")
            script.flush()
            out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script.name, self.origin + path],
                                 check=True, capture_output=True, text=True).stdout
        if "Non-2xx" in out or "Socket errors" in out:
            raise SystemExit(f"some requests failed:\n{out}")
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
        return rate, *(re.search(rf"{part}%\s+([\d.]+\w+)", out).group(1) for part in (50, 99))

    def stop(self):
        self.process.terminate()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "throughline-bench")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    served = Served(make_workspace(options.folder, options.rows))
    try:
        for path in ("/api/measures", "/api/areas?kind=local-authority&measure=crimes"):
            print(f"{path}: first {served.milliseconds(path):.0f} ms, then {served.milliseconds(path):.1f} ms")
        first = []
        for category in ("drugs", "robbery", "burglary", "possession-of-weapons", "shoplifting"):
            for area in AREAS:
                first.append(served.milliseconds(f"/api/series?measure=crimes&category={category}&area={area}&area=E06000035&from=2025-01&to=2025-09"))
        print(f"two areas, not asked before, {len(first)} questions: median {statistics.median(first):.0f} ms, worst {max(first):.0f} ms")
        path = "/api/series?measure=crimes&category=drugs&area=E06000033&area=E06000035&from=2025-01&to=2025-09"
        rate, half, most = served.load(path, options.connections, options.seconds)
        print(f"one of them again, {options.connections} connections: {rate:,.0f} requests/s, p50 {half}, p99 {most}")
    finally:
        served.stop()


if __name__ == "__main__":
    main()
