from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "andock.search"
    label = "search"
