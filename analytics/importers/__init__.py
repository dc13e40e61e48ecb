"""Importers: the survey definition, and one survey tool's export each; none knows the database or the statistics."""
