from django.apps import AppConfig


class LocalStrategiesConfig(AppConfig):
    name = "andock.local_strategies"
    label = "local_strategies"
