"""Every other address may be a page. The name is the one Wagtail builds its links with."""

from django.urls import re_path

from .views.pages import serve_page

urlpatterns = [re_path(r"^((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve")]
