"""Every address of the site: what the modules bring, below the language in the path."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from andock.kernel.modules import modules

handler400 = "andock.config.errors.bad_request"
handler500 = "andock.config.errors.server_error"

urlpatterns = [
    *(path("", include(module.plain_urls)) for module in modules() if module.plain_urls),
    *i18n_patterns(
        *(path("", include(module.urls)) for module in modules() if module.urls),
        *(path("", include(module.page_urls)) for module in modules() if module.page_urls),
        prefix_default_language=False,
    ),
]
