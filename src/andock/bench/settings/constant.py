"""The floor: Django and a page of 40 kB that is always the same, without middleware."""

SECRET_KEY = "for measuring only"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
ROOT_URLCONF = "andock.bench.constant"
MIDDLEWARE: list[str] = []
