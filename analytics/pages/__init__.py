"""The pages, each read from top to bottom. The only room that knows Streamlit.

Beside the pages themselves it has sub-rooms, each of which knows only those before it:

1. `ground`: what every page stands on: text as it is, the store and the copies of it, what is said while it is gone.
2. `choices`: what the address states and the controls by which it is changed.
3. `figures`: figures on a page, how solid they are, and how they leave it.
"""
