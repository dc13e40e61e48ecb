"""All readers of a survey: the topline, batteries, bases, and how far two samples differ."""
