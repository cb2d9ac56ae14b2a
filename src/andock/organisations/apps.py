from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "andock.organisations"
    label = "organisations"
