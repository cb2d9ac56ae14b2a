from .cast import cast

__all__ = ["cast"]
