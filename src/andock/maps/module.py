from andock.kernel.modules import Module

MODULE = Module(
    name="maps",
    plain_urls="andock.maps.urls",
    loaders=("andock.maps.loader.load_gazetteer", "andock.maps.loader.load_street_plan"),
    checks=("andock.maps.checks.base_map_answers",),
)
