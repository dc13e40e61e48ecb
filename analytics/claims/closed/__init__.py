"""What is understood of a headline, word by word: each is used up by a claim that holds, or the text is not green.

The principle: a text is cut into words, each of which is known as something (an answer, a group, a number, a change, or
a word that claims nothing), or is not known. Clause by clause the known words are read as one claim, by a rule that
uses up all of them. A claim that is read is held against the figure. What no rule uses up, and every word that is not
known, is "not checked": so nothing gets by because nobody thought of it. `free.py` reads a second time what no rule
reads whole: its words are as closed, its grammar is not.
"""
