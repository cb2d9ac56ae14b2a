from tests.accounts.conftest import cast, english

__all__ = ["cast", "english"]
