import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andock.config.settings.production")

django_application = get_wsgi_application()

from andock.kernel.pagecache.layer import with_page_cache  # noqa: E402  needs the settings
from andock.maps.door import with_tiles  # noqa: E402

application = with_tiles(with_page_cache(django_application))

# What is loaded by now stays as long as the process: searching it for garbage would halt a page for a fifth of a second.
gc.collect()
gc.freeze()
