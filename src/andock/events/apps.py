from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "andock.events"
    label = "events"
