"""The database: raw responses and their tally, written in one transaction. The only room that knows SQLAlchemy.

It has sub-rooms, each of which knows only those before it:

1. `place`: where a database is, and the connections to it.
2. `tables`: what stands in the tables, how older ones are brought up to date, and the opening of a store.
3. `people`: accounts, sessions, passkeys and keys, and the log of who looked at what.
4. `columns`: the answers of large surveys once more, in files beside the store, quick to scan.
5. `record`: responses from files and as they come in, with what they change in the tally.
6. `read`: surveys as a whole, single responses, comments.
7. `follow`: the copy of a survey that pages keep, and what is counted anew from raw responses.
8. `tend`: screening and erasing, verification, health, copies, clusters.
"""
