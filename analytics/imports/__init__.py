"""Imports: files of survey tools, and tables of databases, as responses recorded in the store.

The verbs stand at the top: `propose` (what a file seems to hold), `rehearse` (what an import would do, changing
nothing), `outcome` (what became of the rows), `record` (a file) and `pull` (a table of another database). Below them
are sub-rooms, each of which knows only those before it:

1. `cells`: what tables are made of: cells as text, rows on their way, what a file says of its columns, its words.
2. `tools`: the survey tools; each module knows one tool's export by its first rows, and its webhook.
3. `reading`: bytes to tables, by format; what strangers made is read in a process of its own.
4. `articles`: articles as text, Markdown or web pages, in a file or at an allowed address.
5. `definition`: the TOML file that says what the columns of a file mean, read and written.
6. `answers`: the cells of a table as coded answers, and what could not be understood.
7. `proposing`: what columns seem to be: questions, dimensions, times, weights; and a person's changes to that.
"""
