from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "andock.accounts"
    label = "accounts"
