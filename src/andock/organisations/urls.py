from django.urls import path

from . import views

app_name = "organisations"

urlpatterns = [path("verwaltung/<slug:slug>/profil/", views.edit_profile, name="edit_profile")]
