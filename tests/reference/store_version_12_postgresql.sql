CREATE TABLE about (
    name text NOT NULL,
    value text NOT NULL
);
CREATE TABLE account (
    address text NOT NULL,
    roles text NOT NULL,
    desks text NOT NULL,
    admitted_at bigint NOT NULL,
    admitted_by text NOT NULL
);
CREATE TABLE answer (
    survey_id integer NOT NULL,
    response_no bigint NOT NULL,
    question_no integer NOT NULL,
    choice_no integer NOT NULL
);
CREATE TABLE article_picture (
    survey_id integer NOT NULL,
    media_type text NOT NULL,
    content bytea NOT NULL,
    alt text NOT NULL,
    credit text NOT NULL,
    kept_at bigint NOT NULL
);
CREATE TABLE audit (
    survey_id integer NOT NULL,
    audit_no integer NOT NULL,
    at bigint NOT NULL,
    action text NOT NULL,
    rule text,
    responses bigint NOT NULL,
    done_by text,
    before text
);
CREATE TABLE banner (
    survey_id integer NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    kept_at bigint NOT NULL
);
CREATE TABLE circumstance (
    survey_id integer NOT NULL,
    response_no bigint NOT NULL,
    noted_at bigint NOT NULL,
    placement text,
    article_version text,
    referrer text,
    seconds integer,
    shown text,
    wording text,
    saw_results smallint NOT NULL,
    form bigint,
    reader_hash bigint,
    network_hash bigint,
    unverified text,
    account_hash bigint
);
CREATE TABLE code (
    survey_id integer NOT NULL,
    scope text NOT NULL,
    value text NOT NULL,
    number integer NOT NULL
);
CREATE TABLE comment (
    survey_id integer NOT NULL,
    response_no bigint NOT NULL,
    question_no integer NOT NULL,
    text text NOT NULL
);
CREATE TABLE comment_words (
    survey_id integer NOT NULL,
    response_no bigint NOT NULL,
    question_no integer NOT NULL,
    words tsvector NOT NULL
);
CREATE TABLE edition (
    survey_id integer NOT NULL,
    edition_no integer NOT NULL,
    made_at bigint NOT NULL,
    revision bigint NOT NULL,
    counted bigint NOT NULL,
    every text,
    content bytea
);
CREATE TABLE edition_pattern (
    survey_id integer NOT NULL,
    question text NOT NULL,
    edition_no integer NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE enrolment (
    link_hash text NOT NULL,
    address text NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint
);
CREATE TABLE erased (
    survey_id integer NOT NULL,
    tombstone text NOT NULL
);
CREATE TABLE figure (
    survey_id integer NOT NULL,
    figure_id text NOT NULL,
    query text NOT NULL,
    revision bigint NOT NULL,
    made_at bigint NOT NULL,
    drawn text NOT NULL,
    rows text NOT NULL,
    settled_at bigint,
    settled_revision bigint,
    settled_note text,
    settled_rows text
);
CREATE TABLE figure_file (
    survey_id integer NOT NULL,
    figure_id text NOT NULL,
    sha256 text NOT NULL,
    name text NOT NULL,
    made_at bigint NOT NULL
);
CREATE TABLE hidden_comment (
    survey_id integer NOT NULL,
    response_no bigint NOT NULL,
    question_no integer NOT NULL,
    hidden_at bigint NOT NULL,
    hidden_by text NOT NULL
);
CREATE TABLE import (
    survey_id integer NOT NULL,
    import_no integer NOT NULL,
    file text NOT NULL,
    started_at bigint NOT NULL,
    finished_at bigint,
    read bigint NOT NULL,
    stored bigint NOT NULL,
    duplicate bigint NOT NULL,
    quarantined bigint NOT NULL,
    rejected bigint NOT NULL
);
CREATE TABLE import_file (
    survey_id integer NOT NULL,
    import_no integer NOT NULL,
    content text NOT NULL
);
CREATE TABLE look (
    look_no bigint NOT NULL,
    at bigint NOT NULL,
    address text NOT NULL,
    action text NOT NULL,
    survey text,
    request text NOT NULL,
    chain text NOT NULL
);
CREATE TABLE passkey (
    credential_id text NOT NULL,
    address text NOT NULL,
    public_key bytea NOT NULL,
    counter bigint NOT NULL,
    made_at bigint NOT NULL,
    used_at bigint
);
CREATE TABLE pending (
    survey_id integer NOT NULL,
    pending_no bigint NOT NULL,
    grain smallint NOT NULL,
    question_no integer NOT NULL,
    period bigint NOT NULL,
    profile_no integer NOT NULL,
    choice_no integer NOT NULL,
    n bigint NOT NULL,
    w double precision NOT NULL,
    w2 double precision NOT NULL,
    fingerprint bigint NOT NULL,
    first_at bigint,
    last_at bigint
);
ALTER TABLE pending ALTER COLUMN pending_no ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pending_pending_no_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE profile (
    survey_id integer NOT NULL,
    profile_no integer NOT NULL,
    levels text NOT NULL
);
CREATE TABLE quarantine (
    survey_id integer NOT NULL,
    key text NOT NULL,
    line bigint NOT NULL,
    import_no integer NOT NULL,
    cells text NOT NULL,
    reasons text NOT NULL
);
CREATE TABLE response (
    survey_id integer NOT NULL,
    response_no bigint NOT NULL,
    key text NOT NULL,
    content bigint NOT NULL,
    profile_no integer NOT NULL,
    responded_at bigint,
    weight double precision NOT NULL,
    respondent text,
    consent text,
    standing smallint NOT NULL,
    rule text,
    version integer NOT NULL,
    import_no integer NOT NULL,
    received_at bigint
);
CREATE TABLE salt (
    survey_id integer NOT NULL,
    day integer NOT NULL,
    content bytea NOT NULL,
    made_at bigint NOT NULL
);
CREATE TABLE segment (
    survey_id integer NOT NULL,
    key text NOT NULL,
    definition text NOT NULL,
    changed_at bigint NOT NULL
);
CREATE TABLE session (
    token_hash text NOT NULL,
    address text NOT NULL,
    way text NOT NULL,
    made_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    ended_at bigint
);
CREATE TABLE signing_key (
    purpose text NOT NULL,
    key_no bigint NOT NULL,
    content bytea NOT NULL,
    made_at bigint NOT NULL
);
CREATE TABLE spent (
    secret_hash text NOT NULL,
    spent_at bigint NOT NULL
);
CREATE TABLE storm (
    survey_id integer NOT NULL,
    name text NOT NULL,
    source_of text NOT NULL,
    source text NOT NULL,
    since bigint NOT NULL,
    until bigint NOT NULL,
    answers bigint NOT NULL,
    decision text NOT NULL,
    set_aside bigint NOT NULL,
    decided_at bigint NOT NULL,
    decided_by text NOT NULL
);
CREATE TABLE doubt (
    survey_id integer NOT NULL,
    response_no bigint NOT NULL,
    reason text NOT NULL
);
CREATE TABLE watch (
    survey_id integer NOT NULL,
    watch_id text NOT NULL,
    address text NOT NULL,
    statistic text NOT NULL,
    choice text NOT NULL,
    least double precision NOT NULL,
    every text NOT NULL,
    owner text NOT NULL,
    recipients text NOT NULL,
    language text NOT NULL,
    made_at bigint NOT NULL,
    made_by text NOT NULL,
    paused_at bigint,
    state text NOT NULL,
    evaluated_at bigint,
    told text,
    told_at bigint,
    settled_at bigint
);
CREATE TABLE subscription (
    subscription_id text NOT NULL,
    what text NOT NULL,
    survey text,
    desk text,
    recipients text NOT NULL,
    language text NOT NULL,
    schedule text NOT NULL,
    time_zone text NOT NULL,
    owner text NOT NULL,
    made_at bigint NOT NULL,
    paused_at bigint
);
CREATE TABLE sending (
    subject text NOT NULL,
    period text NOT NULL,
    recipient text NOT NULL,
    claimed_at bigint NOT NULL,
    claimed_by text NOT NULL,
    sent_at bigint,
    message_id text NOT NULL,
    tries integer NOT NULL,
    fault text,
    perhaps_twice integer DEFAULT 0 NOT NULL
);
CREATE TABLE survey (
    survey_id integer NOT NULL,
    key text NOT NULL,
    definition text NOT NULL,
    revision bigint NOT NULL,
    next_response bigint NOT NULL,
    first_at bigint,
    last_at bigint,
    hot smallint DEFAULT '0'::smallint NOT NULL,
    removed_at bigint,
    removed_by text,
    purge_at bigint,
    purging_at bigint,
    purged_at bigint
);
CREATE TABLE survey_desk (
    survey_id integer NOT NULL,
    desk text NOT NULL
);
CREATE TABLE tally (
    survey_id integer NOT NULL,
    grain smallint NOT NULL,
    question_no integer NOT NULL,
    period bigint NOT NULL,
    profile_no integer NOT NULL,
    choice_no integer NOT NULL,
    n bigint NOT NULL,
    w double precision NOT NULL,
    w2 double precision NOT NULL,
    revision bigint NOT NULL,
    fingerprint bigint DEFAULT '0'::bigint NOT NULL,
    CONSTRAINT tally_never_negative CHECK ((n >= 0))
);
INSERT INTO about VALUES ('erasure_salt', 'd32ae3aee96a6a83cab17b9479e8db2d');
INSERT INTO about VALUES ('fieldwork/river', '{"hosts": ["https://paper.example"], "opens_at": null, "closes_at": null, "language": "en", "purpose": "For the article.", "notice_url": "", "notice_version": ""}');
INSERT INTO about VALUES ('last_look', '4 aea4db184dba44323e15c6d1cc074f8edaa3745746511d76ebf77278b0ad98a2');
INSERT INTO about VALUES ('schema_version', '12');
INSERT INTO account VALUES ('ada@paper.example', 'editor', 'city', 1764331200, 'command line');
INSERT INTO answer VALUES (1, 1, 1, 1);
INSERT INTO answer VALUES (1, 2, 1, 1);
INSERT INTO answer VALUES (1, 3, 1, 1);
INSERT INTO answer VALUES (1, 4, 1, 1);
INSERT INTO answer VALUES (1, 5, 1, 1);
INSERT INTO answer VALUES (1, 6, 1, 2);
INSERT INTO answer VALUES (1, 7, 1, 2);
INSERT INTO answer VALUES (1, 8, 1, 2);
INSERT INTO answer VALUES (1, 9, 1, 2);
INSERT INTO answer VALUES (1, 10, 1, 2);
INSERT INTO answer VALUES (1, 11, 1, 3);
INSERT INTO answer VALUES (1, 12, 1, 3);
INSERT INTO answer VALUES (2, 1, 1, 1);
INSERT INTO answer VALUES (2, 2, 1, 1);
INSERT INTO answer VALUES (2, 3, 1, 1);
INSERT INTO answer VALUES (2, 4, 1, 1);
INSERT INTO answer VALUES (1, 13, 1, 1);
INSERT INTO answer VALUES (1, 14, 1, 2);
INSERT INTO answer VALUES (1, 16, 1, 1);
INSERT INTO answer VALUES (1, 17, 1, 2);
INSERT INTO answer VALUES (1, 18, 1, 1);
INSERT INTO article_picture VALUES (1, 'image/png', '\x89504e470d0a1a0a2c20746865207269766572', 'The river at dawn', 'Ada', 1764331200);
INSERT INTO audit VALUES (1, 1, 1795867200, 'erased', NULL, 1, NULL, NULL);
INSERT INTO audit VALUES (1, 2, 1764331200, 'comment hidden', NULL, 1, 'Ada', NULL);
INSERT INTO audit VALUES (2, 1, 1764331200, 'removed', NULL, 4, 'Ada', NULL);
INSERT INTO banner VALUES (1, 'By age', 'groups=age', 1764331200);
INSERT INTO circumstance VALUES (1, 18, 1748779200, 'foot', NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, 'old', 7);
INSERT INTO code VALUES (1, 'question', 'move', 1);
INSERT INTO code VALUES (1, 'question', 'trust', 2);
INSERT INTO code VALUES (1, 'question', 'needs', 3);
INSERT INTO code VALUES (1, 'dimension', 'age', 1);
INSERT INTO code VALUES (1, 'dimension', 'sex', 2);
INSERT INTO code VALUES (1, 'dimension', 'by', 3);
INSERT INTO code VALUES (1, 'choice/move', 'Yes', 1);
INSERT INTO code VALUES (1, 'choice/move', 'No', 2);
INSERT INTO code VALUES (1, 'choice/move', 'Unsure', 3);
INSERT INTO code VALUES (1, 'choice/trust', '1', 1);
INSERT INTO code VALUES (1, 'choice/trust', '2', 2);
INSERT INTO code VALUES (1, 'choice/trust', '3', 3);
INSERT INTO code VALUES (1, 'choice/trust', '4', 4);
INSERT INTO code VALUES (1, 'choice/trust', '5', 5);
INSERT INTO code VALUES (1, 'choice/trust', '?', 6);
INSERT INTO code VALUES (1, 'choice/needs', 'Bank', 1);
INSERT INTO code VALUES (1, 'choice/needs', 'Boats', 2);
INSERT INTO code VALUES (1, 'choice/needs', 'Bridge', 3);
INSERT INTO code VALUES (1, 'level/age', '18-29', 1);
INSERT INTO code VALUES (1, 'level/age', '30-59', 2);
INSERT INTO code VALUES (1, 'level/age', '60+', 3);
INSERT INTO code VALUES (1, 'level/sex', 'F', 1);
INSERT INTO code VALUES (1, 'level/sex', 'M', 2);
INSERT INTO code VALUES (1, 'level/by', 'bike', 1);
INSERT INTO code VALUES (1, 'level/by', 'foot', 2);
INSERT INTO code VALUES (2, 'question', 'move', 1);
INSERT INTO code VALUES (2, 'question', 'trust', 2);
INSERT INTO code VALUES (2, 'question', 'needs', 3);
INSERT INTO code VALUES (2, 'dimension', 'age', 1);
INSERT INTO code VALUES (2, 'dimension', 'sex', 2);
INSERT INTO code VALUES (2, 'choice/move', 'Yes', 1);
INSERT INTO code VALUES (2, 'choice/move', 'No', 2);
INSERT INTO code VALUES (2, 'choice/move', 'Unsure', 3);
INSERT INTO code VALUES (2, 'choice/trust', '1', 1);
INSERT INTO code VALUES (2, 'choice/trust', '2', 2);
INSERT INTO code VALUES (2, 'choice/trust', '3', 3);
INSERT INTO code VALUES (2, 'choice/trust', '4', 4);
INSERT INTO code VALUES (2, 'choice/trust', '5', 5);
INSERT INTO code VALUES (2, 'choice/trust', '?', 6);
INSERT INTO code VALUES (2, 'choice/needs', 'Bank', 1);
INSERT INTO code VALUES (2, 'choice/needs', 'Boats', 2);
INSERT INTO code VALUES (2, 'choice/needs', 'Bridge', 3);
INSERT INTO code VALUES (2, 'level/age', '18-29', 1);
INSERT INTO code VALUES (2, 'level/age', '30-59', 2);
INSERT INTO code VALUES (2, 'level/age', '60+', 3);
INSERT INTO code VALUES (2, 'level/sex', 'F', 1);
INSERT INTO code VALUES (2, 'level/sex', 'M', 2);
INSERT INTO comment VALUES (1, 13, 0, 'A bridge, please.');
INSERT INTO comment VALUES (1, 14, 0, 'No bridge.');
INSERT INTO comment_words VALUES (1, 13, 0, '''a'' ''bridge'' ''please''');
INSERT INTO comment_words VALUES (1, 14, 0, '''bridge'' ''no''');
INSERT INTO edition VALUES (1, 1, 1764331200, 12, 60, 'day', '\x73756d73');
INSERT INTO edition_pattern VALUES (1, 'move', 1, '\x68696464656e');
INSERT INTO spent VALUES ('e7c4db9900e030238c6696ed0535a386a66aef8d7999d9502b462a721a30153d', 1764331200);
INSERT INTO storm VALUES (1, 'The forum', 'referrer', 'forum.example', 1748700000, 1748703600, 3, 'watched', 0, 1764331200, 'Ada');
INSERT INTO storm VALUES (1, 'The links', 'referrer/2', 'links.example', 1748700000, 1748786400, 5, 'kept', 0, 1764331200, 'Ada');
INSERT INTO storm VALUES (1, ' 000000', 'channel/3/7/34', 'Search', 1748700000, 1748786400, 41, 'open', 0, 1764331200, '');
INSERT INTO storm VALUES (1, ' 000001', '/0/0/25', '', 1748700000, 1748703600, 25, 'open', 0, 1764331200, '');
INSERT INTO watch VALUES (1, 'w-one', '[["survey", "river"], ["question", "move"]]', 'share', 'Yes',3.0, 'hour', 'Ada', '["a@b.example"]', 'en',1764331200, 'Ada',NULL, '{}',NULL,NULL,NULL,NULL);
INSERT INTO enrolment VALUES ('e00f86794faa977cbbdee8c458355f15b5f11798827ba1963c6762d538fd48dd', 'ada@paper.example', 1764332100, 1764331200);
INSERT INTO doubt VALUES (1, 1, 'fast');
INSERT INTO erased VALUES (1, 'd6bf076b2ebf08a9411168e96fc795e5');
INSERT INTO figure VALUES (1, 'f-aaaaaaaaaaa2', '[["survey", "river"], ["question", "move"], ["view", "topline"], ["where.age", "18-29"], ["where.age", "60+"], ["where.by", "bike"], ["where.move", "Yes"], ["since", "2025-10-26T02:00+02:00"], ["until", "2025-11-01"], ["weighting", "base"], ["standing", "first"]]', 1, 1748779200, '{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}', '[{"question": "move", "statistic": "share", "choice": "Yes", "choice_label": "Yes", "period": null, "base_n": 12, "share": 0.41, "value": 0.41, "low": 0.2, "high": 0.65, "suppressed": false, "reason": null}]', NULL, NULL, NULL, NULL);
INSERT INTO figure VALUES (1, 'f-aaaaaaaaaaa4', '[["survey", "river"], ["question", "move"], ["view", "gaps"], ["with", "public"], ["poll", "0"], ["where.sex", "F"], ["weighting", "none"]]', 1, 1748779200, '{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}', '[{"choice": "Yes", "choice_label": "Yes", "value": 0.41, "low": 0.30999999999999994, "high": 0.51, "base_n": 12, "against_value": 0.33, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}, {"choice": "No", "choice_label": "No", "value": 0.46, "low": 0.36, "high": 0.56, "base_n": 12, "against_value": 0.67, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}]', NULL, NULL, NULL, NULL);
INSERT INTO figure VALUES (1, 'f-aaaaaaaaaaa5', '[["survey", "river"], ["question", "move"], ["view", "gaps"], ["with", "public"], ["poll", "0"], ["weighting", "base"]]', 1, 1748779200, '{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}', '[{"choice": "Yes", "choice_label": "Yes", "value": 0.41, "low": 0.30999999999999994, "high": 0.51, "base_n": 12, "against_value": null, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": true, "reason": null}, {"choice": "No", "choice_label": "No", "value": 0.46, "low": 0.36, "high": 0.56, "base_n": 12, "against_value": null, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": true, "reason": null}]', NULL, NULL, NULL, NULL);
INSERT INTO figure VALUES (1, 'f-aaaaaaaaaaa6', '[["survey", "river"], ["question", "move"], ["view", "trend"], ["by", "age"], ["every", "hour"], ["line", "=Yes"], ["window", "3"], ["where.gone", "x"], ["weighting", "none"], ["min_base", "5"]]', 1, 1748779200, '{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}', '[{"question": "move", "statistic": "share", "choice": "Yes", "choice_label": "Yes", "period": null, "base_n": 12, "share": 0.41, "value": 0.41, "low": 0.2, "high": 0.65, "suppressed": false, "reason": null}]', NULL, NULL, NULL, NULL);
INSERT INTO figure VALUES (1, 'f-aaaaaaaaaaa3', '[["survey", "river"], ["question", "move"], ["view", "gaps"], ["with", "public"], ["poll", "2025-05-01/2025-05-03 Wave Institute"], ["weighting", "none"]]', 1, 1748779200, '{"title": "The river", "subtitle": "Move?", "caption": "Zo\u00eb", "alt": "", "spec": {"data": [], "layout": {}}}', '[{"choice": "Yes", "choice_label": "Yes", "value": 0.41, "low": 0.30999999999999994, "high": 0.51, "base_n": 12, "against_value": 0.6, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}, {"choice": "No", "choice_label": "No", "value": 0.46, "low": 0.36, "high": 0.56, "base_n": 12, "against_value": 0.4, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}]', 1748779200, 1, 'Corrected', '[{"choice": "Yes", "choice_label": "Yes", "value": 0.41, "low": 0.30999999999999994, "high": 0.51, "base_n": 12, "against_value": 0.6, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}, {"choice": "No", "choice_label": "No", "value": 0.46, "low": 0.36, "high": 0.56, "base_n": 12, "against_value": 0.4, "against_low": null, "against_high": null, "against_base_n": 1000, "suppressed": false, "reason": null}]');
INSERT INTO figure_file VALUES (1, 'f-aaaaaaaaaaa2', '0000000000000000000000000000000000000000000000000000000000000000', 'f-aaaaaaaaaaa2.png', 1748779200);
INSERT INTO figure_file VALUES (1, 'f-aaaaaaaaaaa3', '1111111111111111111111111111111111111111111111111111111111111111', 'f-aaaaaaaaaaa3.png', 1748779200);
INSERT INTO figure_file VALUES (1, 'f-aaaaaaaaaaa4', '2222222222222222222222222222222222222222222222222222222222222222', 'f-aaaaaaaaaaa4.png', 1748779200);
INSERT INTO figure_file VALUES (1, 'f-aaaaaaaaaaa5', '3333333333333333333333333333333333333333333333333333333333333333', 'f-aaaaaaaaaaa5.png', 1748779200);
INSERT INTO figure_file VALUES (1, 'f-aaaaaaaaaaa6', '4444444444444444444444444444444444444444444444444444444444444444', 'f-aaaaaaaaaaa6.png', 1748779200);
INSERT INTO hidden_comment VALUES (1, 14, 0, 1764331200, 'Ada');
INSERT INTO import VALUES (1, 1, 'readers.csv', 1748779200, 1748779200, 12, 12, 0, 0, 0);
INSERT INTO import VALUES (2, 1, 'readers.csv', 1748779200, 1748779200, 4, 4, 0, 0, 0);
INSERT INTO look VALUES (1, 1764331200, 'command line', 'admitted', NULL, 'ada@paper.example: editor desk=city', '3ac29a9cec5f2d0b712627fdb93e89881a75e5a77ff92457e5b1533cf5027983');
INSERT INTO look VALUES (2, 1764331200, 'ada@paper.example', 'signed in', NULL, 'passkey', 'a39e8c8922c6570c33c7dd3fdad1b0402e04f31bb776ff7c363ae989813f5b3f');
INSERT INTO look VALUES (3, 1764331200, 'ada@paper.example', 'enrolled a passkey', NULL, '', '61715084829633de9c9e173b6f1f633675ce0c9b85575539788a28e6d3e9edaa');
INSERT INTO look VALUES (4, 1764331200, 'ada@paper.example', 'comments', 'river', '', 'aea4db184dba44323e15c6d1cc074f8edaa3745746511d76ebf77278b0ad98a2');
INSERT INTO passkey VALUES ('credential-1', 'ada@paper.example', '\x7075626c6963', 0, 1764331200, NULL);
INSERT INTO profile VALUES (1, 1, '[1,-1,1]');
INSERT INTO profile VALUES (1, 2, '[2,-1,1]');
INSERT INTO profile VALUES (1, 3, '[3,-1,1]');
INSERT INTO profile VALUES (2, 1, '[1,-1]');
INSERT INTO profile VALUES (2, 2, '[2,-1]');
INSERT INTO profile VALUES (1, 4, '[1,-1,-1]');
INSERT INTO profile VALUES (1, 5, '[3,-1,-1]');
INSERT INTO profile VALUES (1, 6, '[-1,-1,-1]');
INSERT INTO response VALUES (1, 1, 'id:0', -3513297930414734836, 1, NULL, 1, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 2, 'id:1', 5267261008857257271, 1, NULL, 2, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 3, 'id:2', 764112730893080041, 1, NULL, 3, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 4, 'id:3', 4747449864201506778, 2, NULL, 1, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 5, 'id:4', 190858443155420268, 3, NULL, 3, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 6, 'id:5', 8231600276228460747, 1, NULL, 2, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 7, 'id:6', 38208200913188509, 2, NULL, 3, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 8, 'id:7', 4692333108346772959, 3, NULL, 1, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 9, 'id:8', 5797943936549260600, 3, NULL, 2, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 10, 'id:9', 6118353030297228368, 3, NULL, 3, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 11, 'id:10', -9048953177431648488, 2, NULL, 1, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 12, 'id:11', -5191508095985468492, 3, NULL, 2, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (2, 1, 'id:0', -7731613019437626801, 1, NULL, 1, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (2, 2, 'id:1', 5457538329675169590, 1, NULL, 2, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (2, 3, 'id:2', 5350953624565810116, 1, NULL, 3, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (2, 4, 'id:3', -1465827992419567306, 2, NULL, 1, NULL, NULL, 0, NULL, 1, 1, NULL);
INSERT INTO response VALUES (1, 13, 'id:300', -4935243647241880254, 4, NULL, 1, NULL, NULL, 0, NULL, 1, 0, NULL);
INSERT INTO response VALUES (1, 14, 'id:301', -3727247854331722075, 5, NULL, 1, NULL, NULL, 0, NULL, 1, 0, NULL);
INSERT INTO response VALUES (1, 16, 'id:live-1', 6434990947235233370, 6, 1764331200, 1, NULL, NULL, 2, NULL, 1, 0, 1764331200);
INSERT INTO response VALUES (1, 17, 'id:live-1', 3975698371201661538, 6, 1764331200, 1, NULL, NULL, 0, NULL, 2, 0, 1764331200);
INSERT INTO response VALUES (1, 18, 'id:late', 5652245481530113261, 6, NULL, 1, NULL, NULL, 3, 'old', 1, 0, 1748779200);
INSERT INTO segment VALUES (1, 'young', '{"key": "young", "name": "Young readers", "description": "", "where": [["age", ["18-29"]]], "since": null, "until": null, "standing": "counted"}', 1795867200);
INSERT INTO session VALUES ('39e6af2aa1adbd0a211cee342a87ecba9618fcdde4398433f9c8f22b3bd848a3', 'ada@paper.example', 'passkey', 1764331200, 1764331200, NULL);
INSERT INTO signing_key VALUES ('session', 1, '\xff71accfae2aa18c4a7aa12d96edd295f82518efbcffd01b593ef508d6a4c021', 1764331200);
INSERT INTO survey VALUES (2, 'bridge', '{"key": "bridge", "title": "The bridge", "time_zone": "Europe/Berlin", "questions": [{"key": "move", "text": "Should the library move?", "kind": "single", "column": "move", "choices": [{"value": "Yes", "label": "Yes", "score": null, "values": ["Yes"]}, {"value": "No", "label": "No", "score": null, "values": ["No"]}, {"value": "Unsure", "label": "Unsure", "score": null, "values": ["Unsure"]}], "found": false, "missing": [], "asked_if": [], "nets": [{"key": "net", "label": "Yes minus no", "plus": ["Yes"], "minus": ["No"]}, {"key": "some", "label": "Any view", "plus": ["Yes", "No"], "minus": []}], "separator": null, "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}, {"key": "trust", "text": "How far do you trust the council?", "kind": "scale", "column": "trust", "choices": [{"value": "1", "label": "Step 1", "score": 1.0, "values": ["1"]}, {"value": "2", "label": "Step 2", "score": 2.0, "values": ["2"]}, {"value": "3", "label": "Step 3", "score": 3.0, "values": ["3"]}, {"value": "4", "label": "Step 4", "score": 4.0, "values": ["4"]}, {"value": "5", "label": "Step 5", "score": 5.0, "values": ["5"]}, {"value": "?", "label": "Cannot say", "score": null, "values": ["?"]}], "found": false, "missing": [], "asked_if": [], "nets": [], "separator": null, "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}, {"key": "needs", "text": "What does the river need?", "kind": "multiple", "column": "needs", "choices": [{"value": "Bank", "label": "Bank", "score": null, "values": ["Bank"]}, {"value": "Boats", "label": "Boats", "score": null, "values": ["Boats"]}, {"value": "Bridge", "label": "Bridge", "score": null, "values": ["Bridge"]}], "found": false, "missing": [], "asked_if": [], "nets": [], "separator": "; ", "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}], "dimensions": [{"key": "age", "label": "Age", "column": "age", "levels": [{"value": "18-29", "label": "18-29", "values": ["18-29"]}, {"value": "30-59", "label": "30-59", "values": ["30-59"]}, {"value": "60+", "label": "60+", "values": ["60+"]}], "bands": [], "found": false, "missing": []}, {"key": "sex", "label": "Sex", "column": "sex", "levels": [{"value": "F", "label": "Women", "values": ["F"]}, {"value": "M", "label": "Men", "values": ["M"]}], "bands": [], "found": false, "missing": []}], "columns": {"response": "id", "respondent": null, "responded_at": "at", "responded_at_format": null, "wave": null, "weight": "w", "comment": null, "consent": null, "channel": null, "comment_missing": [], "consent_given": [], "own_clock": false}, "article": null, "events": [], "opens": null, "closes": null, "population": null, "sponsor": null, "conducted_by": null, "mode": null, "simulated": false, "sample": "self-selected", "min_base": 5, "weighting": {"method": "rake", "trim": null, "per": "survey", "tolerance": 1e-09}, "targets": [], "benchmarks": [], "known_by": [], "source": null, "file": {"tool": null, "encoding": null, "leave_out": [], "renamed": [], "said": [], "sheet": null, "separator": null, "heading": null, "decimal": null, "numbers": []}, "language": null, "frame": null, "closed_at": null, "edited": [], "labels": []}', 4, 5, NULL, NULL, 0, 1764331200, 'Ada', 4917931200, NULL, NULL);
INSERT INTO survey VALUES (1, 'river', '{"key": "river", "title": "The river", "time_zone": "Europe/Berlin", "questions": [{"key": "move", "text": "Should the library move?", "kind": "single", "column": "move", "choices": [{"value": "Yes", "label": "Yes", "score": null, "values": ["Yes"]}, {"value": "No", "label": "No", "score": null, "values": ["No"]}, {"value": "Unsure", "label": "Unsure", "score": null, "values": ["Unsure"]}], "found": false, "missing": [], "asked_if": [], "nets": [{"key": "net", "label": "Yes minus no", "plus": ["Yes"], "minus": ["No"]}, {"key": "some", "label": "Any view", "plus": ["Yes", "No"], "minus": []}], "separator": null, "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}, {"key": "trust", "text": "How far do you trust the council?", "kind": "scale", "column": "trust", "choices": [{"value": "1", "label": "Step 1", "score": 1.0, "values": ["1"]}, {"value": "2", "label": "Step 2", "score": 2.0, "values": ["2"]}, {"value": "3", "label": "Step 3", "score": 3.0, "values": ["3"]}, {"value": "4", "label": "Step 4", "score": 4.0, "values": ["4"]}, {"value": "5", "label": "Step 5", "score": 5.0, "values": ["5"]}, {"value": "?", "label": "Cannot say", "score": null, "values": ["?"]}], "found": false, "missing": [], "asked_if": [], "nets": [], "separator": null, "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}, {"key": "needs", "text": "What does the river need?", "kind": "multiple", "column": "needs", "choices": [{"value": "Bank", "label": "Bank", "score": null, "values": ["Bank"]}, {"value": "Boats", "label": "Boats", "score": null, "values": ["Boats"]}, {"value": "Bridge", "label": "Bridge", "score": null, "values": ["Bridge"]}], "found": false, "missing": [], "asked_if": [], "nets": [], "separator": "; ", "columns": [], "selected": [], "not_selected": [], "changes": [], "wording": null}], "dimensions": [{"key": "age", "label": "Age", "column": "age", "levels": [{"value": "18-29", "label": "18-29", "values": ["18-29"]}, {"value": "30-59", "label": "30-59", "values": ["30-59"]}, {"value": "60+", "label": "60+", "values": ["60+"]}], "bands": [], "found": false, "missing": []}, {"key": "sex", "label": "Sex", "column": "sex", "levels": [{"value": "F", "label": "Women", "values": ["F"]}, {"value": "M", "label": "Men", "values": ["M"]}], "bands": [], "found": false, "missing": []}, {"key": "by", "label": "Came by", "column": "by", "levels": [{"value": "bike", "label": "Bike", "values": ["bike"]}, {"value": "foot", "label": "Foot", "values": ["foot"]}], "bands": [], "found": false, "missing": []}], "columns": {"response": "id", "respondent": null, "responded_at": "at", "responded_at_format": null, "wave": null, "weight": "w", "comment": null, "consent": null, "channel": null, "comment_missing": [], "consent_given": [], "own_clock": false}, "article": null, "events": [], "opens": null, "closes": null, "population": null, "sponsor": null, "conducted_by": null, "mode": null, "simulated": false, "sample": "self-selected", "min_base": 5, "weighting": {"method": "rake", "trim": null, "per": "survey", "tolerance": 1e-09}, "targets": [], "benchmarks": [{"question": "move", "source": "Old House", "wording": "Move?", "first": "2025-04-01", "last": "2025-04-02", "shares": [["Yes", 0.2], ["No", 0.8]], "population": "All", "base_n": 500, "answers": [], "added": true}, {"question": "move", "source": "Wave Institute", "wording": "Move?", "first": "2025-05-01", "last": "2025-05-03", "shares": [["Yes", 0.6], ["No", 0.4]], "population": "All", "base_n": 1000, "answers": [], "added": false}], "known_by": [], "source": null, "file": {"tool": null, "encoding": null, "leave_out": [], "renamed": [], "said": [], "sheet": null, "separator": null, "heading": null, "decimal": null, "numbers": []}, "language": null, "frame": null, "closed_at": null, "edited": [], "labels": []}', 11, 19, 1764331200, 1764331200, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO survey_desk VALUES (1, 'city');
INSERT INTO tally VALUES (1, 0, 0, 0, 1, -2, 4, 8, 18, 2, 12636754598);
INSERT INTO tally VALUES (1, 0, 0, 0, 2, -2, 3, 5, 11, 2, 7115678329);
INSERT INTO tally VALUES (1, 0, 0, 0, 3, -2, 5, 11, 27, 2, 12098563156);
INSERT INTO tally VALUES (1, 0, 1, 0, 1, 1, 3, 6, 14, 2, 8616099465);
INSERT INTO tally VALUES (1, 0, 1, 0, 1, 2, 1, 2, 4, 2, 4020655133);
INSERT INTO tally VALUES (1, 0, 1, 0, 2, 1, 1, 1, 1, 2, 3646380965);
INSERT INTO tally VALUES (1, 0, 1, 0, 2, 2, 1, 3, 9, 2, 40388789);
INSERT INTO tally VALUES (1, 0, 1, 0, 2, 3, 1, 1, 1, 2, 3428908575);
INSERT INTO tally VALUES (1, 0, 1, 0, 3, 1, 1, 3, 9, 2, 672113874);
INSERT INTO tally VALUES (1, 0, 1, 0, 3, 2, 3, 6, 14, 2, 7973704242);
INSERT INTO tally VALUES (1, 0, 1, 0, 3, 3, 1, 2, 4, 2, 3452745040);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 1, 1, 3, 6, 14, 2, 8616099465);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 1, 2, 1, 2, 4, 2, 4020655133);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 2, 1, 1, 1, 1, 2, 3646380965);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 2, 2, 1, 3, 9, 2, 40388789);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 2, 3, 1, 1, 1, 2, 3428908575);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 3, 1, 1, 3, 9, 2, 672113874);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 3, 2, 3, 6, 14, 2, 7973704242);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 3, 3, 1, 2, 4, 2, 3452745040);
INSERT INTO tally VALUES (1, 3, 1, -4611686018427387904, 0, 3, 2, 3, 5, 2, 6881653615);
INSERT INTO tally VALUES (2, 0, 0, 0, 1, -2, 3, 6, 14, 2, 8028557795);
INSERT INTO tally VALUES (2, 0, 0, 0, 2, -2, 1, 1, 1, 2, 3785993219);
INSERT INTO tally VALUES (2, 0, 1, 0, 1, 1, 3, 6, 14, 2, 8028557795);
INSERT INTO tally VALUES (2, 0, 1, 0, 2, 1, 1, 1, 1, 2, 3785993219);
INSERT INTO tally VALUES (2, 1, 1, -4611686018427387904, 1, 1, 3, 6, 14, 2, 8028557795);
INSERT INTO tally VALUES (2, 1, 1, -4611686018427387904, 2, 1, 1, 1, 1, 2, 3785993219);
INSERT INTO tally VALUES (2, 3, 0, -4611686018427387904, 0, -2, 4, 7, 15, 2, 11814551014);
INSERT INTO tally VALUES (2, 3, 1, -4611686018427387904, 0, 1, 4, 7, 15, 2, 11814551014);
INSERT INTO tally VALUES (1, 0, 0, 0, 4, -2, 1, 1, 1, 4, 3181806415);
INSERT INTO tally VALUES (1, 0, 1, 0, 4, 1, 1, 1, 1, 4, 3181806415);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 4, 1, 1, 1, 1, 4, 3181806415);
INSERT INTO tally VALUES (1, 3, 1, -4611686018427387904, 0, 1, 6, 11, 25, 4, 16116400719);
INSERT INTO tally VALUES (1, 0, 0, 0, 5, -2, 1, 1, 1, 7, 3372130678);
INSERT INTO tally VALUES (1, 0, 1, 0, 5, 2, 1, 1, 1, 7, 3372130678);
INSERT INTO tally VALUES (1, 1, 1, -4611686018427387904, 5, 2, 1, 1, 1, 7, 3372130678);
INSERT INTO tally VALUES (1, 3, 0, -4611686018427387904, 0, -2, 14, 26, 58, 7, 38404933176);
INSERT INTO tally VALUES (1, 3, 1, -4611686018427387904, 0, 2, 6, 12, 28, 7, 15406878842);
INSERT INTO tally VALUES (1, 0, 0, 0, 6, -2, 1, 1, 1, 10, 2327740152);
INSERT INTO tally VALUES (1, 0, 1, 0, 6, 2, 1, 1, 1, 10, 2327740152);
INSERT INTO tally VALUES (1, 1, 1, 20420, 6, 2, 1, 1, 1, 10, 2327740152);
INSERT INTO tally VALUES (1, 3, 0, 20420, 0, -2, 1, 1, 1, 10, 2327740152);
INSERT INTO tally VALUES (1, 3, 1, 20420, 0, 2, 1, 1, 1, 10, 2327740152);
SELECT pg_catalog.setval('pending_pending_no_seq', 1, false);
ALTER TABLE ONLY about
    ADD CONSTRAINT about_pkey PRIMARY KEY (name);
ALTER TABLE ONLY account
    ADD CONSTRAINT account_pkey PRIMARY KEY (address);
ALTER TABLE ONLY answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (survey_id, response_no, question_no, choice_no);
ALTER TABLE ONLY article_picture
    ADD CONSTRAINT article_picture_pkey PRIMARY KEY (survey_id);
ALTER TABLE ONLY audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (survey_id, audit_no);
ALTER TABLE ONLY banner
    ADD CONSTRAINT banner_pkey PRIMARY KEY (survey_id, name);
ALTER TABLE ONLY circumstance
    ADD CONSTRAINT circumstance_pkey PRIMARY KEY (survey_id, response_no);
ALTER TABLE ONLY code
    ADD CONSTRAINT code_pkey PRIMARY KEY (survey_id, scope, value);
ALTER TABLE ONLY comment
    ADD CONSTRAINT comment_pkey PRIMARY KEY (survey_id, response_no, question_no);
ALTER TABLE ONLY comment_words
    ADD CONSTRAINT comment_words_pkey PRIMARY KEY (survey_id, response_no, question_no);
ALTER TABLE ONLY edition
    ADD CONSTRAINT edition_pkey PRIMARY KEY (survey_id, edition_no);
ALTER TABLE ONLY edition_pattern
    ADD CONSTRAINT edition_pattern_pkey PRIMARY KEY (survey_id, question);
ALTER TABLE ONLY spent
    ADD CONSTRAINT spent_pkey PRIMARY KEY (secret_hash);
ALTER TABLE ONLY storm
    ADD CONSTRAINT storm_pkey PRIMARY KEY (survey_id, name);
ALTER TABLE ONLY sending
    ADD CONSTRAINT sending_pkey PRIMARY KEY (subject, period, recipient);
ALTER TABLE ONLY subscription
    ADD CONSTRAINT subscription_pkey PRIMARY KEY (subscription_id);
ALTER TABLE ONLY doubt
    ADD CONSTRAINT doubt_pkey PRIMARY KEY (survey_id, response_no, reason);
ALTER TABLE ONLY watch
    ADD CONSTRAINT watch_pkey PRIMARY KEY (survey_id, watch_id);
ALTER TABLE ONLY enrolment
    ADD CONSTRAINT enrolment_pkey PRIMARY KEY (link_hash);
ALTER TABLE ONLY erased
    ADD CONSTRAINT erased_pkey PRIMARY KEY (survey_id, tombstone);
ALTER TABLE ONLY figure_file
    ADD CONSTRAINT figure_file_pkey PRIMARY KEY (survey_id, figure_id, sha256);
ALTER TABLE ONLY figure
    ADD CONSTRAINT figure_pkey PRIMARY KEY (survey_id, figure_id);
ALTER TABLE ONLY hidden_comment
    ADD CONSTRAINT hidden_comment_pkey PRIMARY KEY (survey_id, response_no, question_no);
ALTER TABLE ONLY import_file
    ADD CONSTRAINT import_file_pkey PRIMARY KEY (survey_id, import_no);
ALTER TABLE ONLY import
    ADD CONSTRAINT import_pkey PRIMARY KEY (survey_id, import_no);
ALTER TABLE ONLY look
    ADD CONSTRAINT look_pkey PRIMARY KEY (look_no);
ALTER TABLE ONLY passkey
    ADD CONSTRAINT passkey_pkey PRIMARY KEY (credential_id);
ALTER TABLE ONLY pending
    ADD CONSTRAINT pending_pkey PRIMARY KEY (survey_id, pending_no);
ALTER TABLE ONLY profile
    ADD CONSTRAINT profile_pkey PRIMARY KEY (survey_id, profile_no);
ALTER TABLE ONLY profile
    ADD CONSTRAINT profile_survey_id_levels_key UNIQUE (survey_id, levels);
ALTER TABLE ONLY quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (survey_id, key, line);
ALTER TABLE ONLY response
    ADD CONSTRAINT response_pkey PRIMARY KEY (survey_id, response_no);
ALTER TABLE ONLY salt
    ADD CONSTRAINT salt_pkey PRIMARY KEY (survey_id, day);
ALTER TABLE ONLY segment
    ADD CONSTRAINT segment_pkey PRIMARY KEY (survey_id, key);
ALTER TABLE ONLY session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY (purpose, key_no);
ALTER TABLE ONLY survey_desk
    ADD CONSTRAINT survey_desk_pkey PRIMARY KEY (survey_id, desk);
ALTER TABLE ONLY survey
    ADD CONSTRAINT survey_key_key UNIQUE (key);
ALTER TABLE ONLY survey
    ADD CONSTRAINT survey_pkey PRIMARY KEY (survey_id);
ALTER TABLE ONLY tally
    ADD CONSTRAINT tally_pkey PRIMARY KEY (survey_id, grain, question_no, period, profile_no, choice_no);
CREATE INDEX circumstance_by_account_hash ON circumstance USING btree (survey_id, account_hash) WHERE (account_hash IS NOT NULL);
CREATE INDEX circumstance_by_form ON circumstance USING btree (survey_id, form) WHERE (form IS NOT NULL);
CREATE INDEX circumstance_by_network_hash ON circumstance USING btree (survey_id, network_hash) WHERE (network_hash IS NOT NULL);
CREATE INDEX circumstance_by_reader_hash ON circumstance USING btree (survey_id, reader_hash) WHERE (reader_hash IS NOT NULL);
CREATE INDEX circumstance_to_purge ON circumstance USING btree (survey_id, noted_at) WHERE ((form IS NOT NULL) OR (reader_hash IS NOT NULL) OR (network_hash IS NOT NULL) OR (referrer IS NOT NULL));
CREATE INDEX comment_words_by_word ON comment_words USING gin (words);
CREATE INDEX doubt_by_reason ON doubt USING btree (survey_id, reason);
CREATE INDEX ix_passkey_address ON passkey USING btree (address);
CREATE INDEX ix_session_address ON session USING btree (address);
CREATE INDEX look_by_survey ON look USING btree (survey, look_no);
CREATE INDEX response_by_time ON response USING btree (survey_id, responded_at, response_no, profile_no, standing);
CREATE UNIQUE INDEX response_current ON response USING btree (survey_id, key) WHERE (standing <> 2);
CREATE INDEX response_not_counted ON response USING btree (survey_id, standing) WHERE (standing <> 0);
CREATE UNIQUE INDEX response_superseded ON response USING btree (survey_id, key, version, content) WHERE (standing = 2);
ALTER TABLE ONLY comment_words
    ADD CONSTRAINT comment_words_survey_id_response_no_question_no_fkey FOREIGN KEY (survey_id, response_no, question_no) REFERENCES comment(survey_id, response_no, question_no) ON DELETE CASCADE;
