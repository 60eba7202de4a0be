"""The closed lists of words that qualifiers and properties take (`docs/reference/model.md` prints them)."""

from __future__ import annotations

from typing import Final

__all__ = ["BOUNDS", "CLOSINGS", "METHODS", "REVIEWS", "STAGES", "VOCABULARIES"]

METHODS: Final = ("curated", "reading", "structured", "extracted")
REVIEWS: Final = ("checked", "unchecked")
BOUNDS: Final = ("exact", "about", "at_least", "at_most")
CLOSINGS: Final = ("source_changed", "our_error", "document_withdrawn", "redacted")
STAGES: Final = ("not_started", "in_progress", "partly_done", "done", "superseded", "closed_undone", "unclear")

VOCABULARIES: Final[dict[str, tuple[str, ...]]] = {
    "inquiry_form": ("statutory", "non_statutory", "audit", "review", "inspection", "committee", "inquest"),
    "document_form": (
        "report", "interim_report", "response", "progress_report", "debate", "written_answer", "written_statement",
        "letter", "press_notice", "article", "act", "bill", "dataset", "coroner_report", "web_page",
        "terms_of_reference", "guidance", "minutes", "briefing", "other",
    ),
    "decision_form": (
        "request", "vote", "response", "refusal", "commission", "commitment", "appointment", "direction",
        "designation", "enactment",
    ),
    "position": (
        "accepted", "accepted_in_principle", "accepted_in_part", "need_accepted", "supported", "noted",
        "under_consideration", "rejected", "not_for_responder", "none_stated",
    ),
    "target_role": ("must_act", "consulted", "oversees"),
    "leader_role": ("chair", "panel_member", "reviewer"),
    "repeat_how": ("cites", "reissues", "amends", "narrows", "overlaps", "contradicts"),
    "succession_how": ("renamed", "merged", "split", "functions_moved"),
    "action_stage": ("planned", "begun", "done"),
    "assessment_stage": STAGES,
    "yes_no": ("yes", "no"),
}  # fmt: skip
