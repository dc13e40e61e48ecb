"""One function a view: read the cells, weight them, estimate. Pages, exports and the command line all call these.

Beside what speaks of several surveys or of a whole store it has sub-rooms, each of which knows only those before it:

1. `views`: the one way from a request to sums, and what an estimate returns.
2. `groups`: groups side by side, and which of them answered differently.
3. `whole`: all readers of a survey: the topline, batteries, bases, two samples against one another.
4. `trust`: how far a number can be believed: other ways of counting, weights, who did not answer, doubts.
5. `time`: how answers moved, what stands out, and whether minds or the audience changed.
6. `readers`: single readers: what they wrote and answered.
"""
