"""The cells of a table as coded answers, and everything in them that could not be understood."""
