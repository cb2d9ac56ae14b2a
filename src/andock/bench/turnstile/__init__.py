"""The reference of the rush: a bare Django view that inserts one row and takes one of 10,000 seats."""
