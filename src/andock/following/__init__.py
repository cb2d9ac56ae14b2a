"""News that travel: people follow a thing, a place, a topic or a search, without an account, and are told by mail."""
