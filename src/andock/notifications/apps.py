from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "andock.notifications"
    label = "notifications"
