from django.urls import path

from . import views

app_name = "notifications"

urlpatterns = [
    path("demo/post/", views.post, name="post"),
    path("demo/post/<int:pk>/", views.letter, name="letter"),
    path("demo/post/<int:pk>/termin.ics", views.letter_calendar, name="letter_calendar"),
]
