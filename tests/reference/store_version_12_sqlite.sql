BEGIN TRANSACTION;
CREATE TABLE about (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "about" VALUES('schema_version','12');
INSERT INTO "about" VALUES('erasure_salt','062a5b12216f5eeb76df799a2d4ca415');
INSERT INTO "about" VALUES('fieldwork/river','{"hosts": ["https://paper.example"], "opens_at": null, "closes_at": null, "language": "en", "purpose": "For the article.", "notice_url": "", "notice_version": ""}');
INSERT INTO "about" VALUES('last_look','4 aea4db184dba44323e15c6d1cc074f8edaa3745746511d76ebf77278b0ad98a2');
CREATE TABLE account (
	address TEXT NOT NULL, 
	roles TEXT NOT NULL, 
	desks TEXT NOT NULL, 
	admitted_at BIGINT NOT NULL, 
	admitted_by TEXT NOT NULL, 
	PRIMARY KEY (address)
);
INSERT INTO "account" VALUES('ada@paper.example','editor','city',1764331200,'command line');
CREATE TABLE answer (
	survey_id INTEGER NOT NULL, 
	response_no BIGINT NOT NULL, 
	question_no INTEGER NOT NULL, 
	choice_no INTEGER NOT NULL, 
	PRIMARY KEY (survey_id, response_no, question_no, choice_no)
)
 WITHOUT ROWID

;
INSERT INTO "answer" VALUES(1,1,1,1);
INSERT INTO "answer" VALUES(1,2,1,1);
INSERT INTO "answer" VALUES(1,3,1,1);
INSERT INTO "answer" VALUES(1,4,1,1);
INSERT INTO "answer" VALUES(1,5,1,1);
INSERT INTO "answer" VALUES(1,6,1,2);
INSERT INTO "answer" VALUES(1,7,1,2);
INSERT INTO "answer" VALUES(1,8,1,2);
INSERT INTO "answer" VALUES(1,9,1,2);
INSERT INTO "answer" VALUES(1,10,1,2);
INSERT INTO "answer" VALUES(1,11,1,3);
INSERT INTO "answer" VALUES(1,12,1,3);
INSERT INTO "answer" VALUES(1,13,1,1);
INSERT INTO "answer" VALUES(1,14,1,2);
INSERT INTO "answer" VALUES(1,16,1,1);
INSERT INTO "answer" VALUES(1,17,1,2);
INSERT INTO "answer" VALUES(1,18,1,1);
INSERT INTO "answer" VALUES(2,1,1,1);
INSERT INTO "answer" VALUES(2,2,1,1);
INSERT INTO "answer" VALUES(2,3,1,1);
INSERT INTO "answer" VALUES(2,4,1,1);
CREATE TABLE article_picture (
	survey_id INTEGER NOT NULL, 
	media_type TEXT NOT NULL, 
	content BLOB NOT NULL, 
	alt TEXT NOT NULL, 
	credit TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	PRIMARY KEY (survey_id)
);
INSERT INTO "article_picture" VALUES(1,'image/png',X'89504E470D0A1A0A2C20746865207269766572','The river at dawn','Ada',1764331200);
CREATE TABLE audit (
	survey_id INTEGER NOT NULL, 
	audit_no INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	action TEXT NOT NULL, 
	rule TEXT, 
	responses BIGINT NOT NULL, done_by TEXT, "before" TEXT, 
	PRIMARY KEY (survey_id, audit_no)
);
INSERT INTO "audit" VALUES(1,1,1795867200,'erased',NULL,1,NULL,NULL);
INSERT INTO "audit" VALUES(1,2,1764331200,'comment hidden',NULL,1,'Ada',NULL);
INSERT INTO "audit" VALUES(2,1,1764331200,'removed',NULL,4,'Ada',NULL);
CREATE TABLE banner (
	survey_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	address TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	PRIMARY KEY (survey_id, name)
);
INSERT INTO "banner" VALUES(1,'By age','groups=age',1764331200);
CREATE TABLE circumstance (
	survey_id INTEGER NOT NULL, 
	response_no BIGINT NOT NULL, 
	noted_at BIGINT NOT NULL, 
	placement TEXT, 
	article_version TEXT, 
	referrer TEXT, 
	seconds INTEGER, 
	shown TEXT, 
	wording TEXT, 
	saw_results SMALLINT NOT NULL, 
	form BIGINT, 
	reader_hash BIGINT, 
	network_hash BIGINT, 
	unverified TEXT, 
	account_hash BIGINT, 
	PRIMARY KEY (survey_id, response_no)
)
 WITHOUT ROWID

;
INSERT INTO "circumstance" VALUES(1,18,1748779200,'foot',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,'old',7);
CREATE TABLE code (
	survey_id INTEGER NOT NULL, 
	scope TEXT NOT NULL, 
	value TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (survey_id, scope, value)
)
 WITHOUT ROWID

;
INSERT INTO "code" VALUES(1,'choice/move','No',2);
INSERT INTO "code" VALUES(1,'choice/move','Unsure',3);
INSERT INTO "code" VALUES(1,'choice/move','Yes',1);
INSERT INTO "code" VALUES(1,'choice/needs','Bank',1);
INSERT INTO "code" VALUES(1,'choice/needs','Boats',2);
INSERT INTO "code" VALUES(1,'choice/needs','Bridge',3);
INSERT INTO "code" VALUES(1,'choice/trust','1',1);
INSERT INTO "code" VALUES(1,'choice/trust','2',2);
INSERT INTO "code" VALUES(1,'choice/trust','3',3);
INSERT INTO "code" VALUES(1,'choice/trust','4',4);
INSERT INTO "code" VALUES(1,'choice/trust','5',5);
INSERT INTO "code" VALUES(1,'choice/trust','?',6);
INSERT INTO "code" VALUES(1,'dimension','age',1);
INSERT INTO "code" VALUES(1,'dimension','by',3);
INSERT INTO "code" VALUES(1,'dimension','sex',2);
INSERT INTO "code" VALUES(1,'level/age','18-29',1);
INSERT INTO "code" VALUES(1,'level/age','30-59',2);
INSERT INTO "code" VALUES(1,'level/age','60+',3);
INSERT INTO "code" VALUES(1,'level/by','bike',1);
INSERT INTO "code" VALUES(1,'level/by','foot',2);
INSERT INTO "code" VALUES(1,'level/sex','F',1);
INSERT INTO "code" VALUES(1,'level/sex','M',2);
INSERT INTO "code" VALUES(1,'question','move',1);
INSERT INTO "code" VALUES(1,'question','needs',3);
INSERT INTO "code" VALUES(1,'question','trust',2);
INSERT INTO "code" VALUES(2,'choice/move','No',2);
INSERT INTO "code" VALUES(2,'choice/move','Unsure',3);
INSERT INTO "code" VALUES(2,'choice/move','Yes',1);
INSERT INTO "code" VALUES(2,'choice/needs','Bank',1);
INSERT INTO "code" VALUES(2,'choice/needs','Boats',2);
INSERT INTO "code" VALUES(2,'choice/needs','Bridge',3);
INSERT INTO "code" VALUES(2,'choice/trust','1',1);
INSERT INTO "code" VALUES(2,'choice/trust','2',2);
INSERT INTO "code" VALUES(2,'choice/trust','3',3);
INSERT INTO "code" VALUES(2,'choice/trust','4',4);
INSERT INTO "code" VALUES(2,'choice/trust','5',5);
INSERT INTO "code" VALUES(2,'choice/trust','?',6);
INSERT INTO "code" VALUES(2,'dimension','age',1);
INSERT INTO "code" VALUES(2,'dimension','sex',2);
INSERT INTO "code" VALUES(2,'level/age','18-29',1);
INSERT INTO "code" VALUES(2,'level/age','30-59',2);
INSERT INTO "code" VALUES(2,'level/age','60+',3);
INSERT INTO "code" VALUES(2,'level/sex','F',1);
INSERT INTO "code" VALUES(2,'level/sex','M',2);
INSERT INTO "code" VALUES(2,'question','move',1);
INSERT INTO "code" VALUES(2,'question','needs',3);
INSERT INTO "code" VALUES(2,'question','trust',2);
CREATE TABLE comment (
	survey_id INTEGER NOT NULL, 
	response_no BIGINT NOT NULL, 
	question_no INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (survey_id, response_no, question_no)
);
INSERT INTO "comment" VALUES(1,13,0,'A bridge, please.');
INSERT INTO "comment" VALUES(1,14,0,'No bridge.');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','comment_words','comment_words',0,'CREATE VIRTUAL TABLE comment_words USING fts5(words, tokenize=''ascii'', detail=''none'')');
CREATE TABLE 'comment_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "comment_words_config" VALUES('version',4);
CREATE TABLE 'comment_words_content'(id INTEGER PRIMARY KEY, c0);
INSERT INTO "comment_words_content" VALUES(140737488408576,'a bridge please');
INSERT INTO "comment_words_content" VALUES(140737488412672,'no bridge');
CREATE TABLE 'comment_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "comment_words_data" VALUES(1,X'0205');
INSERT INTO "comment_words_data" VALUES(10,X'000000000102020002010101020101');
INSERT INTO "comment_words_data" VALUES(137438953473,X'0000002C023061A080808083A0000106627269646765A080808083A0000106706C65617365A080808083A000040A0F');
INSERT INTO "comment_words_data" VALUES(274877906945,X'0000001E0730627269646765A080808083C00001026E6FA080808083C000040F');
CREATE TABLE 'comment_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO "comment_words_docsize" VALUES(140737488408576,X'03');
INSERT INTO "comment_words_docsize" VALUES(140737488412672,X'02');
CREATE TABLE 'comment_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "comment_words_idx" VALUES(1,X'',2);
INSERT INTO "comment_words_idx" VALUES(2,X'',2);
CREATE TABLE edition (
	survey_id INTEGER NOT NULL, 
	edition_no INTEGER NOT NULL, 
	made_at BIGINT NOT NULL, 
	revision BIGINT NOT NULL, 
	counted BIGINT NOT NULL, 
	every TEXT, 
	content BLOB, 
	PRIMARY KEY (survey_id, edition_no)
);
INSERT INTO "edition" VALUES(1,1,1764331200,12,60,'day',X'73756d73');
CREATE TABLE edition_pattern (
	survey_id INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	edition_no INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (survey_id, question)
);
INSERT INTO "edition_pattern" VALUES(1,'move',1,X'68696464656e');
CREATE TABLE storm (
	survey_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	source_of TEXT NOT NULL, 
	source TEXT NOT NULL, 
	since BIGINT NOT NULL, 
	until BIGINT NOT NULL, 
	answers BIGINT NOT NULL, 
	decision TEXT NOT NULL, 
	set_aside BIGINT NOT NULL, 
	decided_at BIGINT NOT NULL, 
	decided_by TEXT NOT NULL, 
	PRIMARY KEY (survey_id, name)
);
INSERT INTO "storm" VALUES(1,'The forum','referrer','forum.example',1748700000,1748703600,3,'watched',0,1764331200,'Ada');
INSERT INTO "storm" VALUES(1,'The links','referrer/2','links.example',1748700000,1748786400,5,'kept',0,1764331200,'Ada');
INSERT INTO "storm" VALUES(1,' 000000','channel/3/7/34','Search',1748700000,1748786400,41,'open',0,1764331200,'');
INSERT INTO "storm" VALUES(1,' 000001','/0/0/25','',1748700000,1748703600,25,'open',0,1764331200,'');
CREATE TABLE spent (
	secret_hash TEXT NOT NULL, 
	spent_at BIGINT NOT NULL, 
	PRIMARY KEY (secret_hash)
);
INSERT INTO "spent" VALUES('e7c4db9900e030238c6696ed0535a386a66aef8d7999d9502b462a721a30153d',1764331200);
CREATE TABLE watch (
	survey_id INTEGER NOT NULL, 
	watch_id TEXT NOT NULL, 
	address TEXT NOT NULL, 
	statistic TEXT NOT NULL, 
	choice TEXT NOT NULL, 
	least FLOAT NOT NULL, 
	every TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	recipients TEXT NOT NULL, 
	language TEXT NOT NULL, 
	made_at BIGINT NOT NULL, 
	made_by TEXT NOT NULL, 
	paused_at BIGINT, 
	state TEXT NOT NULL, 
	evaluated_at BIGINT, 
	told TEXT, 
	told_at BIGINT, 
	settled_at BIGINT, 
	PRIMARY KEY (survey_id, watch_id)
);
CREATE TABLE subscription (
	subscription_id TEXT NOT NULL, 
	what TEXT NOT NULL, 
	survey TEXT, 
	desk TEXT, 
	recipients TEXT NOT NULL, 
	language TEXT NOT NULL, 
	schedule TEXT NOT NULL, 
	time_zone TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	made_at BIGINT NOT NULL, 
	paused_at BIGINT, 
	PRIMARY KEY (subscription_id)
);
CREATE TABLE sending (
	subject TEXT NOT NULL, 
	period TEXT NOT NULL, 
	recipient TEXT NOT NULL, 
	claimed_at BIGINT NOT NULL, 
	claimed_by TEXT NOT NULL, 
	sent_at BIGINT, 
	message_id TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	fault TEXT, 
	perhaps_twice INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (subject, period, recipient)
);
CREATE TABLE doubt (
	survey_id INTEGER NOT NULL, 
	response_no BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (survey_id, response_no, reason)
)
 WITHOUT ROWID

;
INSERT INTO "doubt" VALUES(1,1,'fast');
INSERT INTO "watch" VALUES(1,'w-one','[["survey", "river"], ["question", "move"]]','share','Yes',3.0,'hour','Ada','["a@b.example"]','en',1764331200,'Ada',NULL,'{}',NULL,NULL,NULL,NULL);
CREATE TABLE enrolment (
	link_hash TEXT NOT NULL, 
	address TEXT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	used_at BIGINT, 
	PRIMARY KEY (link_hash)
);
INSERT INTO "enrolment" VALUES('b732957a9942db65cf296fae37bef079d03d9cd44cea32959ae9523a00da841f','ada@paper.example',1764332100,1764331200);
CREATE TABLE erased (
	survey_id INTEGER NOT NULL, 
	tombstone TEXT NOT NULL, 
	PRIMARY KEY (survey_id, tombstone)
)
 WITHOUT ROWID

;
INSERT INTO "erased" VALUES(1,'f5ed68213b6f6b914f430b50b99f5afa');
CREATE TABLE figure (
	survey_id INTEGER NOT NULL, 
	figure_id TEXT NOT NULL, 
	"query" TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	made_at BIGINT NOT NULL, 
	drawn TEXT NOT NULL, 
	rows TEXT NOT NULL, 
	settled_at BIGINT, 
	settled_revision BIGINT, 
	settled_note TEXT, 
	settled_rows TEXT, 
	PRIMARY KEY (survey_id, figure_id)
);
INSERT INTO "figure" VALUES(1,'f-aaaaaaaaaaa2','[["survey", "river"], ["question", "move"], ["view", "topline"], ["where.age", "18-29"], ["where.age", "60+"], ["where.by", "bike"], ["where.move", "Yes"], ["since", "2025-10-26T02:00+02:00"], ["until", "2025-11-01"], ["weighting", "base"], ["standing", "first"]]',1,1748779200,'{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}','[{"question": "move", "statistic": "share", "choice": "Yes", "choice_label": "Yes", "period": null, "base_n": 12, "share": 0.41, "value": 0.41, "low": 0.2, "high": 0.65, "suppressed": false, "reason": null}]',NULL,NULL,NULL,NULL);
INSERT INTO "figure" VALUES(1,'f-aaaaaaaaaaa3','[["survey", "river"], ["question", "move"], ["view", "gaps"], ["with", "public"], ["poll", "2025-05-01/2025-05-03 Wave Institute"], ["weighting", "none"]]',1,1748779200,'{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}','[{"choice": "Yes", "choice_label": "Yes", "value": 0.41, "low": 0.30999999999999994, "high": 0.51, "base_n": 12, "against_value": 0.6, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}, {"choice": "No", "choice_label": "No", "value": 0.46, "low": 0.36, "high": 0.56, "base_n": 12, "against_value": 0.4, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}]',1748779200,1,'Corrected','[{"choice": "Yes", "choice_label": "Yes", "value": 0.41, "low": 0.30999999999999994, "high": 0.51, "base_n": 12, "against_value": 0.6, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}, {"choice": "No", "choice_label": "No", "value": 0.46, "low": 0.36, "high": 0.56, "base_n": 12, "against_value": 0.4, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}]');
INSERT INTO "figure" VALUES(1,'f-aaaaaaaaaaa4','[["survey", "river"], ["question", "move"], ["view", "gaps"], ["with", "public"], ["poll", "0"], ["where.sex", "F"], ["weighting", "none"]]',1,1748779200,'{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}','[{"choice": "Yes", "choice_label": "Yes", "value": 0.41, "low": 0.30999999999999994, "high": 0.51, "base_n": 12, "against_value": 0.33, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}, {"choice": "No", "choice_label": "No", "value": 0.46, "low": 0.36, "high": 0.56, "base_n": 12, "against_value": 0.67, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}]',NULL,NULL,NULL,NULL);
INSERT INTO "figure" VALUES(1,'f-aaaaaaaaaaa5','[["survey", "river"], ["question", "move"], ["view", "gaps"], ["with", "public"], ["poll", "0"], ["weighting", "base"]]',1,1748779200,'{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}','[{"choice": "Yes", "choice_label": "Yes", "value": 0.41, "low": 0.30999999999999994, "high": 0.51, "base_n": 12, "against_value": null, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": true, "reason": null}, {"choice": "No", "choice_label": "No", "value": 0.46, "low": 0.36, "high": 0.56, "base_n": 12, "against_value": null, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": true, "reason": null}]',NULL,NULL,NULL,NULL);
INSERT INTO "figure" VALUES(1,'f-aaaaaaaaaaa6','[["survey", "river"], ["question", "move"], ["view", "trend"], ["by", "age"], ["every", "hour"], ["line", "=Yes"], ["window", "3"], ["where.gone", "x"], ["weighting", "none"], ["min_base", "5"]]',1,1748779200,'{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}','[{"question": "move", "statistic": "share", "choice": "Yes", "choice_label": "Yes", "period": null, "base_n": 12, "share": 0.41, "value": 0.41, "low": 0.2, "high": 0.65, "suppressed": false, "reason": null}]',NULL,NULL,NULL,NULL);
CREATE TABLE figure_file (
	survey_id INTEGER NOT NULL, 
	figure_id TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	made_at BIGINT NOT NULL, 
	PRIMARY KEY (survey_id, figure_id, sha256)
);
INSERT INTO "figure_file" VALUES(1,'f-aaaaaaaaaaa2','0000000000000000000000000000000000000000000000000000000000000000','f-aaaaaaaaaaa2.png',1748779200);
INSERT INTO "figure_file" VALUES(1,'f-aaaaaaaaaaa3','1111111111111111111111111111111111111111111111111111111111111111','f-aaaaaaaaaaa3.png',1748779200);
INSERT INTO "figure_file" VALUES(1,'f-aaaaaaaaaaa4','2222222222222222222222222222222222222222222222222222222222222222','f-aaaaaaaaaaa4.png',1748779200);
INSERT INTO "figure_file" VALUES(1,'f-aaaaaaaaaaa5','3333333333333333333333333333333333333333333333333333333333333333','f-aaaaaaaaaaa5.png',1748779200);
INSERT INTO "figure_file" VALUES(1,'f-aaaaaaaaaaa6','4444444444444444444444444444444444444444444444444444444444444444','f-aaaaaaaaaaa6.png',1748779200);
CREATE TABLE hidden_comment (
	survey_id INTEGER NOT NULL, 
	response_no BIGINT NOT NULL, 
	question_no INTEGER NOT NULL, 
	hidden_at BIGINT NOT NULL, 
	hidden_by TEXT NOT NULL, 
	PRIMARY KEY (survey_id, response_no, question_no)
);
INSERT INTO "hidden_comment" VALUES(1,14,0,1764331200,'Ada');
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
INSERT INTO "import" VALUES(1,1,'readers.csv',1748779200,1748779200,12,12,0,0,0);
INSERT INTO "import" VALUES(2,1,'readers.csv',1748779200,1748779200,4,4,0,0,0);
CREATE TABLE import_file (
	survey_id INTEGER NOT NULL, 
	import_no INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (survey_id, import_no)
);
CREATE TABLE look (
	look_no BIGINT NOT NULL, 
	at BIGINT NOT NULL, 
	address TEXT NOT NULL, 
	action TEXT NOT NULL, 
	survey TEXT, 
	request TEXT NOT NULL, 
	chain TEXT NOT NULL, 
	PRIMARY KEY (look_no)
);
INSERT INTO "look" VALUES(1,1764331200,'command line','admitted',NULL,'ada@paper.example: editor desk=city','3ac29a9cec5f2d0b712627fdb93e89881a75e5a77ff92457e5b1533cf5027983');
INSERT INTO "look" VALUES(2,1764331200,'ada@paper.example','signed in',NULL,'passkey','a39e8c8922c6570c33c7dd3fdad1b0402e04f31bb776ff7c363ae989813f5b3f');
INSERT INTO "look" VALUES(3,1764331200,'ada@paper.example','enrolled a passkey',NULL,'','61715084829633de9c9e173b6f1f633675ce0c9b85575539788a28e6d3e9edaa');
INSERT INTO "look" VALUES(4,1764331200,'ada@paper.example','comments','river','','aea4db184dba44323e15c6d1cc074f8edaa3745746511d76ebf77278b0ad98a2');
CREATE TABLE passkey (
	credential_id TEXT NOT NULL, 
	address TEXT NOT NULL, 
	public_key BLOB NOT NULL, 
	counter BIGINT NOT NULL, 
	made_at BIGINT NOT NULL, 
	used_at BIGINT, 
	PRIMARY KEY (credential_id)
);
INSERT INTO "passkey" VALUES('credential-1','ada@paper.example',X'7075626C6963',0,1764331200,NULL);
CREATE TABLE pending (
	survey_id INTEGER NOT NULL, 
	pending_no INTEGER NOT NULL, 
	grain SMALLINT NOT NULL, 
	question_no INTEGER NOT NULL, 
	period BIGINT NOT NULL, 
	profile_no INTEGER NOT NULL, 
	choice_no INTEGER NOT NULL, 
	n BIGINT NOT NULL, 
	w FLOAT NOT NULL, 
	w2 FLOAT NOT NULL, 
	fingerprint BIGINT NOT NULL, 
	first_at BIGINT, 
	last_at BIGINT, 
	PRIMARY KEY (survey_id, pending_no)
);
CREATE TABLE profile (
	survey_id INTEGER NOT NULL, 
	profile_no INTEGER NOT NULL, 
	levels TEXT NOT NULL, 
	PRIMARY KEY (survey_id, profile_no), 
	UNIQUE (survey_id, levels)
)
 WITHOUT ROWID

;
INSERT INTO "profile" VALUES(1,1,'[1,-1,1]');
INSERT INTO "profile" VALUES(1,2,'[2,-1,1]');
INSERT INTO "profile" VALUES(1,3,'[3,-1,1]');
INSERT INTO "profile" VALUES(1,4,'[1,-1,-1]');
INSERT INTO "profile" VALUES(1,5,'[3,-1,-1]');
INSERT INTO "profile" VALUES(1,6,'[-1,-1,-1]');
INSERT INTO "profile" VALUES(2,1,'[1,-1]');
INSERT INTO "profile" VALUES(2,2,'[2,-1]');
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
	received_at BIGINT, 
	PRIMARY KEY (survey_id, response_no)
)
 WITHOUT ROWID

;
INSERT INTO "response" VALUES(1,1,'id:0',-3513297930414734836,1,NULL,1.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,2,'id:1',5267261008857257271,1,NULL,2.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,3,'id:2',764112730893080041,1,NULL,3.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,4,'id:3',4747449864201506778,2,NULL,1.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,5,'id:4',190858443155420268,3,NULL,3.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,6,'id:5',8231600276228460747,1,NULL,2.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,7,'id:6',38208200913188509,2,NULL,3.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,8,'id:7',4692333108346772959,3,NULL,1.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,9,'id:8',5797943936549260600,3,NULL,2.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,10,'id:9',6118353030297228368,3,NULL,3.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,11,'id:10',-9048953177431648488,2,NULL,1.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,12,'id:11',-5191508095985468492,3,NULL,2.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(1,13,'id:300',-4935243647241880254,4,NULL,1.0,NULL,NULL,0,NULL,1,0,NULL);
INSERT INTO "response" VALUES(1,14,'id:301',-3727247854331722075,5,NULL,1.0,NULL,NULL,0,NULL,1,0,NULL);
INSERT INTO "response" VALUES(1,16,'id:live-1',6434990947235233370,6,1764331200,1.0,NULL,NULL,2,NULL,1,0,1764331200);
INSERT INTO "response" VALUES(1,17,'id:live-1',3975698371201661538,6,1764331200,1.0,NULL,NULL,0,NULL,2,0,1764331200);
INSERT INTO "response" VALUES(1,18,'id:late',5652245481530113261,6,NULL,1.0,NULL,NULL,3,'old',1,0,1748779200);
INSERT INTO "response" VALUES(2,1,'id:0',-7731613019437626801,1,NULL,1.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(2,2,'id:1',5457538329675169590,1,NULL,2.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(2,3,'id:2',5350953624565810116,1,NULL,3.0,NULL,NULL,0,NULL,1,1,NULL);
INSERT INTO "response" VALUES(2,4,'id:3',-1465827992419567306,2,NULL,1.0,NULL,NULL,0,NULL,1,1,NULL);
CREATE TABLE salt (
	survey_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	made_at BIGINT NOT NULL, 
	PRIMARY KEY (survey_id, day)
);
CREATE TABLE segment (
	survey_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	changed_at BIGINT NOT NULL, 
	PRIMARY KEY (survey_id, "key")
);
INSERT INTO "segment" VALUES(1,'young','{"key": "young", "name": "Young readers", "description": "", "where": [["age", ["18-29"]]], "since": null, "until": null, "standing": "counted"}',1795867200);
CREATE TABLE session (
	token_hash TEXT NOT NULL, 
	address TEXT NOT NULL, 
	way TEXT NOT NULL, 
	made_at BIGINT NOT NULL, 
	seen_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	PRIMARY KEY (token_hash)
);
INSERT INTO "session" VALUES('75a2c7d73bc4c8c87af46fbf8f962804810dd4747d11e6925dbb5f8ff775406d','ada@paper.example','passkey',1764331200,1764331200,NULL);
CREATE TABLE signing_key (
	purpose TEXT NOT NULL, 
	key_no BIGINT NOT NULL, 
	content BLOB NOT NULL, 
	made_at BIGINT NOT NULL, 
	PRIMARY KEY (purpose, key_no)
);
INSERT INTO "signing_key" VALUES('session',1,X'03BF98C5230F621F9AB534BABF01C601FEF201A7C045DEB182458831DDDA18B7',1764331200);
CREATE TABLE survey (
	survey_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	next_response BIGINT NOT NULL, 
	first_at BIGINT, 
	last_at BIGINT, 
	hot SMALLINT DEFAULT '0' NOT NULL, removed_at BIGINT, removed_by TEXT, purge_at BIGINT, purging_at BIGINT, purged_at BIGINT, 
	PRIMARY KEY (survey_id), 
	UNIQUE ("key")
);
INSERT INTO "survey" VALUES(1,'river','{"key": "river", "title": "The river", "time_zone": "Europe/Berlin", "questions": [{"key": "move", "text": "Should the library move?", "kind": "single", "column": "move", "choices": [{"value": "Yes", "label": "Yes", "score": null, "values": ["Yes"]}, {"value": "No", "label": "No", "score": null, "values": ["No"]}, {"value": "Unsure", "label": "Unsure", "score": null, "values": ["Unsure"]}], "found": false, "missing": [], "asked_if": [], "nets": [{"key": "net", "label": "Yes minus no", "plus": ["Yes"], "minus": ["No"]}, {"key": "some", "label": "Any view", "plus": ["Yes", "No"], "minus": []}], "separator": null, "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}, {"key": "trust", "text": "How far do you trust the council?", "kind": "scale", "column": "trust", "choices": [{"value": "1", "label": "Step 1", "score": 1.0, "values": ["1"]}, {"value": "2", "label": "Step 2", "score": 2.0, "values": ["2"]}, {"value": "3", "label": "Step 3", "score": 3.0, "values": ["3"]}, {"value": "4", "label": "Step 4", "score": 4.0, "values": ["4"]}, {"value": "5", "label": "Step 5", "score": 5.0, "values": ["5"]}, {"value": "?", "label": "Cannot say", "score": null, "values": ["?"]}], "found": false, "missing": [], "asked_if": [], "nets": [], "separator": null, "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}, {"key": "needs", "text": "What does the river need?", "kind": "multiple", "column": "needs", "choices": [{"value": "Bank", "label": "Bank", "score": null, "values": ["Bank"]}, {"value": "Boats", "label": "Boats", "score": null, "values": ["Boats"]}, {"value": "Bridge", "label": "Bridge", "score": null, "values": ["Bridge"]}], "found": false, "missing": [], "asked_if": [], "nets": [], "separator": "; ", "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}], "dimensions": [{"key": "age", "label": "Age", "column": "age", "levels": [{"value": "18-29", "label": "18-29", "values": ["18-29"]}, {"value": "30-59", "label": "30-59", "values": ["30-59"]}, {"value": "60+", "label": "60+", "values": ["60+"]}], "bands": [], "found": false, "missing": []}, {"key": "sex", "label": "Sex", "column": "sex", "levels": [{"value": "F", "label": "Women", "values": ["F"]}, {"value": "M", "label": "Men", "values": ["M"]}], "bands": [], "found": false, "missing": []}, {"key": "by", "label": "Came by", "column": "by", "levels": [{"value": "bike", "label": "Bike", "values": ["bike"]}, {"value": "foot", "label": "Foot", "values": ["foot"]}], "bands": [], "found": false, "missing": []}], "columns": {"response": "id", "respondent": null, "responded_at": "at", "responded_at_format": null, "wave": null, "weight": "w", "comment": null, "consent": null, "channel": null, "comment_missing": [], "consent_given": [], "own_clock": false}, "article": null, "events": [], "opens": null, "closes": null, "population": null, "sponsor": null, "conducted_by": null, "mode": null, "simulated": false, "sample": "self-selected", "min_base": 5, "weighting": {"method": "rake", "trim": null, "per": "survey", "tolerance": 1e-09}, "targets": [], "benchmarks": [{"question": "move", "source": "Old House", "wording": "Move?", "first": "2025-04-01", "last": "2025-04-02", "shares": [["Yes", 0.2], ["No", 0.8]], "population": "All", "base_n": 500, "answers": [], "added": true}, {"question": "move", "source": "Wave Institute", "wording": "Move?", "first": "2025-05-01", "last": "2025-05-03", "shares": [["Yes", 0.6], ["No", 0.4]], "population": "All", "base_n": 1000, "answers": [], "added": false}], "known_by": [], "source": null, "file": {"tool": null, "encoding": null, "leave_out": [], "renamed": [], "said": [], "sheet": null, "separator": null, "heading": null, "decimal": null, "numbers": []}, "language": null, "frame": null, "closed_at": null, "edited": [], "labels": []}',11,19,1764331200,1764331200,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "survey" VALUES(2,'bridge','{"key": "bridge", "title": "The bridge", "time_zone": "Europe/Berlin", "questions": [{"key": "move", "text": "Should the library move?", "kind": "single", "column": "move", "choices": [{"value": "Yes", "label": "Yes", "score": null, "values": ["Yes"]}, {"value": "No", "label": "No", "score": null, "values": ["No"]}, {"value": "Unsure", "label": "Unsure", "score": null, "values": ["Unsure"]}], "found": false, "missing": [], "asked_if": [], "nets": [{"key": "net", "label": "Yes minus no", "plus": ["Yes"], "minus": ["No"]}, {"key": "some", "label": "Any view", "plus": ["Yes", "No"], "minus": []}], "separator": null, "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}, {"key": "trust", "text": "How far do you trust the council?", "kind": "scale", "column": "trust", "choices": [{"value": "1", "label": "Step 1", "score": 1.0, "values": ["1"]}, {"value": "2", "label": "Step 2", "score": 2.0, "values": ["2"]}, {"value": "3", "label": "Step 3", "score": 3.0, "values": ["3"]}, {"value": "4", "label": "Step 4", "score": 4.0, "values": ["4"]}, {"value": "5", "label": "Step 5", "score": 5.0, "values": ["5"]}, {"value": "?", "label": "Cannot say", "score": null, "values": ["?"]}], "found": false, "missing": [], "asked_if": [], "nets": [], "separator": null, "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}, {"key": "needs", "text": "What does the river need?", "kind": "multiple", "column": "needs", "choices": [{"value": "Bank", "label": "Bank", "score": null, "values": ["Bank"]}, {"value": "Boats", "label": "Boats", "score": null, "values": ["Boats"]}, {"value": "Bridge", "label": "Bridge", "score": null, "values": ["Bridge"]}], "found": false, "missing": [], "asked_if": [], "nets": [], "separator": "; ", "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}], "dimensions": [{"key": "age", "label": "Age", "column": "age", "levels": [{"value": "18-29", "label": "18-29", "values": ["18-29"]}, {"value": "30-59", "label": "30-59", "values": ["30-59"]}, {"value": "60+", "label": "60+", "values": ["60+"]}], "bands": [], "found": false, "missing": []}, {"key": "sex", "label": "Sex", "column": "sex", "levels": [{"value": "F", "label": "Women", "values": ["F"]}, {"value": "M", "label": "Men", "values": ["M"]}], "bands": [], "found": false, "missing": []}], "columns": {"response": "id", "respondent": null, "responded_at": "at", "responded_at_format": null, "wave": null, "weight": "w", "comment": null, "consent": null, "channel": null, "comment_missing": [], "consent_given": [], "own_clock": false}, "article": null, "events": [], "opens": null, "closes": null, "population": null, "sponsor": null, "conducted_by": null, "mode": null, "simulated": false, "sample": "self-selected", "min_base": 5, "weighting": {"method": "rake", "trim": null, "per": "survey", "tolerance": 1e-09}, "targets": [], "benchmarks": [], "known_by": [], "source": null, "file": {"tool": null, "encoding": null, "leave_out": [], "renamed": [], "said": [], "sheet": null, "separator": null, "heading": null, "decimal": null, "numbers": []}, "language": null, "frame": null, "closed_at": null, "edited": [], "labels": []}',4,5,NULL,NULL,0,1764331200,'Ada',4917931200,NULL,NULL);
CREATE TABLE survey_desk (
	survey_id INTEGER NOT NULL, 
	desk TEXT NOT NULL, 
	PRIMARY KEY (survey_id, desk)
);
INSERT INTO "survey_desk" VALUES(1,'city');
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
	fingerprint BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (survey_id, grain, question_no, period, profile_no, choice_no), 
	CONSTRAINT tally_never_negative CHECK (n >= 0)
)
 WITHOUT ROWID

;
INSERT INTO "tally" VALUES(1,0,0,0,1,-2,4,8.0,18.0,2,12636754598);
INSERT INTO "tally" VALUES(1,0,0,0,2,-2,3,5.0,11.0,2,7115678329);
INSERT INTO "tally" VALUES(1,0,0,0,3,-2,5,11.0,27.0,2,12098563156);
INSERT INTO "tally" VALUES(1,0,0,0,4,-2,1,1.0,1.0,4,3181806415);
INSERT INTO "tally" VALUES(1,0,0,0,5,-2,1,1.0,1.0,7,3372130678);
INSERT INTO "tally" VALUES(1,0,0,0,6,-2,1,1.0,1.0,10,2327740152);
INSERT INTO "tally" VALUES(1,0,1,0,1,1,3,6.0,14.0,2,8616099465);
INSERT INTO "tally" VALUES(1,0,1,0,1,2,1,2.0,4.0,2,4020655133);
INSERT INTO "tally" VALUES(1,0,1,0,2,1,1,1.0,1.0,2,3646380965);
INSERT INTO "tally" VALUES(1,0,1,0,2,2,1,3.0,9.0,2,40388789);
INSERT INTO "tally" VALUES(1,0,1,0,2,3,1,1.0,1.0,2,3428908575);
INSERT INTO "tally" VALUES(1,0,1,0,3,1,1,3.0,9.0,2,672113874);
INSERT INTO "tally" VALUES(1,0,1,0,3,2,3,6.0,14.0,2,7973704242);
INSERT INTO "tally" VALUES(1,0,1,0,3,3,1,2.0,4.0,2,3452745040);
INSERT INTO "tally" VALUES(1,0,1,0,4,1,1,1.0,1.0,4,3181806415);
INSERT INTO "tally" VALUES(1,0,1,0,5,2,1,1.0,1.0,7,3372130678);
INSERT INTO "tally" VALUES(1,0,1,0,6,2,1,1.0,1.0,10,2327740152);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,1,1,3,6.0,14.0,2,8616099465);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,1,2,1,2.0,4.0,2,4020655133);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,2,1,1,1.0,1.0,2,3646380965);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,2,2,1,3.0,9.0,2,40388789);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,2,3,1,1.0,1.0,2,3428908575);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,3,1,1,3.0,9.0,2,672113874);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,3,2,3,6.0,14.0,2,7973704242);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,3,3,1,2.0,4.0,2,3452745040);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,4,1,1,1.0,1.0,4,3181806415);
INSERT INTO "tally" VALUES(1,1,1,-4611686018427387904,5,2,1,1.0,1.0,7,3372130678);
INSERT INTO "tally" VALUES(1,1,1,20420,6,2,1,1.0,1.0,10,2327740152);
INSERT INTO "tally" VALUES(1,3,0,-4611686018427387904,0,-2,14,26.0,58.0,7,38404933176);
INSERT INTO "tally" VALUES(1,3,0,20420,0,-2,1,1.0,1.0,10,2327740152);
INSERT INTO "tally" VALUES(1,3,1,-4611686018427387904,0,1,6,11.0,25.0,4,16116400719);
INSERT INTO "tally" VALUES(1,3,1,-4611686018427387904,0,2,6,12.0,28.0,7,15406878842);
INSERT INTO "tally" VALUES(1,3,1,-4611686018427387904,0,3,2,3.0,5.0,2,6881653615);
INSERT INTO "tally" VALUES(1,3,1,20420,0,2,1,1.0,1.0,10,2327740152);
INSERT INTO "tally" VALUES(2,0,0,0,1,-2,3,6.0,14.0,2,8028557795);
INSERT INTO "tally" VALUES(2,0,0,0,2,-2,1,1.0,1.0,2,3785993219);
INSERT INTO "tally" VALUES(2,0,1,0,1,1,3,6.0,14.0,2,8028557795);
INSERT INTO "tally" VALUES(2,0,1,0,2,1,1,1.0,1.0,2,3785993219);
INSERT INTO "tally" VALUES(2,1,1,-4611686018427387904,1,1,3,6.0,14.0,2,8028557795);
INSERT INTO "tally" VALUES(2,1,1,-4611686018427387904,2,1,1,1.0,1.0,2,3785993219);
INSERT INTO "tally" VALUES(2,3,0,-4611686018427387904,0,-2,4,7.0,15.0,2,11814551014);
INSERT INTO "tally" VALUES(2,3,1,-4611686018427387904,0,1,4,7.0,15.0,2,11814551014);
CREATE UNIQUE INDEX response_superseded ON response (survey_id, "key", version, content) WHERE standing = 2;
CREATE INDEX response_by_time ON response (survey_id, responded_at, response_no, profile_no, standing);
CREATE UNIQUE INDEX response_current ON response (survey_id, "key") WHERE standing != 2;
CREATE INDEX response_not_counted ON response (survey_id, standing) WHERE standing != 0;
CREATE TRIGGER comment_words_leave AFTER DELETE ON comment BEGIN DELETE FROM comment_words WHERE rowid = (old.survey_id << 47) | (old.response_no << 12) | old.question_no; END;
CREATE INDEX ix_session_address ON session (address);
CREATE INDEX ix_passkey_address ON passkey (address);
CREATE INDEX look_by_survey ON look (survey, look_no);
CREATE INDEX circumstance_by_form ON circumstance (survey_id, form) WHERE form IS NOT NULL;
CREATE INDEX circumstance_by_reader_hash ON circumstance (survey_id, reader_hash) WHERE reader_hash IS NOT NULL;
CREATE INDEX circumstance_to_purge ON circumstance (survey_id, noted_at) WHERE form IS NOT NULL OR reader_hash IS NOT NULL OR network_hash IS NOT NULL OR referrer IS NOT NULL;
CREATE INDEX circumstance_by_network_hash ON circumstance (survey_id, network_hash) WHERE network_hash IS NOT NULL;
CREATE INDEX circumstance_by_account_hash ON circumstance (survey_id, account_hash) WHERE account_hash IS NOT NULL;
CREATE INDEX doubt_by_reason ON doubt (survey_id, reason);
PRAGMA writable_schema=OFF;
COMMIT;
