"""Acts of whoever takes part (by their link, device or account) and of the offices that ask, check and answer.

No act of a citizen stands in the audit trail by person; deletions are counted there.
"""
