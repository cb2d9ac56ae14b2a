from django.urls import path

from .views import exports, public

app_name = "register"

urlpatterns = [
    path("andocken/", public.register, name="register"),
    path("andocken/register.csv", exports.register_csv, name="register_csv"),
    path("andocken/register.json", exports.register_json, name="register_json"),
]
