"""The command line: the same views as the pages, as tables, JSON or CSV. One module a family of commands."""
