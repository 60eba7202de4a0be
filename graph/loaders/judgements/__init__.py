"""Judgements of people on identity: files that can be shared, what they add up to, and pairs proposed for them."""

from graph.loaders.judgements.files import (
    JudgementFile,
    NameJudgement,
    PairJudgement,
    Verdict,
    holds_judgements,
    read_judgement_files,
)
from graph.loaders.judgements.joined import NO_JUDGEMENTS, Judged, read_judgements, scheme_of
from graph.loaders.judgements.settling import settled

__all__ = [
    "NO_JUDGEMENTS",
    "Judged",
    "JudgementFile",
    "NameJudgement",
    "PairJudgement",
    "Verdict",
    "holds_judgements",
    "read_judgement_files",
    "read_judgements",
    "scheme_of",
    "settled",
]
