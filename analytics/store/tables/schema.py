"""The tables. Every key begins with the survey, so that a distributed database can place each survey on one machine."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 13
"""What a database says of itself; `migrations.py` brings older ones here."""

COUNTED, SCREENED, SUPERSEDED, UNVERIFIED = 0, 1, 2, 3
"""The standing of a response: only counted ones are in the tally. An unverified one waits for somebody's decision."""

WHOLE, DAY, GLANCE = 0, 1, 3
"""The grains of the tally. GLANCE is by day over all profiles together: a list of many surveys reads only that."""

EVERYONE = 0
"""The question number of the row that counts all respondents, asked or not."""

COMMENT = 0
"""The question number of a comment that answers no question."""

ALL_PROFILES = 0
"""The profile number of the grain GLANCE."""

metadata = MetaData()

# SQLite clusters a table on its key only without a row id; other databases ignore the option.
_CLUSTERED: Any = {"sqlite_with_rowid": False}

about = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

survey = Table(
    "survey",
    metadata,
    Column("survey_id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("definition", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("next_response", BigInteger, nullable=False),
    Column("first_at", BigInteger),
    Column("last_at", BigInteger),
    Column("hot", SmallInteger, nullable=False, server_default="0"),
    Column("removed_at", BigInteger),
    Column("removed_by", Text),
    Column("purge_at", BigInteger),
    Column("purging_at", BigInteger),
    Column("purged_at", BigInteger),
)

code = Table(
    "code",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    **_CLUSTERED,
)

profile = Table(
    "profile",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("profile_no", Integer, primary_key=True),
    Column("levels", Text, nullable=False),
    UniqueConstraint("survey_id", "levels"),
    **_CLUSTERED,
)

response = Table(
    "response",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("response_no", BigInteger, primary_key=True),
    Column("key", Text, nullable=False),
    Column("content", BigInteger, nullable=False),
    Column("profile_no", Integer, nullable=False),
    Column("responded_at", BigInteger),
    Column("weight", Float, nullable=False),
    Column("respondent", Text),
    Column("consent", Text),
    Column("standing", SmallInteger, nullable=False),
    Column("rule", Text),
    Column("version", Integer, nullable=False),
    Column("import_no", Integer, nullable=False),
    Column("received_at", BigInteger),
    **_CLUSTERED,
)


def _index_where(condition: Any, name: str, *columns: Column[Any], unique: bool = False) -> None:
    Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


# Of all versions of a response one is current. Few are anything else: indexes of those alone cost an import nothing.
_index_where(response.c.standing != SUPERSEDED, "response_current", response.c.survey_id, response.c.key, unique=True)
_index_where(
    response.c.standing == SUPERSEDED, "response_superseded",
    response.c.survey_id, response.c.key, response.c.version, response.c.content, unique=True,
)  # fmt: skip
_index_where(response.c.standing != COUNTED, "response_not_counted", response.c.survey_id, response.c.standing)

# Newest first at any size: a page walks this index alone, and looks up only the responses that it shows.
Index(
    "response_by_time",
    response.c.survey_id,
    response.c.responded_at,
    response.c.response_no,
    response.c.profile_no,
    response.c.standing,
)

answer = Table(
    "answer",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("response_no", BigInteger, primary_key=True),
    Column("question_no", Integer, primary_key=True),
    Column("choice_no", Integer, primary_key=True),
    **_CLUSTERED,
)

comment = Table(
    "comment",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("response_no", BigInteger, primary_key=True),
    Column("question_no", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)

circumstance = Table(
    "circumstance",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("response_no", BigInteger, primary_key=True),
    Column("noted_at", BigInteger, nullable=False),
    Column("placement", Text),
    Column("article_version", Text),
    Column("referrer", Text),
    Column("seconds", Integer),
    Column("shown", Text),
    Column("wording", Text),
    Column("saw_results", SmallInteger, nullable=False),
    Column("form", BigInteger),
    Column("reader_hash", BigInteger),
    Column("network_hash", BigInteger),
    Column("unverified", Text),
    Column("account_hash", BigInteger),
    **_CLUSTERED,
)
"""How an answer came about, in a row of its own that goes with it. No column holds an address or a browser's name."""

# What a limit counts is found by these alone; what was purged is in none of them.
for _hashed in (
    circumstance.c.form, circumstance.c.reader_hash, circumstance.c.network_hash, circumstance.c.account_hash,
):  # fmt: skip
    _index_where(_hashed.is_not(None), f"circumstance_by_{_hashed.name}", circumstance.c.survey_id, _hashed)
_index_where(
    circumstance.c.form.is_not(None) | circumstance.c.reader_hash.is_not(None)
    | circumstance.c.network_hash.is_not(None) | circumstance.c.referrer.is_not(None),
    "circumstance_to_purge", circumstance.c.survey_id, circumstance.c.noted_at,
)  # fmt: skip

doubt = Table(
    "doubt",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("response_no", BigInteger, primary_key=True),
    Column("reason", Text, primary_key=True),
    **_CLUSTERED,
)
"""Why a response is doubted, in a row for each reason; most have none. It goes with the response."""

Index("doubt_by_reason", doubt.c.survey_id, doubt.c.reason)

salt = Table(
    "salt",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
"""What readers and networks are hashed with, another for each survey and day."""

tally = Table(
    "tally",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("grain", SmallInteger, primary_key=True),
    Column("question_no", Integer, primary_key=True),
    Column("period", BigInteger, primary_key=True),
    Column("profile_no", Integer, primary_key=True),
    Column("choice_no", Integer, primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("w", Float, nullable=False),
    Column("w2", Float, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("fingerprint", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("n >= 0", name="tally_never_negative"),
    **_CLUSTERED,
)

pending = Table(
    "pending",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("pending_no", BigInteger().with_variant(Integer, "sqlite"), Identity(always=True), primary_key=True),
    Column("grain", SmallInteger, nullable=False),
    Column("question_no", Integer, nullable=False),
    Column("period", BigInteger, nullable=False),
    Column("profile_no", Integer, nullable=False),
    Column("choice_no", Integer, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("w", Float, nullable=False),
    Column("w2", Float, nullable=False),
    Column("fingerprint", BigInteger, nullable=False),
    Column("first_at", BigInteger),
    Column("last_at", BigInteger),
)

erased = Table(
    "erased",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("tombstone", Text, primary_key=True),
    **_CLUSTERED,
)

audit = Table(
    "audit",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("audit_no", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("action", Text, nullable=False),
    Column("rule", Text),
    Column("responses", BigInteger, nullable=False),
    Column("done_by", Text),
    Column("before", Text),
)

import_log = Table(
    "import",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("import_no", Integer, primary_key=True, autoincrement=False),
    Column("file", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
    Column("read", BigInteger, nullable=False),
    Column("stored", BigInteger, nullable=False),
    Column("duplicate", BigInteger, nullable=False),
    Column("quarantined", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
)

import_file = Table(
    "import_file",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("import_no", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("line", BigInteger, primary_key=True, autoincrement=False),
    Column("import_no", Integer, nullable=False),
    Column("cells", Text, nullable=False),
    Column("reasons", Text, nullable=False),
)

figure = Table(
    "figure",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("figure_id", Text, primary_key=True),
    Column("query", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("drawn", Text, nullable=False),
    Column("rows", Text, nullable=False),
    Column("settled_at", BigInteger),
    Column("settled_revision", BigInteger),
    Column("settled_note", Text),
    Column("settled_rows", Text),
)

figure_file = Table(
    "figure_file",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("figure_id", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

segment = Table(
    "segment",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("definition", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)

banner = Table(
    "banner",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
)

hidden_comment = Table(
    "hidden_comment",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("response_no", BigInteger, primary_key=True),
    Column("question_no", Integer, primary_key=True),
    Column("hidden_at", BigInteger, nullable=False),
    Column("hidden_by", Text, nullable=False),
)

edition = Table(
    "edition",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("edition_no", Integer, primary_key=True, autoincrement=False),
    Column("made_at", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("counted", BigInteger, nullable=False),
    Column("every", Text),
    Column("content", LargeBinary),
)
"""What viewers see. The content is the sums of that moment; only the last edition has one, until somebody is erased."""

edition_pattern = Table(
    "edition_pattern",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("edition_no", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Of each question which cells are hidden, and what the others were when they were last shown."""

article_picture = Table(
    "article_picture",
    metadata,
    Column("survey_id", Integer, primary_key=True, autoincrement=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("alt", Text, nullable=False),
    Column("credit", Text, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
)

storm = Table(
    "storm",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("source_of", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("answers", BigInteger, nullable=False),
    Column("decision", Text, nullable=False),
    Column("set_aside", BigInteger, nullable=False),
    Column("decided_at", BigInteger, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("repeated", BigInteger, nullable=False, server_default="0"),
)
"""What an editor decided on a crowd of answers; of one that was set aside the name is the rule of its responses."""

open_crowd = Table(
    "open_crowd",
    metadata,
    Column("survey_id", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("source_of", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("repeated", BigInteger, nullable=False),
    Column("answers", BigInteger, nullable=False),
    Column("expected", BigInteger, nullable=False),
    Column("flagged", BigInteger, nullable=False),
    Column("found_at", BigInteger, nullable=False),
)
"""The crowds that wait for a decision, as the last scan of the survey left them, the strongest in the first place."""

watch = Table(
    "watch",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("watch_id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("statistic", Text, nullable=False),
    Column("choice", Text, nullable=False),
    Column("least", Float, nullable=False),
    Column("every", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("paused_at", BigInteger),
    Column("state", Text, nullable=False),
    Column("evaluated_at", BigInteger),
    Column("told", Text),
    Column("told_at", BigInteger),
    Column("settled_at", BigInteger),
)
"""A number that somebody wants to hear of when it moves; the state is what was learnt from the answers so far."""

subscription = Table(
    "subscription",
    metadata,
    Column("subscription_id", Text, primary_key=True),
    Column("what", Text, nullable=False),
    Column("survey", Text),
    Column("desk", Text),
    Column("recipients", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("schedule", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("paused_at", BigInteger),
)
"""What goes out by the clock: a digest, a report of a survey or a feed, to whom and when."""

sending = Table(
    "sending",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("claimed_at", BigInteger, nullable=False),
    Column("claimed_by", Text, nullable=False),
    Column("sent_at", BigInteger),
    Column("message_id", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("fault", Text),
    Column("perhaps_twice", Integer, nullable=False, server_default="0"),
)
"""A message to one recipient: its key is there once, so that of several that race one alone sends it."""

account = Table(
    "account",
    metadata,
    Column("address", Text, primary_key=True),
    Column("roles", Text, nullable=False),
    Column("desks", Text, nullable=False),
    Column("admitted_at", BigInteger, nullable=False),
    Column("admitted_by", Text, nullable=False),
)

survey_desk = Table(
    "survey_desk",
    metadata,
    Column("survey_id", Integer, primary_key=True),
    Column("desk", Text, primary_key=True),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("address", Text, nullable=False, index=True),
    Column("way", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
)

signing_key = Table(
    "signing_key",
    metadata,
    Column("purpose", Text, primary_key=True),
    Column("key_no", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

passkey = Table(
    "passkey",
    metadata,
    Column("credential_id", Text, primary_key=True),
    Column("address", Text, nullable=False, index=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("counter", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("link_hash", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

spent = Table(
    "spent",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    Column("spent_at", BigInteger, nullable=False),
)
"""What signed somebody in: its key is there once, so that of several that race with it one alone signs in."""

look = Table(
    "look",
    metadata,
    Column("look_no", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("survey", Text),
    Column("request", Text, nullable=False),
    Column("chain", Text, nullable=False),
)

Index("look_by_survey", look.c.survey, look.c.look_no)

SECRETS = (session, signing_key, enrolment, spent, salt)
"""What lets somebody in or signs for the store: a backup has none of it, so that whoever finds one cannot use it."""
