from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "andock.newsletter"
    label = "newsletter"
