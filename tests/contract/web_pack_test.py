"""From a folder of pages to the browser: what tools/pack_web.py packs, the server answers from memory."""

import gzip
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from probe import ROOT, Probe, get, statuses

SCRIPT = b"export const answer = 42;\n" * 200
PAGE = b"<!doctype html><title>Page</title>\n"


def packed(folder, pack):
    return subprocess.run([sys.executable, str(ROOT / "tools/pack_web.py"), str(folder), str(pack)], capture_output=True, text=True, check=False)


class WebPack(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.web, self.pack = self.folder / "web", self.folder / "web.pack"
        (self.web / "assets").mkdir(parents=True)
        (self.web / "index.html").write_bytes(PAGE)
        (self.web / "assets/app-1a2b.js").write_bytes(SCRIPT)
        (self.web / "assets/app-1a2b.js.map").write_bytes(b"{}")

    def started(self):
        done = packed(self.web, self.pack)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        probe = Probe(pack=self.pack)
        self.addCleanup(probe.stop)
        return probe

    def parts(self, answer):
        """Status, fields and body of one answer."""
        head, body = answer.split(b"\r\n\r\n", 1)
        return statuses(head)[0], dict(re.findall(r"\r\n([\w-]+): ([^\r]*)", head.decode())), body

    def test_a_script_comes_packed_to_be_kept_for_ever(self):
        status, fields, body = self.parts(self.started().ask(get("/assets/app-1a2b.js", "Accept-Encoding: br, gzip\r\n")))
        self.assertEqual((status, fields["content-encoding"], fields["content-type"]), (200, "gzip", "text/javascript; charset=utf-8"))
        self.assertEqual(fields["cache-control"], "public, max-age=31536000, immutable")
        self.assertEqual(fields["vary"], "accept-encoding")
        self.assertLess(len(body), len(SCRIPT) // 5)
        self.assertEqual(gzip.decompress(body), SCRIPT)

    def test_a_page_is_asked_for_again_and_not_sent_again(self):
        probe = self.started()
        for path in ("/", "/sources/12", "/index.html"):
            status, fields, body = self.parts(probe.ask(get(path)))
            self.assertEqual((status, body, fields["cache-control"]), (200, PAGE, "no-cache"))
            again = self.parts(probe.ask(get(path, f"If-None-Match: {fields['etag']}\r\n")))
            self.assertEqual((again[0], again[2], again[1]["etag"]), (304, b"", fields["etag"]))

    def test_only_what_was_packed_is_there(self):
        probe = self.started()
        for path in ("/assets/app-1a2b.js.map", "/assets/", "/assets/app-1a2b.j", "/sources/12/13", "/web.pack"):
            self.assertEqual(statuses(probe.ask(get(path))), [404], path)

    def test_the_same_folder_gives_the_same_bytes(self):
        packed(self.web, self.pack)
        first = self.pack.read_bytes()
        (self.web / "index.html").touch()
        packed(self.web, self.pack)
        self.assertEqual(self.pack.read_bytes(), first)

    def test_a_file_that_cannot_be_served_is_named(self):
        for name, what in (("notes.odt", "content type"), ("odd name.js", "letters, digits")):
            path = self.web / name
            path.write_bytes(b"a")
            done = packed(self.web, self.pack)
            self.assertEqual(done.returncode, 5)
            self.assertIn(name, done.stderr)
            self.assertIn(what, done.stderr)
            path.unlink()

    def test_a_damaged_pack_is_not_served(self):
        packed(self.web, self.pack)
        content = self.pack.read_bytes()
        self.pack.write_bytes(content.replace(b"<title>Page", b"<title>Pane"))
        status, said = Probe(pack=self.pack).stop()
        self.assertEqual(status, 4)
        self.assertIn("web_pack_damaged", said)


if __name__ == "__main__":
    unittest.main()
