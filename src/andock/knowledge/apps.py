from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "andock.knowledge"
    label = "knowledge"
