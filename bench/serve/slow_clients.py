#!/usr/bin/env python3
"""What a hundred deliberately slow clients do to a normal one: its latency alone and beside each kind, in one run.

    tools/build.sh release serve_probe
    bench/serve/slow_clients.py --seconds 5

The slow ones come again whenever they are cut off, so that there are always a hundred. The normal client opens a connection
for each request, as the worst case; the server has its usual limits.
"""

import argparse
import asyncio
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/contract"))
from probe import Probe, get, post  # noqa: E402

SLOW_CLIENTS = 100
BETWEEN_BYTES_SECONDS = 0.2


async def idle(reader, writer):
    await reader.read()


async def head_byte_by_byte(reader, writer):
    for byte in get("/cached", fields="X-Long: " + "a" * 10_000 + "\r\n"):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(BETWEEN_BYTES_SECONDS)


async def body_byte_by_byte(reader, writer):
    writer.write(post(b"a" * 10_000)[:-10_000])
    for _ in range(10_000):
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(BETWEEN_BYTES_SECONDS)


async def poll(reader, writer):
    while True:
        writer.write(get("/cached"))
        if not await reader.readuntil(b'"}'):
            return
        await asyncio.sleep(BETWEEN_BYTES_SECONDS)


async def kept_up(port, behave):
    """One slow client, for ever."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            await behave(reader, writer)
            writer.close()
        except (ConnectionError, asyncio.IncompleteReadError):
            await asyncio.sleep(BETWEEN_BYTES_SECONDS)


async def one_normal(port):
    """Milliseconds from connecting to the end of the answer."""
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(get("/cached", fields="Connection: close\r\n"))
    answer = await reader.read()
    if not answer.startswith(b"HTTP/1.1 200 ") or not answer.endswith(b'"}'):
        raise SystemExit(f"the normal client got {answer[:100]!r}")
    writer.close()
    return (time.perf_counter() - begun) * 1000


async def beside(port, behave, seconds):
    """The normal client's times while the slow ones are there."""
    slow = [asyncio.create_task(kept_up(port, behave)) for _ in range(SLOW_CLIENTS)] if behave else []
    await asyncio.sleep(1)
    times, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        times.append(await one_normal(port))
        await asyncio.sleep(0.005)
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    return times


async def measure(port, seconds):
    alone = None
    print(f"| beside {SLOW_CLIENTS} | requests | p50 ms | p99 ms | worst ms | p50, of alone |\n|---|---|---|---|---|---|")
    kinds = [("nobody", None), ("idle", idle), ("heads byte by byte", head_byte_by_byte), ("bodies byte by byte", body_byte_by_byte), ("pollers", poll)]
    for name, behave in kinds:
        times = sorted(await beside(port, behave, seconds))
        half = statistics.median(times)
        alone = alone or half
        print(f"| {name} | {len(times)} | {half:.2f} | {times[int(len(times) * 0.99)]:.2f} | {times[-1]:.2f} | {half / alone:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Measures a normal client beside slow ones.")
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    probe = Probe(per_peer=512)
    asyncio.run(measure(probe.port, options.seconds))
    probe.stop()


if __name__ == "__main__":
    main()
