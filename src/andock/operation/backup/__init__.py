"""Backups: one archive with the database, the media and a manifest that lets everything be checked."""
