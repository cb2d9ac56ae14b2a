"""Public pages kept ready to send, never older than the last change (docs/develop/decisions/0005-page-cache.md).

``pages``     what a view says about its page: ``@public_page``, ``page_ends_at``
``versions``  what a service says about its change: ``public_transaction``, ``bump``
``layer``     the WSGI layer before Django that keeps and answers
"""
