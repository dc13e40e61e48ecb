"""The second pair of eyes on a question: it notices what pushes readers, and lets plain questions pass."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from analytics.collect.wording import REASONS, remarks
from analytics.imports.definition.survey import read_definition
from analytics.language.said import speaking
from analytics.model import Choice, Question
from tests.conftest import ROOT

YES, JA = ("Yes", "No", "Unsure"), ("Ja", "Nein", "Weiß nicht")
PUSHING = [
    ("premise", "Should the U.S. pressure Ukraine to accept a ceasefire, even without Russian concessions?", YES),
    ("premise", "Despite record profits, should banks be allowed to raise fees?", YES),
    ("premise", "Given that rents have doubled, should the council cap them?", YES),
    ("premise", "Sollte die Stadt bauen, obwohl das Geld fehlt?", JA),
    ("premise", "Sollen die USA eine Waffenruhe fordern, auch ohne Zugeständnisse?", JA),
    ("premise", "Sollte angesichts der Krise gespart werden?", JA),
    ("leading", "Don't you think the mayor should resign?", YES),
    ("leading", "Should the reckless plan go ahead?", YES),
    ("leading", "Surely the bridge should be closed to cars?", YES),
    ("leading", "Do you agree that taxes are too high?", YES),
    ("leading", "Finden Sie nicht, dass der Bürgermeister gehen sollte?", JA),
    ("leading", "Sollte die Stadt endlich handeln?", JA),
    ("leading", "Was halten Sie von der sogenannten Reform?", JA),
    ("two in one", "Should the city build the bridge and close the harbour?", YES),
    ("two in one", "How satisfied are you with the price and quality of school meals?", YES),
    ("two in one", "Sind Sie mit Preis und Qualität des Schulessens zufrieden?", JA),
    ("two in one", "Is the council leader a capable and honest person?", YES),
    ("two in one", "How far do you rate the quality of food and service?", YES),
    ("two in one", "Do you have confidence in judges and police?", YES),
    ("negated", "Should the government not ban phones in schools?", YES),
    ("negated", "Sollte die Stadt Feuerwerk nicht verbieten?", JA),
    ("jargon", "Do you support quantitative easing?", YES),
    ("jargon", "Should the MTBF of trams be published?", YES),
    ("jargon", "Soll die Daseinsvorsorge ausgebaut werden?", JA),
    ("no way out", "Should the bridge be closed?", ("Yes", "No")),
    ("no way out", "Soll die Brücke gesperrt werden?", ("Ja", "Nein")),
    ("unbalanced", "How was the concert?", ("Excellent", "Very good", "Good", "Poor", "Can't say")),
    ("unbalanced", "Wie war das Konzert?", ("Hervorragend", "Sehr gut", "Gut", "Schlecht", "Weiß nicht")),
    ("absolute", "Do you always lock your door?", YES),
    ("absolute", "Lesen Sie immer die ganze Zeitung?", JA),
    ("overlap", "How old are you?", ("Under 18", "18-25", "25-35", "35+", "Prefer not to say")),
    ("overlap", "Wie weit fahren Sie?", ("0 bis 5 km", "5 bis 10 km", "mehr als 10 km", "Keine Angabe")),
    ("overlap", "What do you earn?", ("Under $2,000", "$2,000-$4,000", "$4,000-$6,000", "Prefer not to say")),
    ("gap", "How often did you go?", ("Never", "1 to 3", "5 to 10", "More than 10", "Don't know")),
    ("premise", "As rents keep rising, should the council build flats?", YES),
    ("premise", "With so many shops empty, should rates be cut?", YES),
    ("premise", "Wo doch die Mieten steigen: Sollte es einen Deckel geben?", JA),
    ("premise", "Da die Kasse leer ist, sollte das Freibad schließen?", JA),
    ("leading", "How angry are you about the strike?", ("Very angry", "A little angry", "Not angry", "Don't know")),
    ("leading", "Should the council answer for the mayor's failures?", YES),
    ("leading", "Would you agree with most doctors that smoking is harmful?", YES),
    ("leading", "Is it not wrong to charge for the toilets?", YES),
    ("leading", "Should the state stop squandering money on museums?", YES),
    ("leading", "Do you support the minister's harsh new rules?", YES),
    ("leading", "Do you favor or oppose the ill-conceived road scheme?", ("Favor", "Oppose", "Not sure")),
    ("leading", "Sind Sie für oder gegen den Bauwahn am Fluss?", ("Dafür", "Dagegen", "Weiß nicht")),
    ("leading", "Was halten Sie von der Vorschriftenflut?", ("Gut", "Schlecht", "Weiß nicht")),
    ("leading", "Sollte die überflüssige Gebührenreform kommen?", JA),
    ("leading", "Unterstützen Sie die gescheiterte Schulpolitik?", JA),
    ("leading", "Should the lousy pitch be dug up?", YES),
    ("leading", "Has the board learned from its blunders?", YES),
    ("leading", "Why is the plan dangerous?", ("It is steep", "It is dark", "Something else", "Don't know")),
    ("leading", "Sind Sie für oder gegen den Umleitungs-Quatsch?", ("Dafür", "Dagegen", "Weiß nicht")),
    ("premise", "Nach so vielen Pannen: Sollte die Linie enden?", JA),
    ("leading", "Do you back the narrow-minded rule?", YES),
    ("leading", "Do you think, as most neighbours say, that it is loud?", YES),
    ("premise", "Seeing that fares have doubled, should they be capped?", YES),
    ("absolute", "Do you believe everything he says?", YES),
    ("absolute", "Do all shopkeepers cheat?", YES),
    ("absolute", "Should dogs be on a lead at all times?", YES),
    ("absolute", "Are the trains completely reliable?", YES),
    ("absolute", "Fahren Züge immer zu spät?", JA),
    ("absolute", "Kochen Sie ausschließlich selbst?", JA),
    ("absolute", "Glauben Sie, dass alle Händler betrügen?", JA),
    ("negated", "Should the pool not be sold?", YES),
    ("negated", "Sollte das Rathaus nicht verkauft werden?", JA),
    ("jargon", "How do you like the site's UI?", YES),
    ("jargon", "Sollte die BImSchV geändert werden?", JA),
    ("no other", "Where do you buy most of your books?", ("Bookshop", "Online", "Flea market", "Don't know")),
    ("no other", "What is the main reason you moved here?", ("Work", "Family", "Rent", "Don't know")),
    ("no other", "Why did you stop coming?", ("Too far", "Too dear", "No time", "Don't know")),
    ("no other", "How do you mostly get to school?", ("Bus", "Bike", "Car", "Don't know")),
    ("no other", "Womit heizen Sie?", ("Gas", "Öl", "Fernwärme", "Weiß nicht")),
    ("no other", "Welche Sportart sehen Sie am liebsten?", ("Fußball", "Tennis", "Handball", "Weiß nicht")),
    ("unbalanced", "How far do you trust it?", ("Completely", "A great deal", "Quite a lot", "Not at all", "Unsure")),
    ("unbalanced", "How useful is it?", ("Extremely useful", "Very useful", "Useful", "Not useful", "Don't know")),
    ("unbalanced", "Wie sauber ist es?", ("Äußerst sauber", "Sehr sauber", "Sauber", "Schmutzig", "Weiß nicht")),
    ("unbalanced", "How did you like it?", ("Loved it", "Liked it a lot", "Liked it", "Disliked it", "Don't know")),
    ("recall", "How many times did you move between 1995 and 2010?", ("Never", "1-3", "4 or more", "Don't know")),
    ("recall", "How often did you swim when you were at school?", ("Weekly", "Monthly", "Never", "Don't know")),
    ("recall", "How many emails did you write in the past 12 months?", ("None", "1-100", "101+", "Don't know")),
    ("recall", "Exactly how long did you wait?", ("Up to 5 minutes", "6 to 10", "More than 10", "Don't know")),
    ("recall", "Wie oft haben Sie in Ihrem Leben umgeschult?", ("Nie", "Einmal", "Öfter", "Weiß nicht")),
    ("hypothetical", "If you inherited a castle, would you sell it?", YES),
    ("hypothetical", "Imagine you were a pilot: where would you fly?", ("Rome", "Paris", "Elsewhere", "Don't know")),
    ("hypothetical", "Would you still cycle if the tram were free?", YES),
    ("hypothetical", "Würden Sie umziehen, wenn die Miete doppelt so hoch wäre?", JA),
    ("absolute", "Do you agree or disagree that every single dog barks?", ("Agree", "Disagree", "Don't know")),
    ("absolute", "Do you agree or disagree that no mayor can ever be trusted?", ("Agree", "Disagree", "Don't know")),
    ("negated", "Is it unfair that nobody over 70 may swim?", YES),
    ("negated", "Sind Sie dagegen, dass Hunde nicht mehr ins Café dürfen?", JA),
    ("negated", "Stimmen Sie zu, dass es nicht unklug ist zu sparen?", ("Stimme zu", "Stimme nicht zu", "Weiß nicht")),
    ("jargon", "Should the outcomes-led commissioning framework be kept?", YES),
    ("jargon", "Soll die Taktverdichtung kommen?", JA),
    ("jargon", "Sind Sie für eine Änderung von § 34?", JA),
    ("leading", "Sicher haben auch Sie gemerkt, dass es lauter wird. Wie laut ist es?", ("Sehr", "Kaum", "Weiß nicht")),
    ("leading", "Many residents are furious about the noise. Should the airport close?", YES),
    ("leading", "The park is too small, isn't it?", YES),
    ("leading", "Sie sind doch auch für sichere Wege, oder?", JA),
    ("leading", "Why does the council ignore its pensioners?", ("No money", "No will", "Something else", "Don't know")),
    ("leading", "How much do you enjoy our sports pages?", ("A lot", "A little", "Not at all", "Don't know")),
    ("leading", "Was halten Sie vom Kniefall vor der Lobby?", ("Gut", "Schlecht", "Weiß nicht")),
    ("unbalanced", "Wie finden Sie den Platz?", ("Super", "Sehr schön", "Schön", "Hässlich", "Weiß nicht")),
    ("overlap", "How old are you?", ("Under 30", "30 to 50", "50 and over", "Prefer not to say")),
    ("overlap", "How many cats have you?", ("One or two", "Two or three", "Four or more")),
    ("gap", "What do you spend?", ("Up to £10", "£15 to £30", "More than £30", "Don't know")),
    ("long", "Should " + "the very old " * 14 + "bridge be closed?", YES),
    ("premise", "Even the landlords now admit that rents are too high: should they be capped?", YES),
    ("hypothetical", "Imagine a bear came in. What would you do?", ("Run", "Shout", "Something else", "Unsure")),
    ("hypothetical", "Falls in zwanzig Jahren nur noch Roboter pflegen, würden Sie dann umziehen?", JA),
    ("recall", "How many bottles of milk did you drink in the past twelve months?", ("None", "1-50", "51+", "Don't "
        "know")),
    ("recall", "Was haben Sie 2009 für Ihr Fahrrad bezahlt?", ("Unter 500 €", "500 € und mehr", "Keine Angabe")),
    ("unbalanced", "How long is the match report?", ("Far too long", "A little too long", "About right", "No opinion")),
    ("owning up", "Have you ever travelled without a ticket?", YES),
    ("owning up", "Haben Sie schon einmal bei der Steuer geschummelt?", JA),
]  # fmt: skip
PLAIN = [
    ("Should the bridge be closed to cars?", YES),
    ("Do you approve or disapprove of the way the mayor is doing the job?", ("Approve", "Disapprove", "Don't know")),
    ("How old are you?", ("Under 18", "18-24", "25-34", "35 or older", "Prefer not to say")),
    ("What do you earn?", ("Unter 2.000 €", "2.000 bis 3.999 €", "4.000 € und mehr", "Keine Angabe")),
    ("How many hours a day?", ("None", "Less than 1", "1-2", "3-4", "5 or more", "Don't know")),
    ("How much do you trust the council?", ("A great deal", "A fair amount", "Not very much", "Not at all", "Unsure")),
    ("How satisfied are you with your own life?", ("Satisfied", "Dissatisfied", "Can't say")),
    ("Should women and men retire at the same age?", YES),
    ("Is there a difference between town and country?", YES),
    ("How important is religion in your life?", ("Important", "Not important", "Don't know")),
    ("Do you expect Trump and Putin to meet this year?", YES),
    ("Should NATO take in Ukraine?", YES),
    ("Is the plan too radical, not radical enough or about right?", ("Too radical", "Not enough", "Right", "Unsure")),
    ("Is the new rule dangerous?", YES),
    ("Should every pupil get a laptop?", YES),
    ("Do you read a paper every day?", YES),
    ("All in all, are you happy with the town?", YES),
    ("Should the pool be sold or not?", YES),
    ("Do you frequently, occasionally or never cycle?", ("Frequently", "Occasionally", "Never", "Don't know")),
    ("Which view is nearer to yours, even if neither is exactly right?", ("Do more", "Do less", "Don't know")),
    ("Which of these do you read most?", ("Sport", "Politics", "Culture", "Don't know")),
    ("Where do you buy most of your books?", ("Bookshop", "Online", "Somewhere else", "Don't know")),
    ("What is your gender?", ("Woman", "Man", "Non-binary", "Prefer not to say")),
    ("Who should win: Ann, Bo or Cy?", ("Ann", "Bo", "Cy", "Don't know")),
    ("What should happen to the tax?", ("Raise it", "Keep it", "Lower it", "Don't know")),
    ("How much trust have you in it?", ("A great deal", "Quite a lot", "Some", "Very little", "No opinion")),
    ("How easy is it?", ("Very easy", "Fairly easy", "Fairly difficult", "Very difficult", "Don't know")),
    ("How many hours?", ("None", "Less than 1 hour", "1 to less than 2 hours", "2 hours or more", "Don't know")),
    ("From 0 for none at all to 10 for all and 10 alone, how much?", ("0", "5", "10", "Don't know")),
    ("Should papers print accurate and complete results?", YES),
    ("Do women lead often enough in shops and offices?", YES),
    ("Can people here speak freely and openly?", YES),
    ("Has World War II been taught well?", YES),
    ("Do you use AI on your PC or TV?", YES),
    ("Sollten Bürgerinnen und Bürger abstimmen?", JA),
    ("Lesen Sie immer noch jeden Tag eine Zeitung?", JA),
    ("Hat die Sturmflut Schäden angerichtet?", JA),
    ("Ist die Reform überflüssig?", JA),
    ("In welchem Bundesland leben Sie?", ("Bayern", "Hessen", "Sachsen", "Keine Angabe")),
    ("Welche der folgenden Aufgaben ist die dringendste?", ("Schulen", "Straßen", "Wohnungen", "Weiß nicht")),
    ("Sollte das Rathaus verkauft werden oder nicht?", JA),
    ("Sollte die Brücke für Autos gesperrt werden?", JA),
    ("Wie zufrieden sind Sie mit der Arbeit der Stadt?", ("Zufrieden", "Unzufrieden", "Weiß nicht")),
    ("Vertrauen Sie dem Stadtrat?", JA),
    ("How many people live in your household?", ("1", "2", "3", "4 or more")),
    ("Haben Sie Kinder unter 18 Jahren?", ("Ja", "Nein")),
    ("Have you ever written to a newspaper?", ("Yes", "No")),
    ("How often did you read a paper in the past week?", ("Never", "Once or twice", "More often", "Don't know")),
    ("Over the past five years, has the town become better or worse?", ("Better", "Worse", "Don't know")),
    ("If there were an election tomorrow, how would you vote?", ("Left", "Right", "Another party", "Don't know")),
    ("If you could change one thing here, what would it be?", ("Price", "Length", "Something else", "Don't know")),
    ("Wenn am Sonntag Wahl wäre, wen würden Sie wählen?", ("A", "B", "Andere", "Weiß nicht")),
    ("Should the ban on fireworks be kept or lifted?", ("Kept", "Lifted", "Don't know")),
    ("Many say the park is too small, others say it is not. And you?", ("Too small", "Not too small", "Don't know")),
    ("How much time a day?", ("Less than 1", "1 to just under 2", "More than 2, up to 3", "More than 3", "Don't know")),
    ("How often, apart from weddings and funerals, do you go?", ("Often", "Rarely", "Never", "Don't know")),
    ("Should trams be leased and maintained by others, or owned here?", ("Leased and maintained by others", "Owned "
        "here",
     "Don't know")),
    ("Adding up the benefits and disbenefits, is the fair good or bad for the town?", ("Good", "Bad", "Don't know")),
    ("How safe do you feel – or would you feel, if you went – in the park at night?", ("Safe", "Unsafe", "Don't know")),
    ("Wie wichtig ist Ihnen das Stadtfest?", ("Gar nicht", "Wenig", "Teils-teils", "Eher wichtig", "Sehr wichtig")),
    ("How many days a week do you swim?", ("5-7 days", "3-4 days", "1-2 days", "Less than 1 day", "Don't know")),
    ("Is the pool completely full, half full or empty?", ("Completely full", "Half full", "Empty", "Don't know")),
]  # fmt: skip


def asked(text: str, labels: tuple[str, ...]) -> Question:
    """Returns a question with these answers."""
    return Question("q", text, "single", None, tuple(Choice(label, label) for label in labels))


@pytest.mark.parametrize(("rule", "text", "labels"), PUSHING)
def test_what_pushes_readers_is_noticed_with_the_words_that_do(rule: str, text: str, labels: tuple[str, ...]) -> None:
    found = {one.rule: one for one in remarks(asked(text, labels))}

    assert rule in found
    assert rule in ("long", "no way out", "no other", "unbalanced", "overlap", "gap") or found[rule].words in text
    assert found[rule].words in found[rule].why


@pytest.mark.parametrize(("text", "labels"), PLAIN)
def test_a_plain_question_passes(text: str, labels: tuple[str, ...]) -> None:
    assert remarks(asked(text, labels)) == []


def test_every_rule_has_an_example_and_is_said_in_german() -> None:
    assert {rule for rule, *_ in PUSHING} == {*REASONS}
    with speaking("de"):
        assert "jeder" in remarks(asked("Do you support quantitative easing?", YES))[0].why


def test_the_question_that_the_demos_article_ends_with_is_remarked_on_and_its_others_are_not() -> None:
    survey = read_definition(ROOT / "data" / "demo" / "survey.toml")

    assert [(one.key, [remark.rule for remark in remarks(one)]) for one in survey.questions] == [
        ("pressure", ["premise"]), ("expects", []), ("trust", []), ("next_step", []),
    ]  # fmt: skip


def test_bad_questions_are_flagged_and_those_of_the_big_surveys_pass() -> None:
    """Of 60 bad ones 90 % are flagged, of 214 published ones at most 5 %, in English and in German."""
    with (ROOT / "tests" / "wordings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    flagged: dict[str, list[bool]] = {}
    for row in rows:
        kind = "scale" if row["answers"].startswith(("0 ", "1|")) else "single"
        question = replace(asked(row["question"], tuple(row["answers"].split("|"))), kind=kind)
        flagged.setdefault(row["list"], []).append(bool(remarks(question)))

    assert all(row["source"] for row in rows)
    assert [len(flagged[name]) for name in ("bad", "published", "bad aside", "published aside")] == [60, 100, 20, 30]
    assert sum(flagged["bad"]) >= 54
    assert sum(flagged["published"]) <= 5
    assert sum(flagged["bad aside"]) >= 18
    assert sum(flagged["published aside"]) <= 2
    assert [len(flagged[name]) for name in ("published german", "published more")] == [71, 13]
    assert sum(flagged["published german"]) <= 3
    assert sum(flagged["published more"]) == 0
