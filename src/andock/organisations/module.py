from django.utils.translation import gettext_lazy as _

from andock.kernel.modules import Module

MODULE = Module(
    name="organisations",
    urls="andock.organisations.urls",
    actions={
        "organisations.profile_changed": _("Profile changed"),
        "organisations.renamed": _("Name or address changed"),
        "organisations.succeeded": _("Succession recorded"),
    },
    documents="andock.organisations.documents.SOURCE",
    loaders=tuple(
        f"andock.organisations.loader.load_{part}"
        for part in ("vocabularies", "districts", "municipalities", "tiles", "organisations", "region")
    ),
)
