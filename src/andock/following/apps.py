from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "andock.following"
    label = "following"
