"""FORCE mentions."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotate.component import MentionComponent
from extract.annotate.policing import find_labelled
from extract.records import Mention


def find(doc: Doc) -> list[Mention]:
    """Return the FORCE mentions of a doc."""
    return [mention for mention in find_labelled(doc) if mention.label == "FORCE"]


@Language.factory("nspcc_force")
def make_force(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_force``."""
    return MentionComponent(find)
