"""Acts of whoever follows, by the links in their mails, and what becomes of news.

Nobody needs a right to follow what is public; the link is what shows that a mailbox is one's own. No act stands in the
audit trail by person: who follows what is nobody's business. Deletions are counted there.
"""
