from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "andock.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.socialaccount.signals import social_account_added, social_account_removed

        from . import checks  # noqa: F401 registers the checks
        from .adapter import forget_residence, note_residence

        social_account_added.connect(note_residence, dispatch_uid="accounts.note_residence")
        social_account_removed.connect(forget_residence, dispatch_uid="accounts.forget_residence")
