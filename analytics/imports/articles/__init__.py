"""Articles: one module for each form that an article can be written in, and one that fetches it."""
