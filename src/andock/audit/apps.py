from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "andock.audit"
    label = "audit"
