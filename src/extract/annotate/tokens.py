"""Tokenizer rules of such releases on top of spaCy's English ones."""

from __future__ import annotations

import re
from typing import Any

from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

#: Kept whole: police years with any dash, and rows of signs, which the affix rules would take off one by one.
_WHOLE = re.compile(r"(?:19|20)\d\d(?:/|-|–)(?:\d\d|\d{4})|[^\w\s]{20,}")
_INFIXES = (
    r"(?<=\d)%(?=[)\],;])",
    r"(?<=%)[)\],;:](?=\w)",  # 44%)of
    r"(?<=\w)[)\]](?=\w)",
    r"(?<=[A-Za-z])/(?=[A-Za-z])",
    r"(?<=\d)(?:–|—)(?=\d)",
    r"(?<=[A-Za-z])(?:–|—)(?=[A-Za-z0-9])",
)
#: A footnote mark behind a number with thousands or a word.
_SUFFIXES = (r"(?<=\d,\d{3})\d{1,2}", r"(?<=[a-z]{3})\d{1,2}")
_PREFIXES = (r"[•·–—|](?=\S)",)


def add_rules(nlp: Language) -> None:
    """Extend the tokenizer of a blank English pipeline."""
    tokenizer: Any = nlp.tokenizer
    defaults = nlp.Defaults
    tokenizer.infix_finditer = compile_infix_regex([*(defaults.infixes or ()), *_INFIXES]).finditer
    tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or ()), *_SUFFIXES]).search
    tokenizer.prefix_search = compile_prefix_regex([*(defaults.prefixes or ()), *_PREFIXES]).search
    tokenizer.token_match = _WHOLE.fullmatch
