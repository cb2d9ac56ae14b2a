from django.apps import AppConfig


class BareConfig(AppConfig):
    name = "andock.bench.bare"
    label = "bare"
