"""What stands before the pages: which hosts and origins are served, and what an answer lets a browser do."""
