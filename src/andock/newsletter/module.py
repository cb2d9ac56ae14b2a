from andock.kernel.modules import Module

from .trail import ACTIONS, PRIVATE

MODULE = Module(
    name="newsletter",
    urls="andock.newsletter.urls",
    actions=ACTIONS,
    private=PRIVATE,
    sitemaps={"newsletter": "andock.newsletter.sitemaps.NewsletterSitemap"},
    panels={"accounts.start": "andock.newsletter.panels.desk"},
)
