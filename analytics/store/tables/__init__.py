"""The tables: what stands in them, how older ones are brought up to date, and the opening of a store."""
