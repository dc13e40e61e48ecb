"""What every figure is drawn with: style, colours, text, places for labels, a plain table."""
