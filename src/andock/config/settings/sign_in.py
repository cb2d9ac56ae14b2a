"""Signing in: allauth at one door, by invitation only, with a second factor."""

from __future__ import annotations

from andock.config.environment import Environment

SIGN_IN_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
SIGN_IN_MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "andock.accounts.middleware.SecondFactorMiddleware",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:start"
LOGOUT_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "andock.accounts.views.typed.csrf_failure"

ACCOUNT_ADAPTER = "andock.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_USER_DISPLAY = str
# Same as allauth's own, but a wrong password counts for twice as long.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/10m/key"}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "andock.accounts.adapter.MFAAdapter"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "andock.accounts.adapter.SocialAccountAdapter"
# Accounts are known by issuer and subject alone; an e-mail address from elsewhere proves nothing here.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False

USERSESSIONS_TRACK_ACTIVITY = False

# The prefixes (without language) of the pages where things are changed: a second factor opens them.
ANDOCK_EDITING_PATHS = ("/verwaltung/", "/strategie/bearbeiten/", "/redaktion/")


def sign_in_providers(environment: Environment) -> dict:
    """The operator's OpenID Connect provider, if one is set."""
    if not environment.oidc_issuer:
        return {}
    app = {
        "provider_id": "oidc",
        "name": environment.oidc_name,
        "client_id": environment.oidc_client_id,
        "secret": environment.oidc_secret,
        "settings": {"server_url": environment.oidc_issuer},
    }
    return {"openid_connect": {"APPS": [app], "provider_class": "andock.accounts.oidc.Provider"}}


def shared_cache(environment: Environment) -> dict:
    """A cache all processes share, so that a limit on wrong passwords counts them together."""
    if environment.redis_url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": environment.redis_url}
    return {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": environment.data / "cache"}
