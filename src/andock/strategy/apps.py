from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "andock.strategy"
    label = "strategy"
