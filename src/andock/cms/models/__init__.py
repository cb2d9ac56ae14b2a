from .media import Rendition, SiteImage
from .pages import ContentPage, LegalPage, NewsIndexPage, NewsPage, StartPage
from .reports import BarrierReport

__all__ = [
    "BarrierReport",
    "ContentPage",
    "LegalPage",
    "NewsIndexPage",
    "NewsPage",
    "Rendition",
    "SiteImage",
    "StartPage",
]
