"""What readers wrote: found by its words, its contact data masked, near copies together, themes. Pure functions."""
