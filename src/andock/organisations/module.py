from andock.kernel.modules import Module

MODULE = Module(
    name="organisations",
    loaders=tuple(
        f"andock.organisations.loader.load_{part}"
        for part in ("vocabularies", "districts", "municipalities", "tiles", "organisations", "region")
    ),
)
