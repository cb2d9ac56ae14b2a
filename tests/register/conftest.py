from tests.accounts.cast import cast  # noqa: F401
from tests.register.scenes import framework  # noqa: F401
