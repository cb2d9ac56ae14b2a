"""Every address of the site: what the modules bring, below the language in the path."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from andock.kernel.modules import modules

urlpatterns = i18n_patterns(
    *(path("", include(module.urls)) for module in modules() if module.urls),
    prefix_default_language=False,
)
