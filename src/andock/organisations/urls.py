from django.urls import path

from .views import profile, register

app_name = "organisations"

urlpatterns = [
    path("verwaltung/organisationen/", register.register, name="register"),
    path("verwaltung/<slug:slug>/name/", register.rename, name="rename"),
    path("verwaltung/<slug:slug>/profil/", profile.edit_profile, name="edit_profile"),
]
