"""Files in languages and of tools that the importers once took for something else: each kind with its neighbours."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from analytics.commands.program import cli
from analytics.imports.answers.responses import read_responses
from analytics.imports.cells.vocabulary import SAID_NOT, TICKED, YES_AND_NO
from analytics.imports.propose import propose
from analytics.imports.proposing.spellings import joined_spellings
from tests.test_import_kinds import counts, question_on, stored, written

WHERE = {
    "ja": "ニュースを何で知りますか", "zh": "您从哪里获取新闻？", "ko": "뉴스를 어디에서 봅니까?",
    "uk": "Звідки ви дізнаєтеся новини?", "ru": "Откуда вы узнаёте новости?", "es": "¿Cómo se informa?",
    "fr": "Par quels moyens vous informez-vous ?", "it": "Da dove prende le notizie?", "pt": "Como se informa?",
    "nl": "Waar leest u nieuws?", "pl": "Skąd czerpie Pan wiadomości?", "de": "Wie informieren Sie sich?",
    "sv": "Hur tar du del av nyheter?", "da": "Hvor får du nyheder fra?", "no": "Hvordan får du nyheter?",
    "fi": "Mistä saat uutiset?", "cs": "Odkud čerpáte zprávy?", "hu": "Honnan tájékozódik?", "el": "Πώς ενημερώνεστε;",
    "tr": "Haberleri nereden alıyorsunuz?", "en": "How do you get news?", "bg": "Откъде научавате новините?",
}  # fmt: skip


def of_boxes(heading: str, question: str, yes: str, no: str, options: tuple[str, ...]) -> list[list[str]]:
    """Returns 60 readers, a column for each option, 12 of them asked nothing and 8 ticking nothing."""
    ticks = [options[:1], options[:2], options[1:], (), None]
    rows = [["Nr", *(heading.format(question=question, option=option) for option in options), "x"]]
    for at in range(60):
        ticked = ticks[at % 5]
        cells = ["" if ticked is None else yes if option in ticked else no for option in options]
        rows.append([str(at + 1), *cells, str(at % 7)])
    return rows


@pytest.mark.parametrize("language", WHERE)
@pytest.mark.parametrize("heading", ["{question} [{option}]", "{question}: {option}", "{question} - {option}"])
def test_boxes_of_yes_and_no_are_one_question_in_each_language(language: str, heading: str, tmp_path: Path) -> None:
    yes, no = (words[0].capitalize() for words in YES_AND_NO[language])
    options = ("Radio", "Meduza", "Kyiv FM")
    path = written(tmp_path, of_boxes(heading, WHERE[language], yes, no, options))

    proposal = propose(path)
    asked = question_on(proposal, heading.format(question=WHERE[language], option="Radio"))

    assert asked.kind == "multiple"
    assert counts(path, proposal, asked) == (48, {"Radio": 24, "Meduza": 24, "Kyiv FM": 12})


@pytest.mark.parametrize("language", ["es", "uk", "de", "ja"])
def test_statements_answered_by_yes_or_no_are_questions_of_their_own(language: str, tmp_path: Path) -> None:
    yes, no = (words[0].capitalize() for words in YES_AND_NO[language])
    rows = [["Nr", "Is it safe? [Park]", "Is it safe? [Station]", "Is it safe? [Market]"]]
    rows += [[str(at), yes if at % 2 else no, yes if at % 3 else no, no if at % 5 else yes] for at in range(60)]
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert [one.kind for one in proposal.survey.questions] == ["single"] * 3


def test_yes_and_no_are_never_the_same_word() -> None:
    assert not TICKED & SAID_NOT


STATES = {
    "Spanish": ("Estado", "Completa", "Incompleta", "Filtrada", "Cuota llena"),
    "French": ("Statut", "Terminé", "En cours", "Hors cible", "Quota atteint"),
    "German": ("Status", "Abgeschlossen", "Unterbrochen", "Ausgefiltert", "Quote voll"),
    "Italian": ("Stato", "Completato", "In corso", "Fuori target", "Quota piena"),
    "Portuguese": ("Estado", "Completo", "Parcial", "Desqualificado", "Cota cheia"),
    "Dutch": ("Status", "Voltooid", "Onvolledig", "Uitgescreend", "Quota vol"),
    "Polish": ("Status", "Zakończony", "Rozpoczęty", "Odsiany", "Limit wyczerpany"),
    "Russian": ("Статус", "Завершено", "Частично", "Отсеян", "Квота заполнена"),
    "Ukrainian": ("Статус", "Завершено", "Частково", "Відсіяно", "Квота заповнена"),
    "Japanese": ("ステータス", "完了", "途中", "対象外", "割付満了"),
    "Chinese": ("状态", "已完成", "未完成", "不符合条件", "配额已满"),
    "Korean": ("상태", "완료", "중단", "탈락", "쿼터 초과"),
    "English": ("Status", "Complete", "Partial", "Screened out", "Over quota"),
    "Italian, by telephone": ("esito", "completa", "interrotta", "rifiuto", "annullata"),
    "English, by telephone": ("Call outcome", "Completed", "Broken off", "Refused", "No contact"),
    "German, by telephone": ("Ergebnis des Anrufs", "abgeschlossen", "abgebrochen", "Verweigerung", "nicht erreicht"),
    "Spanish, by telephone": ("Resultado de la llamada", "completa", "interrumpida", "rechazo", "no contesta"),
    "French, by telephone": ("Résultat de l’appel", "terminé", "interrompu", "refus", "injoignable"),
    "Polish, by telephone": ("Status wywiadu", "zakończony", "przerwany", "odmowa", "zły numer"),
    "one word": ("resultado", "completa", "interrumpida", "rechazo", "no contesta"),
    "Dutch, by telephone": ("Resultaat gesprek", "voltooid", "afgebroken", "geweigerd", "geen gehoor"),
    "English, codes": ("response_status", "completed", "partial", "screen_out", "quota_full"),
}


def of_states(name: str, *states: str, last: bool = False) -> list[list[str]]:
    """Returns 60 readers: 36 done, 6 who stopped, 12 screened out and 6 over quota, each with an answer."""
    of_row = [states[0]] * 6 + [states[1], states[2], states[2], states[3]]
    rows = [["Nr", "For it?", "Why so?"], *([str(at), "Yes" if at % 3 else "No", ""] for at in range(60))]
    column = [name, *(of_row[at % 10] for at in range(60))]
    return [[*row, cell] if last else [row[0], cell, *row[1:]] for row, cell in zip(rows, column, strict=True)]


@pytest.mark.parametrize("language", STATES)
@pytest.mark.parametrize("last", [True, False])
def test_who_was_screened_out_or_over_quota_is_left_out_and_told(language: str, last: bool, tmp_path: Path) -> None:
    name, *states = STATES[language]
    path = written(tmp_path, of_states(name, *states, last=last))

    proposal = propose(path)

    assert stored(path, proposal) == 36
    assert proposal.survey.file.rows_out == ((name, (states[2], states[3])),)
    assert proposal.survey.file.rows_unfinished == ((name, (states[1],)),)
    assert proposal.unfinished == 6
    assert stored(path, propose(path, chosen={"unfinished": "counted"})) == 42
    assert sum(one.startswith(f"left out: {count} rows ({name} is") for one in proposal.notes for count in (12, 6)) == 3
    assert [one.text for one in proposal.survey.questions][:1] == ["For it?"]


@pytest.mark.parametrize(("name", "words"), [
    ("State", ["Texas", "Ohio", "Test"]), ("Status", ["Employed", "Retired", "Rejected"]),
    ("Do you approve?", ["Approved", "Rejected", "Pending"]), ("Outcome", ["Better", "Worse", "Invalid"]),
])  # fmt: skip
def test_answers_that_sound_like_states_leave_no_row_out(name: str, words: list[str], tmp_path: Path) -> None:
    rows = [["Nr", name, "For it?"], *([str(at), words[at % 3], "Yes" if at % 2 else "No"] for at in range(60))]
    path = written(tmp_path, rows)

    assert stored(path, propose(path)) == 60


@pytest.mark.parametrize("word", ["Not approved", "validation_status_not_approved"])
def test_submissions_that_were_not_approved_are_left_out_and_told(word: str, tmp_path: Path) -> None:
    rows = [["start", "For it?", "_uuid", "_submission_time", "_validation_status"]]
    states = ["Approved", "", "On Hold", word]
    rows += [[f"2026-03-{at % 27 + 1:02}T10:00:00", "yes" if at % 3 else "no", f"u{at}", f"2026-03-{at % 27 + 1:02}T11:00:00",
              states[at % 4]] for at in range(40)]  # fmt: skip
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert proposal.tool == "KoboToolbox"
    assert stored(path, proposal) == 30
    assert any("left out: 10 rows (_validation_status is" in one for one in proposal.notes)


@pytest.mark.parametrize("words", [
    {"Commune I": 38, "Commune II": 41, "Commune V": 2}, {"Ward A": 40, "Ward B": 2}, {"Bezirk VI": 1, "Bezirk V": 30},
    {"Gruppe a": 20, "Gruppe b": 2}, {"Zone 1": 30, "Zone 11": 1}, {"District S": 1, "District SE": 30},
    {"Arrondissement X": 30, "Arrondissement XX": 2}, {"Plan B": 1, "Plan BB": 14}, {"第一区": 30, "第二区": 1},
])  # fmt: skip
def test_names_that_differ_in_a_numeral_or_a_letter_are_no_spellings_of_one(words: dict[str, int]) -> None:
    assert joined_spellings(words) == {word: [word] for word in words}


@pytest.mark.parametrize("words", [
    {"Noord Holland": 30, "N Holland": 2}, {"Strongly agree": 30, "Strongly agre": 1}, {"Bezirk Mitte": 30, "Bezirk Mite": 1},
])  # fmt: skip
def test_slips_within_a_word_are_still_spellings(words: dict[str, int]) -> None:
    assert len(joined_spellings(words)) == 1


PERSONS = ["Phone", "Telephone", "E-Mail", "Name", "Telefon", "Teléfono"]


@pytest.mark.parametrize("heading", PERSONS)
@pytest.mark.parametrize("tick", ["", "Yes", "x", "1"])
def test_a_box_that_is_called_like_something_personal_is_a_box(heading: str, tick: str, tmp_path: Path) -> None:
    options = (heading, "Laptop", "Tablet")
    rows = [["Nr", *options, "Age"]]
    for at in range(60):
        ticked = [(heading,), (heading, "Laptop"), ("Tablet",), ("Laptop", "Tablet")][at % 4]
        rows.append([str(at), *((tick or option) if option in ticked else "" for option in options), str(20 + at)])
    path = written(tmp_path, rows)

    proposal = propose(path, chosen={"options": "together"})
    asked = question_on(proposal, "Laptop")

    assert asked.kind == "multiple"
    assert counts(path, proposal, asked) == (60, {heading: 30, "Laptop": 30, "Tablet": 30})


@pytest.mark.parametrize(("heading", "cells"), [
    ("Phone", ["0171 5551234", "none", "+49 30 123456", ""]), ("Name", ["Ann", "Bo", "Cy", "Di"]),
    ("E-Mail", ["ann@example.org", "", "b@example.org", "-"]), ("Telefon", ["030/123456", "0171 22 33 44", "", ""]),
    ("Name", ["Ann", "Ann", "Bo", "Bo"]), ("Postleitzahl", ["10115", "10115", "20095", "20095"]),
])  # fmt: skip
def test_what_is_personal_stays_personal(heading: str, cells: list[str], tmp_path: Path) -> None:
    rows = [["Nr", "For it?", heading], *([str(at), "Yes" if at % 3 else "No", cells[at % 4]] for at in range(40))]

    proposal = propose(written(tmp_path, rows))

    assert heading in proposal.survey.file.leave_out


def of_japan() -> list[list[object]]:
    """Returns titles, a heading, 60 readers, a row of sums and two notes, as a Japanese newsroom keeps them."""
    rows: list[list[object]] = [["市民アンケート 回答一覧", *[None] * 6], ["集計：報道部", *[None] * 6], [None] * 7]
    rows.append(
        [
            "番号",
            "回答日時",
            "性別",
            "年代",
            "問1 新庁舎に賛成ですか",
            "問2 市政への満足度",
            "問3 情報の入手先（複数回答）",
        ]
    )
    for at in range(60):
        media = [("テレビ", "新聞"), ("テレビ",), ("新聞", "広報紙", "テレビ"), ("広報紙",)][at % 4]
        rows.append([
            at + 1, 45425.25 + at / 10, "男女"[at % 2], ("18～29歳", "60歳以上", "30～59歳")[at % 3],
            ("はい", "いいえ", "わからない", "無回答")[at % 4], ("満足", "やや不満", "不満", "やや満足")[at % 4], "、".join(media),
        ])  # fmt: skip
    rows += [
        ["合計", None, 60, 60, 60, 60, 60],
        [None] * 7,
        ["※ 問3は複数回答。", *[None] * 6],
        ["出典：市民アンケート", *[None] * 6],
    ]
    return rows


@pytest.mark.parametrize(("joint", "total"), [("、", "合計"), ("・", "計"), ("，", "総計"), ("／", "合計：")])
def test_a_japanese_workbook_is_read_as_its_makers_meant_it(joint: str, total: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in of_japan():
        cells = [
            total if cell == "合計" else cell.replace("、", joint) if isinstance(cell, str) else cell for cell in row
        ]
        book.active.append(cells)
    path = tmp_path / "回答.xlsx"
    book.save(path)

    proposal = propose(path)
    media = question_on(proposal, "問3 情報の入手先（複数回答）")

    assert stored(path, proposal) == 60
    assert proposal.survey.columns.responded_at == "回答日時"
    assert proposal.survey.columns.responded_at_format == "excel"
    assert proposal.survey.columns.response == "番号"
    assert counts(path, proposal, media) == (60, {"テレビ": 45, "新聞": 30, "広報紙": 30})
    scale = question_on(proposal, "問2 市政への満足度")
    assert (scale.kind, [one.label for one in scale.choices]) == ("scale", ["満足", "やや満足", "やや不満", "不満"])
    assert {one.key for one in proposal.survey.dimensions} == {"gender", "age"}


@pytest.mark.parametrize("codec", ["cp932", "shift_jis", "euc_jp"])
def test_japanese_text_of_older_programs_is_read(codec: str, tmp_path: Path) -> None:
    rows = [["番号", "新庁舎に賛成ですか", "性別"]]
    rows += [[str(at), ("はい", "いいえ", "わからない")[at % 3], ("男性", "女性")[at % 2]] for at in range(40)]
    path = tmp_path / "answers.csv"
    path.write_bytes("\r\n".join(",".join(row) for row in rows).encode(codec))

    proposal = propose(path)

    assert counts(path, proposal, question_on(proposal, "新庁舎に賛成ですか"))[0] == 40


@pytest.mark.parametrize(("codec", "question", "answers"), [
    ("gb18030", "您对市政府的工作满意吗？", ("非常满意", "满意", "一般", "不满意")),
    ("big5", "您對市政府的工作滿意嗎？", ("非常滿意", "滿意", "普通", "不滿意")),
    ("cp949", "시정에 만족하십니까?", ("매우 만족", "만족", "보통", "불만족")),
])  # fmt: skip
def test_chinese_and_korean_text_of_older_programs_is_read(
    codec: str, question: str, answers: tuple[str, ...], tmp_path: Path
) -> None:
    rows = [["No", question, "x"], *([str(at), answers[at % 4], "abc"] for at in range(60))]
    path = tmp_path / "answers.csv"
    path.write_bytes("\n".join(",".join(row) for row in rows).encode(codec))

    proposal = propose(path)
    asked = question_on(proposal, question)

    assert [one.label for one in asked.choices] == list(answers)
    assert asked.kind == "scale"


@pytest.mark.parametrize("above", ["texts", "names"])
def test_the_ids_of_qualtrics_are_never_a_wording(above: str, tmp_path: Path) -> None:
    own = [("StartDate", "Start Date", "startDate"), ("EndDate", "End Date", "endDate"), ("Status", "Response Type", "status"),
           ("Finished", "Finished", "finished"), ("ResponseId", "Response ID", "_recordId")]  # fmt: skip
    asked = [("Q1_1", "Which do you use? - Selected Choice - Radio", "QID1_1"), ("Q1_2", "Which do you use? - Selected Choice - TV", "QID1_2"),
             ("Q2", "Should it close?", "QID2"), ("Q3", "Anything else?", "QID3_TEXT")]  # fmt: skip
    columns = [*own, *asked]
    rows = [[one[1 if above == "texts" else 0] for one in columns], [f'{{"ImportId":"{one[2]}"}}' for one in columns]]
    for at in range(40):
        when = f"2026-03-{at % 27 + 1:02} 10:00:00"
        rows.append([when, when, "IP Address", "True", f"R_{at:03}", "Radio" if at % 2 else "", "TV" if at % 3 else "",
                     "Yes" if at % 3 else "No", "Thank you all" if at % 9 == 0 else ""])  # fmt: skip
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert proposal.tool == "Qualtrics"
    assert not [
        one.text for one in proposal.survey.questions if "ImportId" in one.text or "Selected Choice" in one.text
    ]
    assert question_on(proposal, columns[5][1 if above == "texts" else 0]).kind == "multiple"


ADDRESSES = ["https://www.google.com/", "https://t.co/abc", "news.example.org", "", "android-app://com.example/"]


@pytest.mark.parametrize("name", ["referrer", "Referer", "HTTP Referrer", "refurl", "Referring URL", "参照元URL"])
def test_a_column_of_addresses_called_referrer_is_the_referrer_and_that_is_told(name: str, tmp_path: Path) -> None:
    rows = [["Nr", "For it?", name], *([str(at), "Yes" if at % 3 else "No", ADDRESSES[at % 5]] for at in range(60))]
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert proposal.survey.columns.referrer == name
    assert any("and for 30 days" in one for one in proposal.notes)
    hosts = {host for chunk in read_responses(path, proposal.survey) for host in chunk.batch.responses["referrer"]}
    assert {"google.com", "t.co", "news.example.org"} <= {host.removeprefix("www.") for host in hosts}


def test_a_referrer_in_words_is_the_channel(tmp_path: Path) -> None:
    words = ["newsletter", "Facebook", "search", "home page"]
    rows = [["Nr", "For it?", "referrer"], *([str(at), "Yes" if at % 3 else "No", words[at % 4]] for at in range(60))]

    proposal = propose(written(tmp_path, rows))

    assert (proposal.survey.columns.referrer, proposal.survey.columns.channel) == (None, "referrer")


CONSENTS = {
    "May we print it?": ("Yes", "No"), "Dürfen wir das abdrucken?": ("Ja", "Nein"), "Pouvons-nous le publier ?": ("Oui", "Non"),
    "¿Podemos publicarlo?": ("Sí", "No"), "Possiamo pubblicarlo?": ("Sì", "No"), "Mogen we dit publiceren?": ("Ja", "Nee"),
    "Czy możemy to opublikować?": ("Tak", "Nie"), "Можем ли мы это опубликовать?": ("Да", "Нет"),
    "Чи можемо ми це опублікувати?": ("Так", "Ні"), "紙面に掲載してもよろしいですか": ("はい", "いいえ"),
    "Can we quote you?": ("Yes, with my name", "No"),
}  # fmt: skip


@pytest.mark.parametrize("heading", CONSENTS)
@pytest.mark.parametrize("before", [True, False])
def test_whether_a_comment_may_be_printed_is_the_consent(heading: str, before: bool, tmp_path: Path) -> None:
    yes, no = CONSENTS[heading]
    rows = [["Nr", "For it?", "Any other comments?", heading]]
    for at in range(60):
        wrote = at % 3 == 0
        rows.append([str(at), "Yes" if at % 2 else "No", f"Please mend road {at} for us" if wrote else "",
                     (yes if at % 2 else no) if wrote else ""])  # fmt: skip
    rows = [[row[0], row[1], row[3], row[2]] for row in rows] if before else rows
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert (proposal.survey.columns.consent, proposal.survey.columns.consent_given) == (heading, (yes,))
    assert [one.text for one in proposal.survey.questions] == ["For it?"]


def test_whether_a_paper_should_print_something_is_a_question(tmp_path: Path) -> None:
    rows = [["Nr", "Should we print your names?", "Any other comments?"]]
    rows += [[str(at), "Yes" if at % 2 else "No", "" if at % 9 else f"Road {at} is so bad"] for at in range(60)]

    proposal = propose(written(tmp_path, rows))

    assert proposal.survey.columns.consent is None
    assert len(proposal.survey.questions) == 1


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_an_import_that_only_leaves_rows_out_succeeds_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, of_states("Status", "Complete", "Partial", "Screened out", "Over quota"))

    done = run("import", str(path), "--db", f"sqlite:///{tmp_path}/a.sqlite", "--time-zone", "UTC")

    assert done.exit_code == 0
    assert "left out: 12 rows" in done.output
    assert "24 of the rejected rows are left out" in done.output


def test_a_file_that_can_be_read_in_two_ways_is_asked_about_and_not_called_an_error(tmp_path: Path) -> None:
    rows = [
        ["Nr", "When", "For it?"],
        *([str(at), f"0{at % 9 + 1}/0{at % 8 + 1}/2026", ("Yes", "No")[at % 2]] for at in range(40)),
    ]
    path = written(tmp_path, rows)

    asked = run("import", str(path), "--db", f"sqlite:///{tmp_path}/a.sqlite", "--time-zone", "UTC")

    assert asked.exit_code == 1
    assert "Error" not in asked.output
    assert "--dates day-first" in asked.output
