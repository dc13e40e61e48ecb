"""From a request to sums: what was asked for is checked, read, weighted and put into a view."""
