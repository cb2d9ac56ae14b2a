"""How many cases the invariants of the engine are tried on: 1,000 with every change, 10,000 in ``make nightly``."""

from hypothesis import HealthCheck, settings

CASES = settings().max_examples
"""What the profile says: many in ``make nightly``, few for every mutant."""
DAILY = 100
NIGHTLY = CASES > DAILY
MANY = settings(
    max_examples=1000 if CASES == DAILY else CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
