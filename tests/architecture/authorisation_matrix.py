"""Who may do what: expectations written by hand, not derived from the code they judge.

Columns of RULES, in this order; ``Y`` may, ``-`` may not. "own" is Olpe, "other" is Soest; the agency's editor
belongs to the agency. Each row is one rule in one state of the thing it is asked about.
"""

from __future__ import annotations

WHO = (
    "anonymous",
    "resident",
    "olpe_reader",
    "olpe_moderator",
    "olpe_editor",
    "olpe_releaser",
    "soest_releaser",
    "coordinator",
)

# fmt: off
RULES: dict[tuple[str, str], str] = {
    # rule, state                                            anon res  read mod  edit rel  other agency
    ("accounts.may_see_people", "Olpe"):                      "-   -    Y    Y    Y    Y    -    Y",
    ("accounts.may_see_people", "agency"):                    "-   -    -    -    -    -    -    Y",
    ("accounts.may_see_trail", "Olpe"):                       "-   -    Y    Y    Y    Y    -    Y",
    ("accounts.may_see_trail", "agency"):                     "-   -    -    -    -    -    -    Y",
    ("accounts.may_see_organisations_without_releaser", ""):  "-   -    -    -    -    -    -    Y",
    ("accounts.may_manage_people", "Olpe"):                   "-   -    -    -    -    Y    -    Y",
    ("accounts.may_manage_people", "agency"):                 "-   -    -    -    -    -    -    Y",
    ("accounts.may_invite", "Olpe, municipal_editor"):        "-   -    -    -    -    Y    -    Y",
    ("accounts.may_invite", "Olpe, agency_editor"):           "-   -    -    -    -    -    -    -",
    ("accounts.may_invite", "agency, agency_editor"):         "-   -    -    -    -    -    -    Y",
    ("accounts.may_invite", "agency, municipal_editor"):      "-   -    -    -    -    -    -    -",
    ("accounts.may_revoke_invitation", "open"):               "-   -    -    -    -    Y    -    Y",
    ("accounts.may_revoke_invitation", "accepted"):           "-   -    -    -    -    -    -    -",
    ("accounts.may_revoke_invitation", "expired"):            "-   -    -    -    -    -    -    -",
    ("accounts.may_accept_invitation", "of the resident"):    "Y   Y    -    -    -    -    -    -",
    ("accounts.may_accept_invitation", "expired"):            "-   -    -    -    -    -    -    -",
    ("accounts.may_change_role", "editor to reader"):         "-   -    -    -    -    Y    -    Y",
    ("accounts.may_change_role", "last releaser to reader"):  "-   -    -    -    -    -    -    -",
    ("accounts.may_change_role", "ended"):                    "-   -    -    -    -    -    -    -",
    ("accounts.may_end_membership", "editor's"):              "-   -    -    -    Y    Y    -    Y",
    ("accounts.may_end_membership", "last releaser's"):       "-   -    -    -    -    -    -    -",
    ("accounts.may_end_membership", "ended"):                 "-   -    -    -    -    -    -    -",
    ("accounts.may_name_deputy", "editor's"):                 "-   -    -    -    Y    Y    -    Y",
    ("accounts.may_name_deputy", "deputy's"):                 "-   -    -    -    -    -    -    -",
    ("organisations.may_edit_profile", "Olpe"):               "-   -    -    -    Y    Y    -    -",
    ("organisations.may_edit_profile", "agency"):             "-   -    -    -    -    -    -    Y",
    ("organisations.may_keep_register", ""):                  "-   -    -    -    -    -    -    Y",
    ("strategy.may_see_edition", "draft"):                    "-   -    -    -    -    -    -    Y",
    ("strategy.may_see_edition", "consultation"):             "Y   Y    Y    Y    Y    Y    Y    Y",
    ("strategy.may_see_edition", "in_force"):                 "Y   Y    Y    Y    Y    Y    Y    Y",
    ("strategy.may_see_edition", "superseded"):               "Y   Y    Y    Y    Y    Y    Y    Y",
    ("strategy.may_edit_framework", ""):                      "-   -    -    -    -    -    -    Y",
    ("strategy.may_keep_dockings", ""):                       "-   -    -    -    -    -    -    Y",
    ("strategy.may_edit_edition", "draft"):                   "-   -    -    -    -    -    -    Y",
    ("strategy.may_edit_edition", "consultation"):            "-   -    -    -    -    -    -    Y",
    ("strategy.may_edit_edition", "in_force"):                "-   -    -    -    -    -    -    -",
    ("strategy.may_edit_edition", "superseded"):              "-   -    -    -    -    -    -    -",
    ("strategy.may_publish_edition", "draft"):                "-   -    -    -    -    -    -    Y",
    ("strategy.may_publish_edition", "in_force"):             "-   -    -    -    -    -    -    -",
    ("strategy.may_import_edition", ""):                      "-   -    -    -    -    -    -    Y",
    ("strategy.may_export_edition", "draft"):                 "-   -    -    -    -    -    -    Y",
    ("strategy.may_export_edition", "in_force"):              "Y   Y    Y    Y    Y    Y    Y    Y",
}

# Wagtail's addresses, all below /redaktion/, share one expectation: the agency's editors only.
EDITORIAL_OFFICE = "redaktion/"

# Every other address of the site. PUBLIC: everybody gets the same. OWN: signed in, shows one's own account only.
# SIGN_IN: the steps of signing in and of one's own invitation, open by their nature.
# Otherwise the answers to a GET by the columns above (a signed-out person is sent to sign in: 302).
PUBLIC, OWN, SIGN_IN = "public", "own", "sign in"

ROUTES: dict[str, str] = {
    "portal:home": PUBLIC,
    "portal:municipalities": PUBLIC,
    "portal:municipality": PUBLIC,
    "portal:join": PUBLIC,
    "portal:topics": PUBLIC,
    "portal:topic": PUBLIC,
    "strategy:current": PUBLIC,
    "strategy:editions": PUBLIC,
    "strategy:edition": PUBLIC,
    "strategy:element": PUBLIC,
    "strategy:passage": PUBLIC,
    "strategy:edition_json": PUBLIC,
    "strategy:edition_pdf": PUBLIC,
    "strategy:compare": PUBLIC,
    "register:register": PUBLIC,
    "register:register_csv": PUBLIC,
    "register:register_json": PUBLIC,
    "design:style_page": PUBLIC,
    "design:tile_map": PUBLIC,
    "portal:borders": PUBLIC,
    "report_barrier": PUBLIC,
    "report_barrier_thanks": PUBLIC,
    "news_feed": PUBLIC,
    "public_file": PUBLIC,              # only what stands on public pages
    "robots": PUBLIC,
    "sitemap": PUBLIC,
    "web_manifest": PUBLIC,
    "security_txt": PUBLIC,
    "favicon.ico": PUBLIC,
    "wagtaildocs_serve": PUBLIC,        # documents of public collections
    "wagtaildocs_authenticate_with_password": PUBLIC,  # no collection has a password here
    "wagtail_serve": PUBLIC,
    "notifications:post": PUBLIC,       # demo mode only, elsewhere 404
    "notifications:letter": PUBLIC,
    "account_login": SIGN_IN,
    "mfa_authenticate": SIGN_IN,
    "account_confirm_login_code": SIGN_IN,
    "account_logout": SIGN_IN,
    "account_inactive": SIGN_IN,
    "account_signup": SIGN_IN,          # closed: says that accounts come by invitation
    "account_email_verification_sent": SIGN_IN,
    "account_confirm_email": SIGN_IN,
    "account_reset_password": SIGN_IN,
    "account_reset_password_done": SIGN_IN,
    "account_reset_password_from_key": SIGN_IN,
    "account_reset_password_from_key_done": SIGN_IN,
    "socialaccount_login_cancelled": SIGN_IN,
    "socialaccount_login_error": SIGN_IN,
    "socialaccount_signup": SIGN_IN,
    "openid_connect_login": SIGN_IN,
    "openid_connect_callback": SIGN_IN,
    "accounts:invitation": SIGN_IN,
    "accounts:session": SIGN_IN,        # answers 0 seconds when signed out
    "account_reauthenticate": OWN,
    "mfa_reauthenticate": OWN,
    "mfa_reauthenticate_webauthn": OWN,
    "account_email": OWN,
    "account_change_password": OWN,
    "account_set_password": OWN,
    "mfa_index": OWN,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN,
    "mfa_view_recovery_codes": OWN,
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": OWN,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": OWN,
    "mfa_remove_webauthn": OWN,
    "mfa_edit_webauthn": OWN,
    "socialaccount_connections": OWN,
    "usersessions_list": OWN,
    "accounts:overview": OWN,
    # of Olpe                     anon res  read mod  edit rel  other agency
    "accounts:start":            "302  200  200  200  200  200  200  200",
    "accounts:without_releaser": "302  403  403  403  403  403  403  200",
    "accounts:people":           "302  404  200  200  200  200  404  200",
    "accounts:invite":           "302  404  403  403  403  200  404  200",
    "accounts:revoke":           "302  405  405  405  405  405  405  405",
    "accounts:change_role":      "302  404  403  403  403  200  404  200",
    "accounts:end":              "302  404  403  403  200  200  404  200",
    "accounts:name_deputy":      "302  404  403  403  200  200  404  200",
    "accounts:trail":            "302  404  200  200  200  200  404  200",
    # of a draft of the agency
    "strategy:edit":            "302  403  403  403  403  403  403  200",
    "strategy:edit_import":     "302  403  403  403  403  403  403  200",
    "strategy:edit_edition":    "302  403  403  403  403  403  403  200",
    "strategy:edit_add":        "302  403  403  403  403  403  403  200",
    "strategy:edit_describe":   "302  403  403  403  403  403  403  200",
    "strategy:edit_element":    "302  403  403  403  403  403  403  200",
    "strategy:edit_join":       "302  403  403  403  403  403  403  200",
    "strategy:edit_split":      "302  403  403  403  403  403  403  200",
    "strategy:edit_missing":    "302  403  403  403  403  403  403  200",
    "strategy:edit_preview":    "302  403  403  403  403  403  403  200",
    "strategy:edit_withdraw":   "302  403  403  403  403  403  403  200",
    "strategy:edit_replace":    "302  403  403  403  403  403  403  200",
    "strategy:edit_publish":    "302  403  403  403  403  403  403  200",
    "strategy:edit_reasons":    "302  403  403  403  403  403  403  200",
    "strategy:edit_delete":     "302  403  403  403  403  403  403  200",
    "strategy:edit_state":      "302  405  405  405  405  405  405  405",
    "strategy:edit_put":        "302  403  403  403  403  403  403  200",
    "strategy:edit_numbers":    "302  403  403  403  403  403  403  200",
    "strategy:edit_export":     "302  403  403  403  403  403  403  200",
    # of the register
    "organisations:register":   "302  403  403  403  403  403  403  200",
    "organisations:rename":     "302  403  403  403  403  403  403  200",
    "strategy:succession":      "302  403  403  403  403  403  403  200",
    "organisations:edit_profile": "302 403  403  403  200  200  403  403",
}
# fmt: on
