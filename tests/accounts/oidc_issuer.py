"""A small OpenID Connect issuer on loopback: authorisation code with PKCE, and keys that rotate."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET, ACCESS_TOKEN = "andock", "geheim", "x"


@dataclass
class Issuer:
    """Signs in whoever ``person`` describes. ``wrong`` overrides claims of the next tokens.

    ``told_apart`` stands only at the user info endpoint, as the claims of a scope do at many issuers.
    """

    person: dict[str, Any] = field(default_factory=lambda: {"sub": "4711", "email": "eva@stadt.example"})
    wrong: dict[str, Any] = field(default_factory=dict)
    told_apart: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.rotate()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def rotate(self) -> None:
        """From now on only a fresh key counts."""
        self.key, self.kid = rsa.generate_private_key(public_exponent=65537, key_size=2048), secrets.token_hex(4)

    # --- what the endpoints answer ------------------------------------------------------------------------------------
    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorise",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": self.kid, "alg": "RS256", "use": "sig"}]}

    def authorise(self, asked: dict[str, str]) -> str:
        """The address the browser is sent back to, with a code for one use."""
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.url})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code that is fresh and whose PKCE proof fits; else None."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = (
            base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
            .rstrip(b"=")
            .decode()
        )
        if not asked or form.get("client_secret") != SECRET or proof != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.wrong,
        }
        return {
            "access_token": ACCESS_TOKEN,
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, self.key, "RS256", {"kid": self.kid}),
        }

    def user_info(self, authorisation: str) -> dict[str, Any] | None:
        """What is told of the person to whoever brings the access token; else None."""
        if authorisation != f"Bearer {ACCESS_TOKEN}":
            return None
        return {"sub": self.person["sub"], **self.told_apart}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if urlsplit(self.path).path == "/userinfo":
                    told = issuer.user_info(self.headers.get("Authorization", ""))
                    return self._answer(told or {"error": "invalid_token"}, 200 if told else 401)
                pages = {"/.well-known/openid-configuration": issuer.description, "/keys": issuer.keys}
                return self._answer(pages[urlsplit(self.path).path]())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                tokens = issuer.token({key: values[0] for key, values in parse_qs(body).items()})
                self._answer(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

            def _answer(self, value: dict[str, Any], status: int = 200) -> None:
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_details: object) -> None:
                pass

        return Handler
