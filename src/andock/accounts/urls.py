"""German addresses for allauth's views below /konto/, and our own below /konto/ and /verwaltung/.

The names are allauth's own, because it reverses them; addresses it does not need here are left out.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as security_keys
from allauth.socialaccount import views as linked
from allauth.usersessions import views as sessions
from django.urls import include, path, register_converter

from . import oidc
from .views import account as own
from .views import invitations, people, trail


class ResetKey:
    """The person's number and the key of a link to a new password, as ``<number>-<key>``."""

    regex = "[0-9A-Za-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ResetKey, "base36")

KONTO = [
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/zweiter-faktor/", second_factor.authenticate, name="mfa_authenticate"),
    path("anmelden/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("abmelden/", account.logout, name="account_logout"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("registrieren/", account.signup, name="account_signup"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/zweiter-faktor/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("bestaetigen/schluessel/", security_keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("e-mail/", account.email, name="account_email"),
    path("e-mail/bestaetigen/", account.email_verification_sent, name="account_email_verification_sent"),
    path("e-mail/bestaetigen/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("passwort/", account.password_change, name="account_change_password"),
    path("passwort/setzen/", account.password_set, name="account_set_password"),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("passwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    path("passwort/neu/fertig/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path(
        "passwort/neu/<base36:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("zweiter-faktor/", second_factor.index, name="mfa_index"),
    path("zweiter-faktor/app/einrichten/", totp.activate_totp, name="mfa_activate_totp"),
    path("zweiter-faktor/app/entfernen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("zweiter-faktor/notfallcodes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "zweiter-faktor/notfallcodes/neu/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "zweiter-faktor/notfallcodes/datei/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("zweiter-faktor/schluessel/", security_keys.list_webauthn, name="mfa_list_webauthn"),
    path("zweiter-faktor/schluessel/neu/", security_keys.add_webauthn, name="mfa_add_webauthn"),
    path("zweiter-faktor/schluessel/<int:pk>/entfernen/", security_keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("zweiter-faktor/schluessel/<int:pk>/", security_keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("verknuepfungen/", linked.connections, name="socialaccount_connections"),
    path("verknuepfungen/abgebrochen/", linked.login_cancelled, name="socialaccount_login_cancelled"),
    path("verknuepfungen/fehler/", linked.login_error, name="socialaccount_login_error"),
    path("verknuepfungen/neu/", linked.signup, name="socialaccount_signup"),
    path("sitzungen/", sessions.list_usersessions, name="usersessions_list"),
    path("anmelden/mit/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("anmelden/mit/<slug:provider_id>/zurueck/", oidc.callback, name="openid_connect_callback"),
]

OWN = [
    path("konto/", own.overview, name="overview"),
    path("konto/sitzung/", own.session, name="session"),
    path("konto/einladung/<str:token>/", invitations.invitation, name="invitation"),
    path("verwaltung/", people.start, name="start"),
    path("verwaltung/ohne-freigabe/", people.without_releaser, name="without_releaser"),
    path("verwaltung/einladungen/<int:invitation_id>/zurueckziehen/", people.revoke, name="revoke"),
    path("verwaltung/personen/<int:membership_id>/rolle/", people.change_role, name="change_role"),
    path("verwaltung/personen/<int:membership_id>/ende/", people.end, name="end"),
    path("verwaltung/personen/<int:membership_id>/vertretung/", people.name_deputy, name="name_deputy"),
    path("verwaltung/<slug:slug>/personen/", people.people, name="people"),
    path("verwaltung/<slug:slug>/personen/einladen/", people.invite, name="invite"),
    path("verwaltung/<slug:slug>/verlauf/", trail.trail, name="trail"),
]

urlpatterns = [path("konto/", include(KONTO)), path("", include((OWN, "accounts")))]
