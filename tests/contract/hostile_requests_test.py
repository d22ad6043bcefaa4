"""What strangers may send: each request here is refused with its own status and code, or answered harmlessly, and never leads to a
second answer. Slow and greedy clients are cut off after their limits, and others are served meanwhile."""

import hashlib
import http.client
import pathlib
import random
import ssl
import subprocess
import tempfile
import threading
import unittest
import warnings

from probe import Probe, code_of, get, post, post_raw, read_to_end, read_until, statuses

SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"

# (what, request, status, code)
MALFORMED = [
    ("a length and a coding (CL.TE)", post_raw("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n" + SMUGGLED), 400, "length_ambiguous"),
    ("a coding and a length (TE.CL)", post_raw("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", CHUNKS), 400, "length_ambiguous"),
    ("two lengths that differ", post_raw("Content-Length: 5\r\nContent-Length: 6\r\n", b"hello!"), 400, "field_repeated"),
    ("two lengths that agree", post_raw("Content-Length: 5\r\nContent-Length: 5\r\n", b"hello"), 400, "field_repeated"),
    ("two lengths in one", post_raw("Content-Length: 5, 5\r\n", b"hello"), 400, "length_not_understood"),
    ("a length with a sign", post_raw("Content-Length: +5\r\n", b"hello"), 400, "length_not_understood"),
    ("a negative length", post_raw("Content-Length: -5\r\n", b"hello"), 400, "length_not_understood"),
    ("a hexadecimal length", post_raw("Content-Length: 0x5\r\n", b"hello"), 400, "length_not_understood"),
    ("a length beyond 64 bits", post_raw("Content-Length: 18446744073709551621\r\n", b"hello"), 400, "length_not_understood"),
    ("an empty length", post_raw("Content-Length:\r\n", b"hello"), 400, "length_not_understood"),
    ("a blank before the colon", post_raw("Content-Length : 5\r\n", b"hello"), 400, "head_not_understood"),
    ("the coding xchunked", post_raw("Transfer-Encoding: xchunked\r\n", CHUNKS), 501, "coding_not_served"),
    ("the coding chunked, identity", post_raw("Transfer-Encoding: chunked, identity\r\n", CHUNKS), 501, "coding_not_served"),
    ("the coding gzip with a length", post_raw("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", b"hello"), 400, "length_ambiguous"),
    ("a coding on two lines", post_raw("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", CHUNKS), 400, "field_repeated"),
    ("a folded coding", post_raw("Transfer-Encoding:\r\n chunked\r\n", CHUNKS), 400, "head_not_understood"),
    ("a coding after a vertical tab", post_raw("Transfer-Encoding: \x0bchunked\r\n", CHUNKS), 400, "head_not_understood"),
    ("a coding in HTTP/1.0", b"POST /echo HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS, 400, "length_ambiguous"),
    ("a folded field", get(fields="X-Long: a\r\n b\r\n"), 400, "head_not_understood"),
    ("a line that ends with a bare LF", b"GET /echo HTTP/1.1\nHost: localhost\n\n" + SMUGGLED, 400, "head_not_understood"),
    ("a bare CR in a value", get(fields="X-Long: a\rContent-Length: 5\r\n"), 400, "head_not_understood"),
    ("a NUL in a value", get(fields="X-Long: a\0b\r\n"), 400, "head_not_understood"),
    ("a field without a name", get(fields=": a\r\n"), 400, "head_not_understood"),
    ("a line without a colon", get(fields="X-Long\r\n"), 400, "head_not_understood"),
    ("a leading blank line", b"\r\n" + get(), 400, "head_not_understood"),
    ("two hosts", get(fields="Host: localhost\r\n"), 400, "field_repeated"),
    ("no host", b"GET /echo HTTP/1.1\r\n\r\n", 400, "host_not_understood"),
    ("a wrong host", get(host="evil.example"), 421, "host_not_served"),
    ("a host that begins well", get(host="localhost.evil.example"), 421, "host_not_served"),
    ("a host with a user before it", get(host="localhost@evil.example"), 400, "host_not_understood"),
    ("two cookies", get(fields="Cookie: a=1\r\nCookie: a=2\r\n"), 400, "field_repeated"),
    ("a body with GET", b"GET /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\n\r\n" + SMUGGLED, 400, "body_not_expected"),
    ("a chunked body with GET", b"GET /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "body_not_expected"),
    ("an absolute target", get("http://localhost/echo"), 400, "target_not_a_path"),
    ("a target for a proxy", b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "method_not_served"),
    ("a method that shows requests", b"TRACE /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "method_not_served"),
    ("an unknown method", b"BREW /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 501, "method_not_served"),
    ("HTTP/2 without asking", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version_not_served"),
    ("HTTP/0.9", b"GET /echo\r\n\r\n", 400, "head_not_understood"),
    ("an unknown expectation", post(b"hello", fields="Expect: the-impossible\r\n"), 417, "expectation_not_met"),
    ("TLS where there is none", bytes.fromhex("16030100c8010000c4"), 400, "head_not_understood"),
    ("an endless line", b"GET /" + b"a" * 20_000, 431, "head_too_long"),
    ("a head that goes on and on", get(fields="".join(f"X-{n}: {'a' * 500}\r\n" for n in range(60))), 431, "head_too_long"),
    ("too many fields", get(fields="".join(f"X-{n}: a\r\n" for n in range(64))), 431, "too_many_fields"),
    ("a long address", get("/" + "a" * 2048), 414, "target_too_long"),
    ("a chunk size beyond 64 bits", post_raw("Transfer-Encoding: chunked\r\n", b"10000000000000005\r\nhello\r\n0\r\n\r\n"), 400, "chunks_not_understood"),
    ("a chunk size of 63 bits", post_raw("Transfer-Encoding: chunked\r\n", b"7ffffffffffffff\r\nhello"), 413, "body_too_long"),
    ("a negative chunk size", post_raw("Transfer-Encoding: chunked\r\n", b"-5\r\nhello\r\n0\r\n\r\n"), 400, "chunks_not_understood"),
    ("a chunk without its end", post_raw("Transfer-Encoding: chunked\r\n", b"5\r\nhelloX\r\n0\r\n\r\n"), 400, "chunks_not_understood"),
    ("a chunk line that ends with a bare LF", post_raw("Transfer-Encoding: chunked\r\n", b"5\nhello\r\n0\r\n\r\n"), 400, "chunks_not_understood"),
    ("an endless chunk extension", post_raw("Transfer-Encoding: chunked\r\n", b"5;" + b"a" * 5000), 400, "chunks_not_understood"),
    ("trailers", post_raw("Transfer-Encoding: chunked\r\n", b"0\r\nCookie: a=1\r\n\r\n"), 400, "chunks_not_understood"),
    ("a body that is too long", post_raw("Content-Length: 1048577\r\n", b"a" * 1000), 413, "body_too_long"),
    ("chunks that are too long together", post_raw("Transfer-Encoding: chunked\r\n", (b"10000\r\n" + b"a" * 65536 + b"\r\n") * 17), 413, "body_too_long"),
    ("a file that is too long", post_raw("Content-Length: 67108865\r\n", b"a", path="/upload"), 413, "body_too_long"),
    ("an answer that would be split", get("/split"), 500, "answer_not_sendable"),
]

CLIMBING = ["/../etc/passwd", "/a/../../etc/passwd", "/%2e%2e/etc/passwd", "/%2E%2e%2Fetc/passwd", "/..%2fetc/passwd", "/..%5cetc", "/..\\etc",
            "/a/%00", "/a%00.js", "/./a", "//etc/passwd", "/a//b", "/%", "/%zz", "/%c0%ae%c0%ae/etc", "/%0d%0aX-Forged:%20a", "/a%7f", "/a#b"]


class HostileRequests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.probe = Probe()

    @classmethod
    def tearDownClass(cls):
        status, said = cls.probe.stop()
        if status != 0 or said:
            raise AssertionError(f"the server ended with {status}: {said}")

    def assert_refused(self, request, status, code):
        """With that status and code, once; what follows on the connection is not heard."""
        answer = self.probe.ask(request, SMUGGLED)
        self.assertEqual((statuses(answer), code_of(answer)), ([status], code), answer)
        self.assertIn(b"\r\nconnection: close\r\n", answer)
        self.assertIn(b"\r\ncontent-type: application/problem+json\r\n", answer)

    def test_what_is_malformed_is_refused_and_nothing_is_smuggled_behind_it(self):
        for what, request, status, code in MALFORMED:
            with self.subTest(what):
                self.assert_refused(request, status, code)

    def test_paths_that_climb_are_refused_however_they_are_written(self):
        for path in CLIMBING:
            with self.subTest(path):
                self.assert_refused(get(path), 400, "path_not_straight")

    def test_a_path_escaped_twice_is_read_once(self):
        answer = self.probe.ask(get("/%252e%252e/etc"))
        self.assertEqual(statuses(answer), [404])

    def test_pipelined_requests_are_answered_in_order(self):
        answer = self.probe.ask(get("/echo?n=1"), post(b"two"), get("/slow?ms=50"), post_raw("Transfer-Encoding: chunked\r\n", CHUNKS), get("/ready"))
        self.assertEqual(statuses(answer), [200] * 5)
        places = [answer.index(mark) for mark in (b"?n=1", b"\ntwo", b"late", b"\nhello", b'"value"')]
        self.assertEqual(places, sorted(places))

    def test_ranges_are_not_served(self):
        ranges = ",".join(f"{n}-" for n in range(400))
        answer = self.probe.ask(get("/ready", fields=f"Range: bytes={ranges}\r\n"))
        self.assertEqual(statuses(answer), [200])
        self.assertTrue(answer.endswith(b'"}'))

    def test_an_offer_to_change_the_protocol_is_not_taken_up(self):
        answer = self.probe.ask(get("/ready", fields="Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"))
        self.assertEqual(statuses(answer), [200])

    def test_every_answer_carries_what_keeps_pages_safe(self):
        for request in (get("/ready"), get("/echo"), get("/nowhere"), get(host="evil.example"), b"BAD\n\n"):
            answer = self.probe.ask(request).lower()
            for field in (b"x-content-type-options: nosniff", b"referrer-policy: no-referrer", b"cache-control: no-store", b"frame-ancestors 'none'",
                          b"cross-origin-opener-policy: same-origin", b"cross-origin-resource-policy: same-origin", b"permissions-policy: "):
                self.assertIn(b"\r\n" + field if b":" in field else field, answer)
            for field in (b"\r\nserver:", b"boost", b"beast"):
                self.assertNotIn(field, answer)

    def test_a_refusal_never_repeats_what_was_sent(self):
        for request in (get("/%zzprivate-name"), get(fields="private-name\r\n"), get(host="private-name"), b"private-name / HTTP/1.1\r\n\r\n"):
            self.assertNotIn(b"private-name", self.probe.ask(request))

    def test_a_fault_of_the_site_ends_its_connection_and_no_other(self):
        with self.probe.connect() as other:
            self.assertEqual(self.probe.ask(get("/fault")), b"")
            other.sendall(get("/ready"))
            self.assertEqual(statuses(read_until(other, b'"}')), [200])

    def test_an_answer_to_head_has_no_body(self):
        answer = self.probe.ask(b"HEAD /ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.assertIn(b"\r\ncontent-length: 400\r\n", answer)
        self.assertTrue(answer.endswith(b"\r\n\r\n"))

    def test_http_1_0_is_answered_and_closed(self):
        with self.probe.connect() as client:
            client.sendall(get("/ready", version="1.0"))
            self.assertEqual(statuses(read_to_end(client)), [200])

    def test_noise_is_refused_and_the_server_goes_on(self):
        chance = random.Random(20261124)
        whole = post_raw("Transfer-Encoding: chunked\r\nCookie: a=b\r\n", CHUNKS, path="/echo?a=%20b")
        for _ in range(300):
            noise = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                noise[chance.randrange(len(noise))] = chance.randrange(256)
            self.probe.ask(bytes(noise[:chance.randint(1, len(noise))]))
        self.assertEqual(statuses(self.probe.ask(get("/ready"))), [200])

    def test_files_arrive_whole_and_leave_nothing_behind(self):
        content = random.Random(7).randbytes(3_000_000)
        expected = f"{len(content)} {hashlib.sha256(content).hexdigest()}".encode()
        with tempfile.TemporaryDirectory() as folder:
            probe = Probe(folder=folder)
            chunked = b"".join(b"%x\r\n" % len(part) + part + b"\r\n" for part in (content[at : at + 70_001] for at in range(0, len(content), 70_001)))
            self.assertIn(expected, probe.ask(post(content, path="/upload")))
            self.assertIn(expected, probe.ask(post_raw("Transfer-Encoding: chunked\r\n", chunked + b"0\r\n\r\n", path="/upload")))
            with probe.connect() as client:  # Goes away half-way.
                client.sendall(post_raw("Content-Length: 3000000\r\n", content[:1_000_000], path="/upload"))
            self.assertEqual(probe.stop(), (0, ""))
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])


class SlowClients(unittest.TestCase):
    """Limits are set low, and nothing here depends on how low: a client that is too slow is cut off sooner or later."""

    LIMITS = {"head_ms": 300, "body_ms": 300, "window_ms": 300, "idle_ms": 300, "write_ms": 300, "per_peer": 512}

    def setUp(self):
        self.probe = Probe(**self.LIMITS)
        self.addCleanup(self.probe.stop)

    def dribble(self, client, text):
        """Sends a byte now and then until the server has had enough."""
        try:
            for at in range(len(text)):
                client.sendall(text[at : at + 1])
                client.settimeout(0.05)
                try:
                    if not client.recv(1):
                        return "cut off"
                except TimeoutError:
                    continue
        except (ConnectionResetError, BrokenPipeError):
            return "cut off"
        return "was let finish"

    def test_each_kind_is_cut_off_and_a_normal_client_is_answered_meanwhile(self):
        kinds = {
            "silent": b"",
            "a head byte by byte": get("/ready", fields="X-Long: " + "a" * 2000 + "\r\n"),
            "a body byte by byte": post(b"a" * 2000),
            "chunks byte by byte": post_raw("Transfer-Encoding: chunked\r\n", b"1\r\na\r\n" * 500),
            "a file byte by byte": post(b"a" * 2000, path="/upload"),
        }
        ended = {}

        def be_slow(name, number, text):
            with self.probe.connect() as client:
                begun = text.find(b"\r\n\r\n") + 4 if "head" not in name else 0
                client.sendall(text[:begun])
                ended[name, number] = self.dribble(client, text[begun:]) if text else ("cut off" if read_to_end(client) == b"" else "answered")

        threads = [threading.Thread(target=be_slow, args=(name, number, text)) for name, text in kinds.items() for number in range(20)]
        for thread in threads:
            thread.start()
        answered = 0
        while any(thread.is_alive() for thread in threads):
            self.assertEqual(statuses(self.probe.ask(get("/cached"))), [200])
            answered += 1
        for thread in threads:
            thread.join()
        self.assertGreater(answered, 0)
        self.assertEqual(len(ended), 100)
        self.assertEqual(set(ended.values()), {"cut off"})

    def test_one_that_keeps_its_connection_for_nothing_is_cut_off(self):
        with self.probe.connect() as client:
            client.sendall(get("/ready"))
            self.assertEqual(statuses(read_to_end(client)), [200])

    def test_one_that_does_not_read_its_answer_is_cut_off(self):
        with self.probe.connect() as client:
            client.sendall(get("/large?bytes=50000000"))
            client.settimeout(60)
            # Only the end of the connection makes it writable without end, or broken.
            with self.assertRaises((ConnectionResetError, BrokenPipeError)):
                while True:
                    client.sendall(b"a" * 1000)

    def test_a_file_that_keeps_coming_has_longer_than_one_window(self):
        with self.probe.connect() as client:
            client.sendall(post_raw("Content-Length: 300000\r\n", path="/upload"))
            for _ in range(29):
                client.sendall(b"a" * 10_000)
                client.settimeout(0.05)
                with self.assertRaises(TimeoutError):
                    client.recv(1)
            client.settimeout(60)
            client.sendall(b"a" * 10_000)
            self.assertEqual(statuses(read_until(client, b"300000 ")), [200])


class Bounds(unittest.TestCase):
    def started(self, **options):
        probe = Probe(**options)
        self.addCleanup(probe.stop)
        return probe

    def test_one_address_has_so_many_connections(self):
        probe = self.started(per_peer=3)
        clients = [probe.connect() for _ in range(3)]
        for client in clients:
            client.sendall(get("/ready"))
            self.assertEqual(statuses(read_until(client, b'"}')), [200])
        with probe.connect() as fourth:
            self.assertEqual(read_to_end(fourth), b"")
        for client in clients:
            client.close()

    def test_more_requests_than_can_wait_are_told_to_come_again(self):
        probe = self.started(workers=1, waiting=1)
        clients = [probe.connect() for _ in range(8)]
        for client in clients:
            client.sendall(get("/slow?ms=500", fields="Connection: close\r\n"))
        answers = [read_to_end(client) for client in clients]
        for client in clients:
            client.close()
        told = sorted(status for answer in answers for status in statuses(answer))
        self.assertEqual(len(told), 8)
        self.assertEqual(set(told), {200, 503})
        busy = next(answer for answer in answers if statuses(answer) == [503])
        self.assertEqual(code_of(busy), "too_busy")
        self.assertIn(b"\r\nretry-after: ", busy)

    def test_more_streams_than_allowed_are_told_to_come_again(self):
        probe = self.started(streams=1)
        with probe.connect() as first:
            first.sendall(get("/events?ends=0"))
            read_until(first, b"data: 3\n\n")
            self.assertEqual(code_of(probe.ask(get("/events"))), "too_many_streams")

    def test_a_silent_stream_shows_that_it_lives(self):
        probe = self.started(heartbeat_ms=100)
        with probe.connect() as client:
            client.sendall(get("/events?ends=0"))
            self.assertTrue(read_until(client, b"\n\n:\n\n:\n\n"))

    def test_stopping_finishes_the_answer_under_way_and_ends_streams(self):
        probe = self.started()
        with probe.connect() as late, probe.connect() as stream, probe.connect() as idle:
            stream.sendall(get("/events?ends=0"))
            read_until(stream, b"data: 3\n\n")
            idle.sendall(get("/ready"))
            read_until(idle, b'"}')
            late.sendall(get("/slow?ms=700") + get("/ready"))
            with probe.connect() as other:  # Once this is answered, the slow one is being answered too.
                other.sendall(get("/cached"))
                read_until(other, b'"}')
                probe.begin_stop()
                answer = read_to_end(late)
                self.assertEqual(statuses(answer), [200])
                self.assertTrue(answer.endswith(b"late"))
                self.assertEqual(read_to_end(stream), b"")
                self.assertEqual(read_to_end(idle), b"")
                self.assertEqual(read_to_end(other), b"")
        self.assertEqual(probe.stop(), (0, ""))

    def test_it_listens_off_loopback_only_with_tls(self):
        status, said = Probe(address="0.0.0.0").stop()
        self.assertEqual(status, 2)
        self.assertIn("tls_needed", said)
        self.assertIn("give a certificate and a key", said)


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.certificate, cls.key = cls.made("server")
        cls.context = ssl.create_default_context(cafile=cls.certificate)

    @classmethod
    def made(cls, name):
        certificate, key = cls.folder / f"{name}.pem", cls.folder / f"{name}.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
                       check=True, capture_output=True)
        return certificate, key

    def started(self, **options):
        probe = Probe(certificate=self.certificate, key=self.key, **options)
        self.addCleanup(probe.stop)
        return probe

    def test_requests_are_answered_and_browsers_told_to_stay(self):
        probe = self.started()
        connection = http.client.HTTPSConnection("localhost", probe.port, context=self.context, timeout=60)
        self.addCleanup(connection.close)
        for _ in range(3):
            connection.request("POST", "/echo", body=b"a secret")
            answer = connection.getresponse()
            self.assertEqual(answer.status, 200)
            self.assertTrue(answer.read().endswith(b"a secret"))
            self.assertEqual(answer.headers["strict-transport-security"], "max-age=31536000; includeSubDomains")
        connection.request("GET", "/large?bytes=5000000")
        self.assertEqual(connection.getresponse().read(), b"a" * 5_000_000)

    def test_a_refusal_arrives_although_the_body_is_not_read(self):
        probe = self.started()
        with probe.connect_secretly(self.context) as client:
            client.sendall(post_raw("Content-Length: 2000000\r\n", b"a" * 100_000))
            self.assertEqual(code_of(read_to_end(client)), "body_too_long")

    def test_old_versions_and_ciphers_are_not_spoken(self):
        probe = self.started()
        old = ssl.create_default_context(cafile=self.certificate)
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        with warnings.catch_warnings():  # Python, too, would rather not.
            warnings.simplefilter("ignore", DeprecationWarning)
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        weak = ssl.create_default_context(cafile=self.certificate)
        weak.maximum_version = ssl.TLSVersion.TLSv1_2
        weak.set_ciphers("AES128-SHA:ECDHE-ECDSA-AES128-SHA")
        for context in (old, weak):
            with probe.connect() as client, self.assertRaises((ssl.SSLError, ConnectionResetError)):
                context.wrap_socket(client, server_hostname="localhost")
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = ssl.create_default_context(cafile=self.certificate)
            context.minimum_version = context.maximum_version = version
            with probe.connect_secretly(context) as client:
                client.sendall(get("/ready"))
                self.assertEqual(statuses(read_until(client, b'"}')), [200])

    def test_one_that_does_not_agree_on_keys_is_cut_off(self):
        probe = self.started(handshake_ms=300)
        with probe.connect() as silent, probe.connect() as plain:
            plain.sendall(get("/ready"))
            self.assertEqual(statuses(read_to_end(plain)), [])
            self.assertEqual(read_to_end(silent), b"")

    def test_stopping_is_clean_under_tls_too(self):
        probe = self.started()
        with probe.connect_secretly(self.context) as late, probe.connect_secretly(self.context) as stream:
            stream.sendall(get("/events?ends=0"))
            read_until(stream, b"data: 3\n\n")
            late.sendall(get("/slow?ms=700"))
            with probe.connect_secretly(self.context) as other:
                other.sendall(get("/cached"))
                read_until(other, b'"}')
                probe.begin_stop()
                self.assertTrue(read_to_end(late).endswith(b"late"))
                self.assertEqual(read_to_end(stream), b"")
        self.assertEqual(probe.stop(), (0, ""))

    def test_it_says_which_file_cannot_be_used(self):
        other_key = self.made("other")[1]
        locked = self.folder / "locked.key"
        subprocess.run(["openssl", "ec", "-in", str(self.key), "-aes256", "-passout", "pass:secret", "-out", str(locked)], check=True, capture_output=True)
        for certificate, key, code in ((self.folder / "none.pem", self.key, "certificate_not_usable"), (self.certificate, self.folder / "none.key", "key_not_usable"),
                                       (self.certificate, other_key, "key_not_usable"), (self.certificate, locked, "key_not_usable"),
                                       (self.key, self.key, "certificate_not_usable")):
            status, said = Probe(certificate=certificate, key=key).stop()
            self.assertEqual(status, 5, said)
            self.assertIn(code, said)
            self.assertIn("PEM files", said)


if __name__ == "__main__":
    unittest.main()
