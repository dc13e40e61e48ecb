"""Reader opinion survey analytics for newsrooms: from an export and its article to numbers that can be printed."""
