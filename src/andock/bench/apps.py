from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "andock.bench"
    label = "bench"
