"""The words of the trade, as plain immutable values.

Nothing here reads, computes or draws. A `Survey` is what its definition says; a `Batch` is what one stretch of a file
holds once every cell has been understood; `Cells` are the sums that every estimate is made of.
"""

from analytics.model.articles import Article, Section
from analytics.model.batches import FAULTS_KEPT, Answers, Batch, Chunk, ImportReport, Quarantined, Unfinished
from analytics.model.cells import ANSWERED, APART, MISSING, NO_ANSWER, NO_TIME, Cells, Cube, Grain, Wanted
from analytics.model.person import EVERYBODY, Person
from analytics.model.questions import Change, Choice, ChoiceColumn, Kind, Net, Question
from analytics.model.responses import Audited, Receipt, Response, Status
from analytics.model.segments import Segment
from analytics.model.selections import Filter, ResponseStanding, Standing
from analytics.model.snapshot import Read, Snapshot
from analytics.model.sources import Origin, Said, Source
from analytics.model.surveys import Columns, Dimension, Event, Level, Survey, first_asked
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
    "Columns",
    "Cube",
    "Dimension",
    "Event",
    "Filter",
    "Grain",
    "ImportReport",
    "Kind",
    "Level",
    "Net",
    "Origin",
    "Person",
    "Quarantined",
    "Question",
    "Read",
    "Receipt",
    "Response",
    "ResponseStanding",
    "Said",
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
