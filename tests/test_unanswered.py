"""Words for no answer that forms offer or people type: in the base until somebody leaves them out, and always told."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.imports.propose import Proposal, propose
from analytics.imports.proposing.unanswered import is_unanswered, unanswered_left, without_unanswered
from tests.test_import_kinds import counts, question_on, written

WORDS = {
    "English": ["Prefer not to say", "I'd rather not say", "Refused", "No answer", "prefer not to answer",
                "Not stated"],
    "German": ["keine Angabe", "k. A.", "Möchte ich nicht sagen", "Antwort verweigert", "Keine Antwort"],
    "French": ["Refus", "Sans réponse", "Refus de répondre", "Préfère ne pas répondre", "Je ne souhaite pas répondre"],
    "Spanish": ["Prefiero no decir", "Prefiere no responder", "No contesta", "NS/NC", "Sin respuesta"],
    "Italian": ["Preferisco non rispondere", "Rifiuta", "Nessuna risposta", "Non risponde"],
    "Portuguese": ["Prefiro não responder", "Sem resposta", "NS/NR", "Recusou"],
    "Dutch": ["Wil ik niet zeggen", "Geen antwoord", "Zeg ik liever niet", "Weigert"],
    "Polish": ["odmowa", "Odmowa odpowiedzi", "Brak odpowiedzi", "Wolę nie mówić"],
    "Russian": ["Отказ от ответа", "Нет ответа", "Предпочитаю не отвечать", "Не указано"],
    "Ukrainian": ["Відмова від відповіді", "Немає відповіді", "Волію не відповідати"],
    "Swedish": ["Vill inte svara", "Inget svar", "Uppgift saknas"],
    "Danish": ["Ønsker ikke at svare", "Ubesvaret"],
    "Norwegian": ["Vil ikke svare", "Ønsker ikke å svare"],
    "Finnish": ["En halua vastata", "Ei vastausta"],
    "Czech": ["Neuvedeno", "Nechci odpovědět", "Odmítl odpovědět"],
    "Hungarian": ["Nincs válasz", "Nem válaszol", "Nem kíván válaszolni"],
    "Romanian": ["Nu răspunde", "Fără răspuns", "NS/NR"],
    "Greek": ["Δεν απαντώ", "ΔΓ/ΔΑ", "Άρνηση"],
    "Turkish": ["Cevap yok", "Belirtmek istemiyorum", "Yanıt vermek istemiyorum"],
    "Bulgarian": ["Без отговор", "Отказвам да отговоря"],
    "Catalan": ["No contesta", "Prefereixo no dir-ho"],
    "Japanese": ["無回答", "答えたくない", "回答しない", "未回答"],
    "Chinese": ["拒绝回答", "不愿透露", "未回答"],
    "Korean": ["무응답", "응답 거부", "말하고 싶지 않음"],
    "Arabic": ["لا إجابة", "أفضل عدم الإجابة", "رفض الإجابة"],
    "Hebrew": ["ללא תשובה", "מעדיף לא לענות"],
    "Vietnamese": ["Không trả lời", "Từ chối trả lời"],
    "Thai": ["ไม่ตอบ", "ไม่ต้องการตอบ"],
    "of two": ["Weiß nicht / keine Angabe", "Don't know or refused", "DK/NA", "Ne sait pas / refus", "(Refused)"],
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
def test_words_for_no_answer_are_known_in_each_language(language: str) -> None:
    assert [word for word in WORDS[language] if not is_unanswered(word)] == []


@pytest.mark.parametrize("word", [
    "Yes", "No", "Nein", "Non", "Don't know", "Weiß nicht", "Ne sait pas", "わからない", "None", "None of these",
    "Keine",
    "Rien", "Refuse to sign it", "Say no", "No idea", "Undecided", "NA Nord", "NC", "SR", "And/or", "Radio / TV", "?",
    "No opinion", "Not at all", "Sans opinion", "Keine Meinung", "I refuse meat", "Answer the phone", "No answer works",
    "Trudno powiedzieć", "Важко сказати", "どちらともいえない",
])  # fmt: skip
def test_answers_are_no_words_for_no_answer(word: str) -> None:
    assert not is_unanswered(word)


def of_answers(word: str, *, tool: str) -> list[list[str]]:
    """Returns 60 readers of whom 6 gave that word to one question, 4 to a group, and 3 to a question of boxes."""
    named = {"Google Forms": ["Timestamp"], "a plain table": ["Nr"]}[tool]
    rows = [[*named, "For it?", "Gender", "Which do you use? (all that apply)"]]
    for at in range(60):
        first = f"2026/03/{at % 28 + 1} 10:00:00 AM GMT+1" if tool == "Google Forms" else str(at + 1)
        boxes = ("Radio", "TV", "Radio, TV", "Press, Radio")[at % 4] if at >= 3 else word
        rows.append(
            [first, word if at < 6 else ("Yes", "No")[at % 2], word if at < 4 else ("Women", "Men")[at % 2], boxes]
        )
    return rows


@pytest.mark.parametrize("tool", ["Google Forms", "a plain table"])
@pytest.mark.parametrize("word", ["Keine Angabe", "Refus", "Prefiero no decir", "無回答", "Prefer not to say"])
def test_a_word_for_no_answer_stays_in_the_base_is_told_and_can_be_left_out(
    tool: str, word: str, tmp_path: Path
) -> None:
    path = written(tmp_path, of_answers(word, tool=tool))

    kept, left = propose(path), propose(path, chosen={"unanswered": "left-out"})

    assert counts(path, kept, question_on(kept, "For it?")) == (60, {"Yes": 27, "No": 27, word: 6})
    assert counts(path, left, question_on(left, "For it?")) == (54, {"Yes": 27, "No": 27})
    assert counts(path, left, question_on(left, "Which do you use? (all that apply)"))[0] == 57
    of_word = [one for one in kept.notes if one.startswith(f"{word!r} may stand for no answer")]
    assert len(of_word) == 1
    assert "6 times in" in of_word[0]
    assert "4 times in gender" in of_word[0]
    assert any(one.startswith(f"{word!r} counts as no answer, as asked: 6 times in") for one in left.notes)
    assert kept.survey.dimensions[0].missing != left.survey.dimensions[0].missing


def test_one_click_leaves_them_out_and_then_none_is_left_to_tell(tmp_path: Path) -> None:
    path = written(tmp_path, of_answers("Refused", tool="a plain table"))
    proposal = propose(path)

    survey = without_unanswered(proposal.survey, proposal.unanswered)

    assert len(unanswered_left(proposal.survey, proposal.unanswered)) == 3
    assert unanswered_left(survey, proposal.unanswered) == ()
    assert survey == propose(path, chosen={"unanswered": "left-out"}).survey


def of_boxes(not_ticked: str) -> list[list[str]]:
    names = ["Radio", "TV", "Keine Angabe"]
    rows = [["id", *(f"Was nutzen Sie? [{name}]" for name in names), "Alter"]]
    for at in range(48):
        ticked = [("Radio",), ("Radio", "TV"), ("TV",), ("Keine Angabe",)][at % 4]
        rows.append([str(at), *("Ja" if name in ticked else not_ticked for name in names), str(20 + at)])
    return rows


def box_proposal(not_ticked: str, folder: Path) -> tuple[Path, Proposal]:
    path = written(folder, of_boxes(not_ticked))
    return path, propose(path, chosen={"unanswered": "left-out"})


def test_a_box_for_no_answer_is_left_out_where_blank_boxes_say_nothing(tmp_path: Path) -> None:
    path, proposal = box_proposal("", tmp_path)

    asked = next(one for one in proposal.survey.questions if one.kind == "multiple")
    assert counts(path, proposal, asked) == (36, {"Radio": 24, "TV": 24})


def test_a_box_for_no_answer_stays_where_the_others_say_that_they_were_seen_and_that_is_told(tmp_path: Path) -> None:
    path, proposal = box_proposal("Nein", tmp_path)

    asked = next(one for one in proposal.survey.questions if one.kind == "multiple")
    assert counts(path, proposal, asked) == (48, {"Radio": 24, "TV": 24, "Keine Angabe": 12})
    assert any("'Keine Angabe' may stand for no answer: 12 times" in one for one in proposal.notes)


def of_fillers(words: tuple[str, ...], tool: str) -> list[list[str]]:
    """Returns 60 readers of a Google form or a table; each word stands in two or three cells of two questions."""
    first = {"Google Forms": "Timestamp", "a plain table": "Nr"}[tool]
    rows = [[first, "Is it safe?", "How is the air?", "Age"]]
    for at in range(60):
        stamp = f"2026/03/{at % 28 + 1} 10:00:00 AM GMT+1" if tool == "Google Forms" else str(at + 1)
        word = words[at % len(words)] if at < 3 * len(words) else ""
        rows.append([stamp, word or ("Yes", "No", "Unsure")[at % 3], word or ("Good", "Fair", "Bad")[at % 3], "20-39"])
    rows[-1][-1] = rows[-2][-1] = "40-59"
    return rows


@pytest.mark.parametrize("words", [
    ("-99",), ("-77", "-99"), ("k. A.",), ("N/A",), ("NS/NC",), ("—",), ("n. v. t.",), ("99",), ("NSP/NR",), ("s/r",),
])  # fmt: skip
def test_what_stands_where_nobody_answered_is_asked_about_and_counts_only_where_somebody_says_so(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    path = written(tmp_path, of_fillers(words, "Google Forms"))

    asked, counted, left = (propose(path, chosen=one) for one in
                            ({}, {"unanswered": "counted"}, {"unanswered": "left-out"}))  # fmt: skip

    assert [(one.about, [way for way, _ in one.readings]) for one in asked.doubts] == [
        ("unanswered", ["left-out", "counted"])
    ]
    assert (counted.doubts, left.doubts) == ((), ())
    base, times = counts(path, counted, question_on(counted, "Is it safe?"))
    assert base == 60
    assert {*words} <= {*times}
    assert counts(path, left, question_on(left, "Is it safe?"))[0] == 60 - 3 * len(words)
    assert any("as asked: 6 cells in “Is it safe?” and “How is the air?”" in one for one in left.notes)


def test_a_form_that_offers_no_answer_everywhere_is_asked_about_too_and_amounts_are_amounts(tmp_path: Path) -> None:
    rows = [[*row[:3], row[1], row[3]] for row in of_fillers(("Keine Angabe",), "Google Forms")]
    rows[0][3] = "Is it quiet?"
    offered = propose(written(tmp_path, rows))
    once = propose(written(tmp_path, [[row[0], *row[2:]] for row in of_fillers(("Keine Angabe",), "Google Forms")]))
    paid = [["Nr", "Paid on food?", "Paid on rent?"]]
    paid += [[str(at), f"{(85, 120, 999, 250)[at % 4]} €", str((999, 700, 480)[at % 3])] for at in range(40)]
    paid[1][2] = "480 €"

    assert [one.readings[0][0] for one in offered.doubts] == ["counted"]
    assert once.doubts == ()
    assert propose(written(tmp_path, paid)).doubts == ()


@pytest.mark.parametrize("word", ["-77", "—"])
def test_a_code_or_a_dash_in_many_cells_of_one_question_is_asked_about_too(word: str, tmp_path: Path) -> None:
    rows = [["Timestamp", "Is it safe?"]]
    rows += [
        [f"2026/03/{at % 28 + 1} 10:00:00 AM GMT+1", ("Yes", "No", "Unsure", word, word)[at % 5]] for at in range(60)
    ]
    asked = propose(written(tmp_path, rows))

    assert [one.about for one in asked.doubts] == ["unanswered"]
    assert [one.label for one in asked.survey.questions[0].choices] == ["Yes", "No", "Unsure"]
