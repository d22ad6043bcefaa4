#!/usr/bin/env python3
"""Packs a folder of web files into one file that the program carries: tools/pack_web.py FOLDER OUTPUT

The pack begins with lines of text:

    throughline web pack 1
    FILES BYTES                                  how many lines follow, and how many bytes follow those
    PATH TYPE HASH LASTS OFFSET LENGTH GZIP_OFFSET GZIP_LENGTH       fields between tabs

then come the files' bytes, where the offsets count from. HASH is the SHA-256 of the file. LASTS is "forever" for a file whose
name changes with its content, those in assets/, and "checked" for others. Text has a second form in gzip; a length of 0 means
there is none. The same folder gives the same bytes. Source maps are left out.
"""

import gzip
import hashlib
import pathlib
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pbf": "application/x-protobuf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
PACKED = {".css", ".geojson", ".html", ".ico", ".js", ".json", ".mjs", ".pbf", ".svg", ".txt", ".webmanifest"}
LEFT_OUT = {".map"}
PATH_CHARACTERS = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")


class Fault(Exception):
    """A file that cannot be packed."""


def files_of(folder):
    """The files to pack, by their path under the folder, in order."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file() and path.suffix not in LEFT_OUT}
    for name in found:
        if not set(name) <= PATH_CHARACTERS:
            raise Fault(f"{name}: a name has letters, digits, '-', '_' and '.' only, so that it is the same in every address")
        if pathlib.PurePath(name).suffix not in TYPES:
            raise Fault(f"{name}: no content type is known for this suffix; add it to TYPES in tools/pack_web.py")
    return dict(sorted(found.items()))


def packed_form(name, content):
    """The gzip form, or nothing where it would save less than a twentieth."""
    if pathlib.PurePath(name).suffix not in PACKED:
        return b""
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    return packed if len(packed) < len(content) * 0.95 else b""


def pack(folder):
    """The bytes of the pack."""
    lines, bodies, offset = [], [], 0
    for name, path in files_of(folder).items():
        content = path.read_bytes()
        packed = packed_form(name, content)
        lasts = "forever" if name.startswith("assets/") else "checked"
        fields = [name, TYPES[path.suffix], hashlib.sha256(content).hexdigest(), lasts, offset, len(content), offset + len(content), len(packed)]
        lines.append("\t".join(str(field) for field in fields))
        bodies += [content, packed]
        offset += len(content) + len(packed)
    head = ["throughline web pack 1", f"{len(lines)} {offset}", *lines]
    return ("\n".join(head) + "\n").encode() + b"".join(bodies)


def main():
    if len(sys.argv) != 3:
        print("usage: tools/pack_web.py FOLDER OUTPUT", file=sys.stderr)
        return 2
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    if not folder.is_dir():
        print(f"pack_web: {folder} is not a folder; build the pages first", file=sys.stderr)
        return 5
    try:
        content = pack(folder)
    except Fault as fault:
        print(f"pack_web: {fault}", file=sys.stderr)
        return 5
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
