"""The copy of a survey that pages keep, brought up to date by reading only what has changed."""
