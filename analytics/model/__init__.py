"""The words of the trade, as plain immutable values.

Nothing here reads, computes or draws. A `Survey` is what its definition says; a `Batch` is what one stretch of a file
holds once every cell has been understood; `Cells` are the sums that every estimate is made of.
"""

from analytics.model.access import EVERYBODY, Person
from analytics.model.batches import FAULTS_KEPT, Answers, Batch, Chunk, ImportReport, Quarantined, Unfinished
from analytics.model.cells import ANSWERED, APART, MISSING, NO_ANSWER, NO_TIME, Cells, Cube, Grain, Wanted
from analytics.model.fieldwork import Fieldwork
from analytics.model.questions import Change, Choice, ChoiceColumn, Net, Question, QuestionKind
from analytics.model.request import ResponseStanding, Segment, Standing
from analytics.model.responses import Audited, Receipt, Response, Status
from analytics.model.snapshot import Read, Snapshot
from analytics.model.surveys import (
    Article,
    ColumnNote,
    Columns,
    Dimension,
    Event,
    FileNotes,
    Level,
    Picture,
    Section,
    Source,
    Survey,
    first_asked,
)
from analytics.model.targets import Benchmark, Target, Weighting

__all__ = [
    "ANSWERED",
    "APART",
    "EVERYBODY",
    "FAULTS_KEPT",
    "MISSING",
    "NO_ANSWER",
    "NO_TIME",
    "Answers",
    "Article",
    "Audited",
    "Batch",
    "Benchmark",
    "Cells",
    "Change",
    "Choice",
    "ChoiceColumn",
    "Chunk",
    "ColumnNote",
    "Columns",
    "Cube",
    "Dimension",
    "Event",
    "Fieldwork",
    "FileNotes",
    "Grain",
    "ImportReport",
    "Level",
    "Net",
    "Person",
    "Picture",
    "Quarantined",
    "Question",
    "QuestionKind",
    "Read",
    "Receipt",
    "Response",
    "ResponseStanding",
    "Section",
    "Segment",
    "Snapshot",
    "Source",
    "Standing",
    "Status",
    "Survey",
    "Target",
    "Unfinished",
    "Wanted",
    "Weighting",
    "first_asked",
]
