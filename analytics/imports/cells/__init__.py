"""What tables are made of: cells, rows, columns, and the words in them; nothing here knows a file or a tool."""
