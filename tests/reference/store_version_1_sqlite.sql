CREATE TABLE about (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE answer (
	survey_id INTEGER NOT NULL, 
	response_no BIGINT NOT NULL, 
	question_no INTEGER NOT NULL, 
	choice_no INTEGER NOT NULL, 
	PRIMARY KEY (survey_id, response_no, question_no, choice_no)
)
 WITHOUT ROWID;

CREATE TABLE code (
	survey_id INTEGER NOT NULL, 
	scope TEXT NOT NULL, 
	value TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (survey_id, scope, value)
)
 WITHOUT ROWID;

CREATE TABLE comment (
	survey_id INTEGER NOT NULL, 
	response_no BIGINT NOT NULL, 
	question_no INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (survey_id, response_no, question_no)
);

CREATE TABLE import (
	survey_id INTEGER NOT NULL, 
	import_no INTEGER NOT NULL, 
	file TEXT NOT NULL, 
	started_at BIGINT NOT NULL, 
	finished_at BIGINT, 
	read BIGINT NOT NULL, 
	stored BIGINT NOT NULL, 
	duplicate BIGINT NOT NULL, 
	quarantined BIGINT NOT NULL, 
	rejected BIGINT NOT NULL, 
	PRIMARY KEY (survey_id, import_no)
);

CREATE TABLE profile (
	survey_id INTEGER NOT NULL, 
	profile_no INTEGER NOT NULL, 
	levels TEXT NOT NULL, 
	PRIMARY KEY (survey_id, profile_no), 
	UNIQUE (survey_id, levels)
)
 WITHOUT ROWID;

CREATE TABLE quarantine (
	survey_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	line BIGINT NOT NULL, 
	import_no INTEGER NOT NULL, 
	cells TEXT NOT NULL, 
	reasons TEXT NOT NULL, 
	PRIMARY KEY (survey_id, "key", line)
);

CREATE TABLE response (
	survey_id INTEGER NOT NULL, 
	response_no BIGINT NOT NULL, 
	"key" TEXT NOT NULL, 
	content BIGINT NOT NULL, 
	profile_no INTEGER NOT NULL, 
	responded_at BIGINT, 
	weight FLOAT NOT NULL, 
	respondent TEXT, 
	consent TEXT, 
	standing SMALLINT NOT NULL, 
	rule TEXT, 
	version INTEGER NOT NULL, 
	import_no INTEGER NOT NULL, 
	PRIMARY KEY (survey_id, response_no), 
	UNIQUE (survey_id, "key")
)
 WITHOUT ROWID;

CREATE INDEX response_not_counted ON response (survey_id, standing) WHERE standing != 0;

CREATE TABLE survey (
	survey_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	next_response BIGINT NOT NULL, 
	first_at BIGINT, 
	last_at BIGINT, 
	PRIMARY KEY (survey_id), 
	UNIQUE ("key")
);

CREATE TABLE tally (
	survey_id INTEGER NOT NULL, 
	grain SMALLINT NOT NULL, 
	question_no INTEGER NOT NULL, 
	period BIGINT NOT NULL, 
	profile_no INTEGER NOT NULL, 
	choice_no INTEGER NOT NULL, 
	n BIGINT NOT NULL, 
	w FLOAT NOT NULL, 
	w2 FLOAT NOT NULL, 
	revision BIGINT NOT NULL, 
	PRIMARY KEY (survey_id, grain, question_no, period, profile_no, choice_no), 
	CONSTRAINT tally_never_negative CHECK (n >= 0)
)
 WITHOUT ROWID;
