from django.apps import AppConfig


class JobsForTestsConfig(AppConfig):
    name = "tests.kernel.jobs_app"
    label = "jobs_for_tests"
