"""The statements the search asks the database with, and how they are asked.

What people typed is never part of a statement, only among its values. They are written out because they are what a question
waits for: put together by Django each costs as much as its answer. ``CROSS JOIN`` tells SQLite which table to begin with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

COUNTED = 10_000
"""Up to here hits are counted, for the total and for facets."""
CANDIDATES = 1000
"""So many stems are looked at for one question."""
WORD_WEIGHS = 10**9
"""More than any document can weigh: one that has more of the words asked for stands before all that have fewer."""

# --- stems ------------------------------------------------------------------------------------------------------------
# Joined with nothing, the language is no column of an index: SQLite would read all words of a language instead of the few.
TERMS = "SELECT t.id, t.language, t.text FROM search_term t WHERE t.language || '' IN"
TERM_IDS = "SELECT t.id FROM search_term t WHERE"
IN_DOCUMENTS = f"AND EXISTS (SELECT 1 FROM search_posting p WHERE p.term_id = t.id) ORDER BY t.id LIMIT {CANDIDATES}"  # noqa: S608  a number of our own
BEGINS = {"sqlite": "({column} >= %s AND {column} < %s)", "postgresql": "{column} LIKE %s"}
"""How a column begins, so that an index finds it: SQLite's LIKE knows no case and therefore none. Stems hold no % and no _."""

# --- documents --------------------------------------------------------------------------------------------------------
FILED = "f.kind, f.places, f.topics, f.year"
# Read from the index in the very order of the hits, so it ends after as many as are counted.
ONE_TERM = f"""
SELECT p.document_id, p.weight * %s, {FILED} FROM search_posting p CROSS JOIN search_filing f
WHERE p.term_id = %s AND f.document_id = p.document_id AND"""  # noqa: S608  names of our own columns
HEAVIEST_FIRST = f"ORDER BY p.weight DESC, p.document_id LIMIT {COUNTED + 1}"
ONE_WORD = """
hits (document_id, score) AS (
  SELECT p.document_id, MAX(p.weight * a.factor) FROM asked a CROSS JOIN search_posting p WHERE p.term_id = a.term_id
  GROUP BY p.document_id
)"""
SEVERAL_WORDS = f"""
matched (document_id, best) AS (
  SELECT p.document_id, MAX(p.weight * a.factor) FROM asked a CROSS JOIN search_posting p WHERE p.term_id = a.term_id
  GROUP BY p.document_id, a.word
),
hits (document_id, score) AS (
  SELECT document_id, COUNT(*) * {WORD_WEIGHS} + SUM(best) FROM matched GROUP BY document_id HAVING COUNT(*) >= %s
)"""  # noqa: S608  as above
# The same where only one term stands for each word: then no document has a word twice.
SEVERAL_TERMS = f"""
hits (document_id, score) AS (
  SELECT p.document_id, COUNT(*) * {WORD_WEIGHS} + SUM(p.weight * a.factor)
  FROM asked a CROSS JOIN search_posting p WHERE p.term_id = a.term_id
  GROUP BY p.document_id HAVING COUNT(*) >= %s
)"""  # noqa: S608  as above
FILINGS = f"""
SELECT h.document_id, h.score, {FILED} FROM hits h CROSS JOIN search_filing f WHERE f.document_id = h.document_id AND"""  # noqa: S608  as above
BEST_FIRST = f"ORDER BY h.score DESC, h.document_id LIMIT {COUNTED + 1}"
SHOWN = "SELECT d.id, d.url, d.language, d.title, d.text FROM search_document d WHERE d.id IN"
COUNTS = "SELECT a.word, COUNT(*) FROM asked a CROSS JOIN search_posting p WHERE p.term_id = a.term_id GROUP BY a.word"


def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def marks(number: int) -> str:
    """Places for so many values."""
    return ", ".join(["%s"] * number)


def begins(column: str, text: str) -> tuple[str, list[str]]:
    """The condition that a column begins with a text, with its values."""
    condition = BEGINS[connection.vendor].format(column=column)
    return condition, [f"{text}%"] if connection.vendor == "postgresql" else [text, f"{text}\U0010ffff"]
