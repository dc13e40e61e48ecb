"""The database: raw responses and their tally, written in one transaction. The only room that knows SQLAlchemy.

Its rooms, each of which knows only those before it:

place: where a database is, and the connections to it
tables: what stands in them, how they are brought up to date, and the opening of a store
record: responses from files and as they come in, with what they change in the tally
read: surveys as a whole, single responses, comments
follow: the copy of a survey that pages keep, and what is counted anew from raw responses
tend: screening and erasing, verification, health, copies, clusters
"""
