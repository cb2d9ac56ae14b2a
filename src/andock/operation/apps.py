from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "andock.operation"
    label = "operation"

    def ready(self) -> None:
        from . import deploy_checks  # noqa: F401  registers with Django's check framework
