"""The constant view beside the site in a measurement: Django, and nothing else."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
