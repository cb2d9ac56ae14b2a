from django.apps import AppConfig


class TurnstileConfig(AppConfig):
    name = "andock.bench.turnstile"
    label = "turnstile"
