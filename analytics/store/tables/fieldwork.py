"""Which surveys are asked under an article, and how: a survey that was never asked there takes no answers."""

from __future__ import annotations

from cattrs.preconf.json import make_converter
from sqlalchemy import Connection, Engine, delete, select

from analytics.model import Fieldwork, Survey
from analytics.store.place.connections import reading, writing
from analytics.store.tables.rows import keep_note, read_note
from analytics.store.tables.schema import about
from analytics.store.tables.surveys import save_survey, survey_by_key, survey_row

_converter = make_converter()


def ask_survey(engine: Engine, survey: Survey, fieldwork: Fieldwork) -> None:
    """Records the survey and how it is asked, both or neither; from then on it takes answers.

    Raises:
        RequestError: no form can be made of it, or a survey of that key was removed and can still be brought back.
        DefinitionError: the change would alter what already recorded answers mean.
    """
    fieldwork.refuse()
    with writing(engine) as connection:
        save_survey(connection, survey)
        keep_note(connection, _note(survey.key), _converter.dumps(fieldwork))


def read_asked(engine: Engine, key: str) -> tuple[Survey, Fieldwork] | None:
    """Returns the survey and how it is asked; None where there is none, or where it was never asked."""
    with reading(engine) as connection:
        text = read_note(connection, _note(key))
        if text is None or survey_row(connection, key) is None:
            return None
        return survey_by_key(connection, key)[1], _converter.loads(text, Fieldwork)


def read_fieldwork(engine: Engine, key: str) -> Fieldwork | None:
    """Returns how the survey is asked under its article, None where it is not."""
    found = read_asked(engine, key)
    return None if found is None else found[1]


def read_asked_keys(engine: Engine) -> tuple[str, ...]:
    """Returns the keys of the surveys that were asked under an article, in their order."""
    with reading(engine) as connection:
        names = connection.execute(select(about.c.name).where(about.c.name.startswith(_note("")))).scalars()
        return tuple(sorted(name.removeprefix(_note("")) for name in names))


def forget_fieldwork(connection: Connection, key: str) -> None:
    """Forgets how the survey was asked: one of the same key that comes later is asked anew, or not at all."""
    connection.execute(delete(about).where(about.c.name == _note(key)))


def _note(key: str) -> str:
    return f"fieldwork/{key}"
