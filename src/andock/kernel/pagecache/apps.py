from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "andock.kernel.pagecache"
    label = "pagecache"
