#!/usr/bin/env python3
"""How fast the server answers small requests, and how late at worst: wrk against serve_probe, plain and over TLS.

    tools/build.sh release serve_probe
    bench/serve/load.py --seconds 10            needs Debian's wrk and openssl

Each row is one run of wrk with two threads. "ready" is answered from memory on the network thread, as the pages' files are;
"cached" goes to a worker thread and back, as every other answer does.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/contract"))
from probe import Probe  # noqa: E402

PATHS = [("ready, 400 bytes", "ready"), ("cached, 400 bytes", "cached?bytes=400"), ("cached, 8 KiB", "cached?bytes=8192")]


def certificate_in(folder):
    certificate, key = folder / "server.pem", folder / "server.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    return {"certificate": certificate, "key": key}


def measured(address, options):
    """Requests a second and the latencies, as wrk prints them."""
    out = subprocess.run(["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s", "--latency", address], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"some requests failed:\n{out}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    return rate, *(re.search(rf"{part}%\s+([\d.]+\w+)", out).group(1) for part in (50, 99))


def main():
    parser = argparse.ArgumentParser(description="Measures the server under load.")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    print(f"| {options.connections} connections | requests/s | p50 | p99 |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for scheme, more in (("http", {}), ("https", certificate_in(pathlib.Path(folder)))):
            probe = Probe(per_peer=512, **more)
            for name, path in PATHS:
                rate, half, most = measured(f"{scheme}://127.0.0.1:{probe.port}/{path}", options)
                print(f"| {scheme}, {name} | {rate:,.0f} | {half} | {most} |", flush=True)
            probe.stop()


if __name__ == "__main__":
    main()
