"""Headlines and captions held against the figure that is to bear them out."""
