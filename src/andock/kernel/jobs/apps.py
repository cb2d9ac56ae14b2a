from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "andock.kernel.jobs"
    label = "jobs"
