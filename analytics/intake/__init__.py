"""What the command line and the pages do with files and tables: read them, and record what they hold."""
