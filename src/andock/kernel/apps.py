from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class KernelConfig(AppConfig):
    name = "andock.kernel"
    label = "kernel"

    def ready(self) -> None:
        from .immutability import install_all, make_room

        # Sent once per app that has models, before and after all migrations; contenttypes stands for "once".
        once: dict[str, Any] = {
            "sender": apps.get_app_config("contenttypes"),
            "dispatch_uid": "andock.kernel.immutability",
        }
        pre_migrate.connect(make_room, **once)
        post_migrate.connect(install_all, **once)
