"""The TOML file that says what the columns of a file mean: read, checked, and written."""
