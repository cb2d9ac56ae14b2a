from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "andock.portal"
    label = "portal"
