"""AREA mentions."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotate.component import MentionComponent
from extract.annotate.policing import find_labelled
from extract.records import Mention


def find(doc: Doc) -> list[Mention]:
    """Return the AREA mentions of a doc."""
    return [mention for mention in find_labelled(doc) if mention.label == "AREA"]


@Language.factory("nspcc_area")
def make_area(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_area``."""
    return MentionComponent(find)
