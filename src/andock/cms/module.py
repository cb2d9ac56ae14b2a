from andock.kernel.modules import Module

MODULE = Module(
    name="cms",
    processing="andock.cms.processing.PROCESSING",
    due="andock.cms.services.due",
    urls="andock.cms.urls",
    page_urls="andock.cms.page_urls",
    plain_urls="andock.cms.plain_urls",
    documents="andock.cms.documents.SOURCE",
    loaders=("andock.cms.loader.load_pages", "andock.cms.loader.load_news"),
    panels={
        "portal.home": "andock.cms.panels.newest_news",
        "organisations.municipality": "andock.cms.panels.news_of_organisation",
        "portal.topic": "andock.cms.panels.news_of_topic",
    },
    checks=("andock.cms.findings.legal_pages",),
    sitemaps={"pages": "andock.cms.sitemaps.PageSitemap"},
)
