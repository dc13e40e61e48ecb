"""Where a database is, and the connections to it."""
