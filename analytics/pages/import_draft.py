"""What an import on its way looks like between two clicks: the files, the first look, and the definition so far."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.errors import SurveyError
from analytics.imports.definition.survey import read_definition
from analytics.imports.propose import Look, look_at
from analytics.imports.reading.uploads import keep_upload
from analytics.model import Article, Survey

DRAFT = "import draft"
STRUCTURES, DEFINITIONS = (".lss",), (".toml",)


@dataclass
class Draft:
    """An import that has not been made yet. `surveys` are the definition's states, the newest last."""

    uploaded: tuple[str, ...]
    folder: tempfile.TemporaryDirectory[str]
    files: tuple[Path, ...] = ()
    look: Look | None = None
    surveys: list[Survey] = field(default_factory=list)
    article: Article | None = None

    @property
    def survey(self) -> Survey:
        """Returns the definition as it stands."""
        return self.surveys[-1]

    def change(self, survey: Survey) -> None:
        """Takes a new state of the definition; the one before can be had back."""
        if survey != self.survey:
            self.surveys.append(survey)

    def take_back(self) -> None:
        """Goes back to the state before the last change."""
        if len(self.surveys) > 1:
            self.surveys.pop()


def draft_of(uploads: Sequence[Any], named: Sequence[Path] = ()) -> Draft | None:
    """Returns the draft of uploaded and named files, looked at once; None where no file of responses is among them.

    Raises:
        SurveyError: a file or definition cannot be read.
    """
    uploaded = (*(one.file_id for one in uploads), *(f"{path} {path.stat().st_mtime_ns}" for path in named))
    kept: Draft | None = st.session_state.get(DRAFT)
    if kept is not None and kept.uploaded == uploaded:
        return kept if kept.look else None
    forget_draft()
    draft = Draft(uploaded, tempfile.TemporaryDirectory(prefix="import-"))
    try:
        _look_into(draft, uploads, named)
    except SurveyError:
        draft.folder.cleanup()
        raise
    st.session_state[DRAFT] = draft
    return draft if draft.look else None


def forget_draft() -> None:
    """Lets go of the files and of what was made of them."""
    draft: Draft | None = st.session_state.pop(DRAFT, None)
    if draft is not None:
        draft.folder.cleanup()


def _look_into(draft: Draft, uploads: Sequence[Any], named: Sequence[Path]) -> None:
    paths = [*(_kept(draft, place, one) for place, one in enumerate(uploads)), *named]
    draft.files = tuple(path for path in paths if path.suffix.lower() not in (*STRUCTURES, *DEFINITIONS))
    structure = next((path for path in paths if path.suffix.lower() in STRUCTURES), None)
    definition = next((path for path in paths if path.suffix.lower() in DEFINITIONS), None)
    if draft.files:
        with st.spinner("Looking at the file …"):
            draft.look = look_at(draft.files[0], structure)
        proposed = draft.look.proposal.survey
        draft.surveys = [proposed if definition is None else read_definition(definition)]


def _kept(draft: Draft, place: int, upload: Any) -> Path:
    """Returns where an upload was put: in a folder of its own, since two files can have one name."""
    folder = Path(draft.folder.name) / str(place)
    folder.mkdir()
    return keep_upload(folder, upload.name, upload.getvalue())
