from tests.following.conftest import cast, german, kept, mail_server

__all__ = ["cast", "german", "kept", "mail_server"]
