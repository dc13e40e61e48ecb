"""What the columns of a file seem to hold, as far as the file itself, its tool and its words tell."""
