"""Signing in with an account of another house by OpenID Connect (Core 1.0; RFC 7636 PKCE, RFC 9207 issuer).

allauth brings the dance; here are the checks it leaves to the transport: signature, nonce, issuer. An account is
known by issuer and subject together and by nothing else; addresses and names from elsewhere are not even stored.
Only where the operator names the claim of residence, what it says of the municipality is kept (``services.homes``).
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404
from requests import RequestException

from .services.homes import claim_at

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ALGORITHMS = ("RS256", "PS256", "ES256")
CLAIMS = ("iss", "sub", "aud", "exp", "iat", "nonce")
CLOCK_DIFFERENCE = 60  # seconds


class Adapter(OpenIDConnectOAuth2Adapter):
    """Reads the ID token only, and believes it only when everything fits."""

    verifier = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The issuer's own description; it must speak of itself."""
        config = super().openid_config
        if config.get("issuer") != self.get_provider().app.settings["server_url"]:
            raise OAuth2Error("The issuer calls itself by another name than the one set.")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.verifier = pkce_code_verifier or ""
        if request.GET.get("iss", self.openid_config["issuer"]) != self.openid_config["issuer"]:
            raise OAuth2Error("The answer comes from another issuer.")
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        claims = self._claims(app, str(kwargs["response"].get("id_token", "")))
        login = self.get_provider().sociallogin_from_response(
            request, {"id_token": {"iss": claims["iss"], "sub": claims["sub"]}}
        )
        if path := settings.ANDOCK_OIDC_RESIDENCE_CLAIM:
            login.residence = self._residence(path, claims, token)
        return login

    def _residence(self, path: str, claims: dict[str, Any], token: Any) -> Any:
        """What the claim says; many issuers tell addresses only where the access token asks for them (Core 1.0, 5.4)."""
        found = claim_at(claims, path)
        if found is None and (address := self.openid_config.get("userinfo_endpoint")):
            told = self._user_info(address, token)
            found = claim_at(told, path) if told.get("sub") == claims["sub"] else None
        return found

    def _user_info(self, address: str, token: Any) -> dict[str, Any]:
        """Nothing where the issuer does not answer as expected: whoever signs in has not proved where they live, no more."""
        try:
            with get_adapter().get_requests_session() as session:
                answer = session.get(address, headers={"Authorization": f"Bearer {token.token}"})
                answer.raise_for_status()
                told = answer.json()
        except (RequestException, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _claims(self, app: SocialApp, token: str) -> dict[str, Any]:
        """The token's claims, checked. Raises ``OAuth2Error``."""
        try:
            header = jwt.get_unverified_header(token)
            claims = jwt.decode(
                token,
                self._key(header.get("kid")),
                algorithms=[*ALGORITHMS],
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_DIFFERENCE,
                options={"require": [*CLAIMS]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("The ID token is not valid.") from error
        if not hmac.compare_digest(str(claims["nonce"]), nonce_for(self.verifier)):
            raise OAuth2Error("The ID token answers another request.")
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The ID token is made for somebody else.")
        return claims

    def _key(self, kid: str | None) -> Any:
        """The issuer's present key of that name; keys are fetched each time, since issuers rotate them."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.key_id == kid]
        if not keys:
            raise OAuth2Error("The issuer has no such key.")
        return keys[0]


class Provider(OpenIDConnectProvider):
    """An issuer set by the operator. Nothing about the request to it can be changed from outside."""

    oauth2_adapter_class = Adapter
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        """Nothing about the person, but for what the operator has named to learn where they live."""
        return ["openid", *settings.ANDOCK_OIDC_RESIDENCE_SCOPE.split()]

    def get_pkce_params(self) -> dict[str, str]:
        """PKCE, and a nonce bound to the same secret of this session."""
        params = super().get_pkce_params()
        return {**params, "nonce": nonce_for(params["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return self.get_auth_params()

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_scope()

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject as one value of fixed length (a subject may have 255 characters)."""
        claims = data["id_token"]
        return hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()


def nonce_for(verifier: str) -> str:
    return hashlib.sha256(f"nonce {verifier}".encode()).hexdigest()


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: type[OAuth2View], request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return kind.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
