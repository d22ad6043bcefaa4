"""Signing in through an agency's own provider: against a real one, and against one that lies."""

import html
import http.client
import json
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

from program import BINARY, DONE, ROOT, Workspace, call

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "oidc"))
from liar import Key, Liar  # noqa: E402

OIDC = ROOT / "tests/contract/oidc"
SECRET = "a secret: with / signs & spaces that must be encoded"
START_SECONDS_MAX = 30
SESSION_COOKIE = "__Host-throughline"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def node():
    own = ROOT / "build/tools/node/bin/node"
    return str(own) if own.exists() else shutil.which("node")


class Browser:
    """As much of one as a sign-in needs: it keeps cookies by host, follows nothing by itself, and sends forms."""

    def __init__(self):
        self.cookies = {}

    def ask(self, address, form=None):
        parts = urllib.parse.urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=START_SECONDS_MAX)
        jar = self.cookies.setdefault(parts.netloc, {})
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("POST" if form is not None else "GET", target, body=body, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            if value:
                jar[name] = value
            else:
                jar.pop(name, None)
        location = answer.headers.get("Location")
        connection.close()
        return answer.status, urllib.parse.urljoin(address, location) if location else None, text


class Server:
    """throughline serve, over a workspace of its own, with a file of providers."""

    def __init__(self, workspace, providers, port):
        self.port, self.origin = port, f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [BINARY, "serve", "--workspace", str(workspace.path), "--port", str(port), "--agency-sign-in", str(providers)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_until_it_serves(self):
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the server did not start: {self.stop()}")

    def stop(self):
        self.process.terminate()
        return self.process.communicate(timeout=START_SECONDS_MAX)


class AgencySignIn(unittest.TestCase):
    """One server; the classes below say through which providers one signs in to it."""

    # So that no test has to invite first; the class Invited does.
    FIRST_SIGN_IN = 'first_sign_in = "by_name"\n'

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.workspace = Workspace(cls.folder / "w")
        made = call("init", "--workspace", cls.workspace.path, "--agency", "Example Council")
        assert made.status == DONE, made
        for name, agency in (("acole", "Example Police"), ("dean", "Example Police"), ("founder2", "Example Council")):
            added = cls.workspace.run("accounts", "add", name, "--person", "A person", "--agency", agency, "--role", "analyst")
            assert added.status == DONE, added
        cls.port = free_port()
        (cls.folder / "secret").write_text(SECRET + "\n")
        providers = cls.folder / "providers.toml"
        providers.write_text("".join(
            f'[[provider]]\nname = "{name}"\ntitle = "Police"\nagency = "Example Police"\nissuer = "{issuer}"\n'
            f'client_id = "{client}"\nclient_secret_file = "secret"\n{cls.FIRST_SIGN_IN}\n' for name, issuer, client in cls.make_providers()))
        cls.server = Server(cls.workspace, providers, cls.port)
        cls.addClassCleanup(cls.server.stop)
        cls.server.wait_until_it_serves()

    def start(self, browser, provider, return_to="/measure"):
        """The provider's address to which the program sends the person."""
        query = urllib.parse.urlencode({"provider": provider, "return_to": return_to})
        status, location, _ = browser.ask(f"{self.server.origin}/api/session/agency?{query}")
        self.assertEqual(status, 303)
        return location

    def signed_in_to(self, browser, answer):
        """Where the person is after coming back signed in."""
        status, location, _ = answer
        self.assertEqual(status, 303)
        self.assertNotIn("problem", location)
        self.assertIn(SESSION_COOKIE, browser.cookies[f"127.0.0.1:{self.port}"])
        return location

    def assert_refused(self, browser, answer, code="agency_sign_in_failed"):
        status, location, _ = answer
        self.assertEqual(status, 303)
        self.assertEqual(location, f"{self.server.origin}/sign-in?problem={code}")
        self.assertNotIn(SESSION_COOKIE, browser.cookies.get(f"127.0.0.1:{self.port}", {}))


@unittest.skipUnless((OIDC / "node_modules").exists() and node(), "the test provider was not installed: tools/setup/setup.sh test")
class RealProvider(AgencySignIn):
    @classmethod
    def make_providers(cls):
        port = free_port()
        cls.provider = subprocess.Popen([node(), str(OIDC / "provider.mjs"), str(port), f"http://127.0.0.1:{cls.port}/api/session/agency/return"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.addClassCleanup(cls.provider.wait)
        cls.addClassCleanup(cls.provider.terminate)
        assert cls.provider.stdout.readline().strip() == "ready"
        issuer = f"http://127.0.0.1:{port}"
        return [(algorithm.lower(), issuer, f"throughline-{algorithm}-basic") for algorithm in ("RS256", "PS256", "ES256")]

    def go_through(self, browser, address, login):
        """Signs in at the provider by its own forms; gives the address back to the program."""
        for _ in range(12):
            if address.startswith(self.server.origin):
                return address
            status, location, text = browser.ask(address)
            if location:
                address = location
                continue
            self.assertEqual(status, 200, text)
            action = html.unescape(re.search(r'action="([^"]+)"', text).group(1))
            prompt = re.search(r'name="prompt" value="(\w+)"', text).group(1)
            form = {"prompt": prompt, "login": login, "password": "x"} if prompt == "login" else {"prompt": prompt}
            _, address, _ = browser.ask(urllib.parse.urljoin(address, action), form)
        raise AssertionError(f"the provider leads nowhere: {address}")

    def sign_in(self, browser, provider, login, return_to="/measure"):
        return browser.ask(self.go_through(browser, self.start(browser, provider, return_to), login))

    def test_a_person_of_the_agency_signs_in_whichever_way_the_provider_signs(self):
        for provider in ("rs256", "ps256", "es256"):
            with self.subTest(provider):
                browser = Browser()
                answer = self.sign_in(browser, provider, "subject-of-acole")
                self.assertEqual(self.signed_in_to(browser, answer), f"{self.server.origin}/measure")
                _, _, session = browser.ask(f"{self.server.origin}/api/session")
                self.assertIn('"acole"', session)
                self.assertIn('"Example Police"', session)

    def test_another_person_under_the_same_name_does_not_get_the_account(self):
        first = Browser()
        self.signed_in_to(first, self.sign_in(first, "rs256", "subject-of-acole"))
        second = Browser()
        self.assert_refused(second, self.sign_in(second, "rs256", "acole"))

    def test_the_provider_opens_accounts_of_its_own_agency_alone(self):
        for login in ("subject-of-founder2", "subject-of-nobody"):
            with self.subTest(login):
                browser = Browser()
                self.assert_refused(browser, self.sign_in(browser, "rs256", login))

    def test_an_answer_is_taken_once_and_only_from_the_browser_that_asked(self):
        browser, thief = Browser(), Browser()
        back = self.go_through(browser, self.start(browser, "rs256"), "subject-of-dean")
        self.assert_refused(thief, thief.ask(back))
        self.signed_in_to(browser, browser.ask(back))
        again = Browser()
        self.assert_refused(again, again.ask(back))

    def test_a_code_that_was_used_opens_nothing_under_a_new_sign_in(self):
        browser = Browser()
        back = self.go_through(browser, self.start(browser, "rs256"), "subject-of-dean")
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
        self.signed_in_to(browser, browser.ask(back))
        other = Browser()
        there = urllib.parse.parse_qs(urllib.parse.urlsplit(self.start(other, "rs256")).query)
        issuer = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["iss"][0]
        query = urllib.parse.urlencode({"code": code, "state": there["state"][0], "iss": issuer})
        self.assert_refused(other, other.ask(f"{self.server.origin}/api/session/agency/return?{query}"))

    def test_nobody_is_sent_to_another_site_afterwards(self):
        for return_to in ("//evil.example", "https://evil.example", "/\\evil.example", "/api/session"):
            with self.subTest(return_to):
                browser = Browser()
                answer = self.sign_in(browser, "rs256", "subject-of-dean", return_to)
                self.assertEqual(self.signed_in_to(browser, answer), f"{self.server.origin}/")

    def test_a_person_who_gives_up_at_the_provider_is_told_so_without_its_words(self):
        browser = Browser()
        state = urllib.parse.parse_qs(urllib.parse.urlsplit(self.start(browser, "rs256")).query)["state"][0]
        query = urllib.parse.urlencode({"error": "access_denied", "error_description": "<b>hello</b>", "state": state})
        answer = browser.ask(f"{self.server.origin}/api/session/agency/return?{query}")
        self.assert_refused(browser, answer)
        self.assertNotIn("hello", str(answer))


class Lied(AgencySignIn):
    """Told by a provider that says what the test wants."""

    @classmethod
    def make_providers(cls):
        cls.liar = Liar(cls.folder, "throughline")
        cls.addClassCleanup(cls.liar.close)
        return [("liar", cls.liar.issuer, "throughline")]

    def tell(self, lie=None, sign=None, issuer=None, browser=None):
        """Signs in while the provider lies."""
        browser = browser or Browser()
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(self.start(browser, "liar")).query)
        self.liar.nonce, self.liar.lie, self.liar.sign = asked["nonce"][0], lie, sign or self.liar.sign_rs256
        query = urllib.parse.urlencode({"code": "x", "state": asked["state"][0], "iss": issuer or self.liar.issuer})
        return browser, browser.ask(f"{self.server.origin}/api/session/agency/return?{query}")


class LyingProvider(Lied):
    def test_what_is_asked_for_is_the_code_flow_with_a_challenge_and_without_a_secret_in_the_address(self):
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(self.start(Browser(), "liar")).query)
        self.assertEqual(asked["response_type"], ["code"])
        self.assertEqual(asked["code_challenge_method"], ["S256"])
        self.assertEqual(len(asked["code_challenge"][0]), 43)
        self.assertEqual(asked["redirect_uri"], [f"{self.server.origin}/api/session/agency/return"])
        self.assertEqual(asked["max_age"], ["600"])
        self.assertNotIn("client_secret", asked)

    def test_a_token_that_is_as_it_should_be_signs_in(self):
        browser, answer = self.tell()
        self.signed_in_to(browser, answer)

    def test_another_issuer_in_the_answer_is_refused(self):
        browser, answer = self.tell(issuer="https://another.example")
        self.assert_refused(browser, answer)

    def test_another_state_is_refused(self):
        browser = Browser()
        self.start(browser, "liar")
        query = urllib.parse.urlencode({"code": "x", "state": "A" * 43, "iss": self.liar.issuer})
        self.assert_refused(browser, browser.ask(f"{self.server.origin}/api/session/agency/return?{query}"))

    def test_a_subject_that_changed_is_refused(self):
        browser, answer = self.tell()
        self.signed_in_to(browser, answer)
        browser, answer = self.tell(lambda claims, header: claims.update(sub="somebody-else"))
        self.assert_refused(browser, answer)

    def test_the_secret_travels_in_the_head_and_the_verifier_in_the_body(self):
        self.tell()
        authorisation, body = self.liar.asked[-1]
        self.assertTrue(authorisation.startswith("Basic "))
        self.assertNotIn("client_secret", body)
        self.assertIn("code_verifier=", body)


class EachLie(Lied):
    """A server of its own, so that the entries in its log are those of the lies alone."""

    def test_each_lie_is_refused_and_written_down_by_what_did_not_fit(self):
        now = int(time.time())

        def claim(**values):
            return lambda claims, header: claims.update(values)

        def head(**values):
            return lambda claims, header: header.update(values)

        def without(name):
            return lambda claims, header: claims.pop(name)

        liar = self.liar
        lies = [
            ("audience", claim(aud="another"), None),
            ("audience", claim(aud=["throughline", "another"]), None),
            ("audience", claim(azp="another"), None),
            ("audience", without("aud"), None),
            ("nonce", claim(nonce="another"), None),
            ("nonce", without("nonce"), None),
            ("issuer", claim(iss="http://127.0.0.1:1"), None),
            ("issuer", claim(iss=liar.issuer + "/"), None),
            ("expired", claim(exp=now - 120), None),
            ("expired", without("exp"), None),
            ("time", claim(iat=now + 600), None),
            ("time", claim(iat=now - 40_000), None),
            ("time", claim(nbf=now + 600), None),
            ("not_shown_lately", claim(auth_time=now - 3_600), None),
            ("not_shown_lately", without("auth_time"), None),
            ("subject", claim(sub=""), None),
            ("subject", claim(sub="x" * 256), None),
            ("algorithm", head(alg="none"), liar.sign_not),
            ("algorithm", head(alg="None"), liar.sign_not),
            ("algorithm", head(alg="HS256"), liar.sign_hs256_by_public_key),
            ("algorithm", head(crit=["exp"]), None),
            ("signature", None, liar.sign_with_other_key),
            ("signature", None, liar.sign_not),
            ("signature", head(kid="unknown"), liar.sign_with_other_key),
            ("signature", head(kid="weak"), liar.sign_with_weak_key),
            ("signature", head(alg="ES256"), None),
        ]
        for number, (code, lie, sign) in enumerate(lies):
            with self.subTest(code, number=number):
                browser, answer = self.tell(lie, sign)
                self.assert_refused(browser, answer)
        self.server.stop()
        entries = self.workspace.json("audit", "show", "--rows", "200").rows("entry", "object")
        found = [row["object"] for row in reversed(entries) if str(row["object"]).startswith("sign-in failed")]
        self.assertEqual(found, [f"sign-in failed: id_token_{code}" for code, _, _ in lies])


class Invited(Lied):
    """A provider of which nothing says that a name is enough."""

    FIRST_SIGN_IN = ""

    def test_the_first_sign_in_takes_an_invitation_and_spends_it(self):
        browser, answer = self.tell()
        self.assert_refused(browser, answer)
        invited = self.workspace.json("accounts", "invite", "acole")
        self.assertEqual(invited.status, DONE, invited)
        browser, answer = self.tell()
        self.signed_in_to(browser, answer)
        token = invited.fact("link").split("invitation=")[1]
        self.assertEqual(self.status_of_accepting(token), 401, "it was spent")
        browser, answer = self.tell()
        self.signed_in_to(browser, answer)
        entries = self.workspace.json("audit", "show", "--rows", "50").rows("entry", "object")
        self.assertIn("sign-in failed: agency_not_invited", [row["object"] for row in entries])

    def status_of_accepting(self, token):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS_MAX)
        body = json.dumps({"token": token, "password": "heron under the viaduct"})
        connection.request("POST", "/api/session/invitation", body=body, headers={
            "Content-Type": "application/json", "Origin": self.server.origin})
        return connection.getresponse().status


class Certificates(unittest.TestCase):
    """A provider under TLS is believed only by a certificate that the program was told to trust, and for its own name."""

    def start_with(self, name, is_trusted):
        """What the start says, where the certificate is for that name. Empty when the server serves."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            certificate = path / "provider.pem"
            Key(path, "tls")
            subprocess.run(["openssl", "req", "-x509", "-key", str(path / "tls.pem"), "-out", str(certificate), "-days", "1", "-subj", f"/CN={name}",
                            "-addext", f"subjectAltName=DNS:{name}"], check=True, capture_output=True)
            liar = Liar(path, "throughline", certificate, path / "tls.pem")
            try:
                return self.said_by(path, liar, "ca_file = \"provider.pem\"\n" if is_trusted else "")
            finally:
                liar.close()

    def said_by(self, path, liar, trust):
        (path / "secret").write_text("x")
        (path / "providers.toml").write_text(
            f'[[provider]]\nname = "police"\nagency = "Example Police"\nissuer = "{liar.issuer}"\nclient_id = "x"\n'
            f'client_secret_file = "secret"\n{trust}')
        workspace = Workspace(path / "w")
        self.assertEqual(workspace.run("init").status, DONE)
        server = Server(workspace, path / "providers.toml", free_port())
        try:
            server.wait_until_it_serves()
        except AssertionError as said:
            return str(said)
        server.stop()
        return ""

    def test_one_that_is_trusted_is_believed(self):
        self.assertEqual(self.start_with("localhost", True), "")

    def test_one_that_nobody_vouches_for_stops_the_start(self):
        self.assertIn("'police'", self.start_with("localhost", False))

    def test_one_for_another_name_stops_the_start(self):
        self.assertIn("'police'", self.start_with("login.example.org", True))


class ProviderFile(unittest.TestCase):
    """What a mistake in the file of providers is answered with, before anything is served."""

    def refusal(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            (path / "secret").write_text("x")
            (path / "providers.toml").write_text(text)
            made = call("init", "--workspace", path / "w")
            self.assertEqual(made.status, DONE)
            return call("serve", "--workspace", path / "w", "--port", free_port(), "--agency-sign-in", path / "providers.toml")

    def provider(self, **changes):
        values = {"name": "police", "agency": "Example Police", "issuer": "https://example.org", "client_id": "x", "client_secret_file": "secret"}
        values.update(changes)
        return "[[provider]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())

    def test_a_misspelt_key_gets_the_nearest(self):
        self.assertIn("'issuer'", self.refusal(self.provider(isuer="x")).words)

    def test_a_word_for_the_first_sign_in_that_means_nothing_is_refused(self):
        self.assertIn('"by_invitation"', self.refusal(self.provider(first_sign_in="always")).words)

    def test_an_issuer_without_tls_elsewhere_is_refused(self):
        answer = self.refusal(self.provider(issuer="http://example.org"))
        self.assertIn("https", answer.words)
        self.assertNotEqual(answer.status, DONE)

    def test_a_provider_that_cannot_be_reached_stops_the_start_and_says_which(self):
        answer = self.refusal(self.provider(issuer=f"http://127.0.0.1:{free_port()}"))
        self.assertIn("'police'", answer.words)
        self.assertNotEqual(answer.status, DONE)


if __name__ == "__main__":
    unittest.main()
