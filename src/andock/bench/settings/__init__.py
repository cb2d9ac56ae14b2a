SCHEMA = "andock_bench_search"
"""Where on PostgreSQL the search is measured."""
IDEAS_SCHEMA = "andock_bench_participation"
"""And participation."""
