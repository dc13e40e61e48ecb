"""The only writer of a number, a date, a list and a plural, and every sentence in the languages we speak."""
