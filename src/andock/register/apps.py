from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "andock.register"
    label = "register"
