from django.apps import AppConfig


class ColleaguesConfig(AppConfig):
    name = "andock.colleagues"
    label = "colleagues"
