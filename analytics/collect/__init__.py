"""Answers from under the article: the form that readers see, and the endpoint that takes what they say.

Nothing is thanked for before it is safe on disk. Only surveys that somebody asked this way take answers.
"""
