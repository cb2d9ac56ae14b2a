"""The region's newsletter: written by the agency's editors, sent to whoever has ordered it, kept in an archive."""
