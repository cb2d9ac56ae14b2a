"""The bare Wagtail page of a measurement: only ever installed by ``andock.bench.settings.wagtail``."""
