"""What stands beside the site in a measurement: Django with the settings the environment names, no page cache."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
