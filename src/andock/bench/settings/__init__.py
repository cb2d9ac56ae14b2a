SCHEMA = "andock_bench_search"
"""Where on PostgreSQL the search is measured."""
