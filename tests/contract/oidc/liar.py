"""A small provider that says whatever a test tells it to say: for everything that a real one never would."""

import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import ssl
import subprocess
import threading
import time


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def b64_json(value):
    return b64(json.dumps(value).encode())


class Key:
    """An RSA key of its own, made and used by the openssl program."""

    def __init__(self, folder, name, bits=2048):
        self.path = pathlib.Path(folder) / f"{name}.pem"
        self._openssl("genrsa", "-out", str(self.path), str(bits))
        modulus = self._openssl("rsa", "-in", str(self.path), "-noout", "-modulus").decode().strip().split("=")[1]
        self.public_pem = self._openssl("rsa", "-in", str(self.path), "-pubout")
        self.jwk = {"kty": "RSA", "kid": name, "use": "sig", "e": "AQAB", "n": b64(bytes.fromhex(modulus))}

    @staticmethod
    def _openssl(*arguments, **options):
        return subprocess.run(["openssl", *arguments], check=True, capture_output=True, **options).stdout

    def sign(self, text):
        return self._openssl("dgst", "-sha256", "-sign", str(self.path), input=text)


class Liar:
    """Serves a description, keys and a token endpoint. `lie(claims, header)` may change what the next token says."""

    def __init__(self, folder, client_id, certificate=None, key=None):
        self.client_id = client_id
        self.key, self.other_key = Key(folder, "known"), Key(folder, "unknown")
        self.weak_key = Key(folder, "weak", 1024)
        self.keys = [self.key.jwk, self.weak_key.jwk]
        self.nonce, self.lie, self.sign, self.asked = "", None, self.sign_rs256, []
        self.description = {}
        liar = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def answer(self, value, status=200):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                if self.path == "/.well-known/openid-configuration":
                    self.answer({**liar.described(), **liar.description})
                elif self.path == "/keys":
                    self.answer({"keys": liar.keys})
                else:
                    self.answer({}, 404)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                liar.asked.append((self.headers.get("Authorization"), body.decode()))
                self.answer({"token_type": "Bearer", "access_token": "x", "id_token": liar.token()})

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.issuer = f"https://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def described(self):
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorise", "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys", "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def token(self):
        now = int(time.time())
        header = {"alg": "RS256", "kid": "known"}
        claims = {"iss": self.issuer, "aud": self.client_id, "sub": "subject-of-acole", "preferred_username": "acole", "nonce": self.nonce,
                  "iat": now, "exp": now + 300, "auth_time": now}
        if self.lie:
            self.lie(claims, header)
        text = f"{b64_json(header)}.{b64_json(claims)}".encode()
        return f"{text.decode()}.{b64(self.sign(text))}"

    def sign_rs256(self, text):
        return self.key.sign(text)

    def sign_with_other_key(self, text):
        return self.other_key.sign(text)

    def sign_with_weak_key(self, text):
        return self.weak_key.sign(text)

    def sign_hs256_by_public_key(self, text):
        return hmac.new(self.key.public_pem, text, hashlib.sha256).digest()

    @staticmethod
    def sign_not(_):
        return b""
