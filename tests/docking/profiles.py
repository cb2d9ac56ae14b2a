"""How many cases the invariants of the engine are tried on: 1,000 with every change, 10,000 in ``make nightly``."""

from hypothesis import HealthCheck, settings

NIGHTLY = settings.default is not None and settings.default.max_examples > 1000
MANY = settings(max_examples=10_000 if NIGHTLY else 1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
