from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "andock.kernel"
    label = "kernel"

    def ready(self) -> None:
        from .immutability import install_all

        # Sent once per app that has models, after all migrations; contenttypes stands for "once".
        post_migrate.connect(
            install_all, sender=apps.get_app_config("contenttypes"), dispatch_uid="andock.kernel.immutability"
        )
