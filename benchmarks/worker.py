"""Runs one tool over one set of texts in a process of its own and prints what it cost as JSON.

``python -m benchmarks.worker TOOL JOB``, JOB being a JSON object that `texts_of` understands.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT
from benchmarks.texts import Writer

#: Texts of each mix that are run before anything is measured.
WARM = 4
Run = Callable[[Sequence[str]], object]


def tokenizer() -> Run:
    """Load spaCy's blank English tokenizer."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 50_000_000
    return lambda texts: [nlp.make_doc(text) for text in texts]


def pipeline() -> Run:
    """Load this package: mentions and observations."""
    from extract.annotate import build_pipeline, find_mentions
    from extract.records import Release
    from extract.relate import relate

    build_pipeline()

    def run(texts: Sequence[str]) -> None:
        for text in texts:
            release = Release("text", text)
            relate(release, find_mentions(release))

    return run


def mentions() -> Run:
    """Load this package: mentions alone."""
    from benchmarks.peers import ours

    return _over_releases(ours.load())


def ner() -> Run:
    """Load ``en_core_web_sm`` with nothing but what the entity recogniser needs, run over batches."""
    import spacy

    from benchmarks.peers.spacy_ner import MODEL

    nlp = spacy.load(MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    return lambda texts: list(nlp.pipe(texts))


def ner_whole() -> Run:
    """Load ``en_core_web_sm`` as it comes."""
    import spacy

    from benchmarks.peers.spacy_ner import MODEL

    nlp = spacy.load(MODEL)
    return lambda texts: list(nlp.pipe(texts))


def quantulum() -> Run:
    """Load quantulum3 with its classifier."""
    from quantulum3 import parser

    parser.parse("two litres of milk and 5 m of rope")
    return lambda texts: [parser.parse(text) for text in texts]


def recognizers() -> Run:
    """Load Recognizers-Text: numbers, percentages and dates."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_text import Culture

    finders = (recognize_number, recognize_percentage, recognize_datetime)
    return lambda texts: [find(text, Culture.English) for text in texts for find in finders]


def recognizers_numbers() -> Run:
    """Load Recognizers-Text: numbers and percentages."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_text import Culture

    finders = (recognize_number, recognize_percentage)
    return lambda texts: [find(text, Culture.English) for text in texts for find in finders]


def plain_regex() -> Run:
    """Load the plain regular expression."""
    from benchmarks.peers import plain_regex as peer

    return _over_releases(peer.load())


def _over_releases(find: Callable[..., object]) -> Run:
    from extract.records import Release

    return lambda texts: [find(Release("text", text)) for text in texts]


TOOLS: dict[str, Callable[[], Run]] = {
    f.__name__: f
    for f in (tokenizer, pipeline, mentions, ner, ner_whole, quantulum, recognizers, recognizers_numbers, plain_regex)
}


def texts_of(job: Mapping[str, Any]) -> list[str]:
    """Return the texts of a job: ``mix`` news, dense or corpus; ``number`` of them; ``joined`` into one or not."""
    if job["mix"] == "corpus":
        from extract.evaluate.gold import load_gold

        texts = [g.text for g in load_gold(ROOT / "gold", "dev")][: job["number"]]
    else:
        texts = Writer(job["mix"]).texts(job["number"])
    return ["\n\n".join(texts)] if job.get("joined") else texts


def peak_memory() -> float:
    """Return the greatest resident memory of this process in MB.

    The kernel's own mark of this program is read: ``ru_maxrss`` begins at the size of the process that started it.
    """
    status = Path("/proc/self/status").read_text("utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def measure(tool: str, job: Mapping[str, Any]) -> dict[str, float]:
    """Return words, seconds of processor time, seconds to load, and the peak memory in MB.

    Texts outside the mixes are run first, so that what a tool loads late is not counted as work; every text of the job
    is then seen once. The texts are made before the tool is loaded.
    """
    texts = texts_of(job)
    warm = [text for mix in ("news", "dense") for text in Writer(mix, seed=1).texts(WARM)]
    before = time.process_time()
    run = TOOLS[tool]()
    run(warm)
    begin = time.process_time()
    run(texts)
    end = time.process_time()
    return {
        "words": sum(len(text.split()) for text in texts),
        "seconds": end - begin,
        "load": begin - before,
        "peak": peak_memory(),
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], json.loads(sys.argv[2]))))
