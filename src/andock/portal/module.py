from andock.kernel.modules import MenuEntry, Module

MODULE = Module(
    name="portal",
    urls="andock.portal.urls",
    menu=(MenuEntry("Municipalities", "portal:municipalities", 20), MenuEntry("Join in", "portal:join", 90)),
)
