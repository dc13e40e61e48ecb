"""The database: raw responses and their tally, written in one transaction. The only room that knows SQLAlchemy."""
