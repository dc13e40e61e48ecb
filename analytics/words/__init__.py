"""Titles, captions, disclosure, alternative texts, reasons: values in, sentences out, in every language."""
