from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "andock.consultation"
    label = "consultation"
