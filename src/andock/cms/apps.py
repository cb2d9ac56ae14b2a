from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "andock.cms"
    label = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the system checks)
        from .publishing import connect

        connect()
