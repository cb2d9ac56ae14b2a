from django.urls import URLPattern, path

from .views import follow, mine

app_name = "following"

# Fixed words before those with a token.
urlpatterns: list[URLPattern] = [
    path("folgen/", follow.follow, name="follow"),
    path("folgen/danke/", follow.thanks, name="thanks"),
    path("folgen/beendet/", mine.left, name="left"),
    path("folgen/bestaetigen/<str:token>/", mine.confirm, name="confirm"),
    path("folgen/meine/<str:token>/", mine.mine, name="mine"),
    path("folgen/meine/<str:token>/loeschen/", mine.leave, name="leave"),
    path("folgen/abbestellen/<slug:which>/<str:token>/", mine.stop, name="stop"),
]
