"""Gold to and from annotation tools: Label Studio, Prodigy and doccano (JSONL), brat standoff."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from extract.errors import GoldError
from extract.evaluate.exchange.brat import annotation_conf, from_brat, to_brat
from extract.evaluate.exchange.jsonl import from_jsonl, to_jsonl
from extract.evaluate.exchange.label_studio import from_label_studio, labelling_config, to_label_studio
from extract.evaluate.gold import GoldRelease

#: The names of the formats as the command line gives them.
FORMATS: tuple[str, ...] = ("label-studio", "jsonl", "brat")


def export_files(releases: Sequence[GoldRelease], form: str) -> dict[str, str]:
    """Return names and contents of the files that an annotation tool takes.

    Raises
    ------
    GoldError
        A format that is not one of `FORMATS`.
    """
    if form == "label-studio":
        return {"label-studio.json": to_label_studio(releases), "label-studio.xml": labelling_config()}
    if form == "jsonl":
        return {"annotations.jsonl": to_jsonl(releases)}
    if form == "brat":
        made = {"annotation.conf": annotation_conf()}
        for release in releases:
            made |= to_brat(release)
        return made
    raise GoldError(None, f"the format {form!r} is unknown", f"use one of {', '.join(FORMATS)}")


def write_export(releases: Sequence[GoldRelease], form: str, folder: Path) -> list[Path]:
    """Write the files of `export_files` into a folder; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, content in export_files(releases, form).items():
        # Offsets hold to the character: no line ending may be rewritten.
        (folder / name).write_text(content, "utf-8", newline="")
        made.append(folder / name)
    return made


def read_export(path: Path) -> tuple[GoldRelease, ...]:
    """Return the releases of a tool's export, its format told by the path.

    Parameters
    ----------
    path
        A ``.json`` file of Label Studio, a ``.jsonl`` file of Prodigy or doccano, or a folder of brat files.

    Raises
    ------
    GoldError
        A path of another kind; and what the format's reader refuses.
    """
    if path.is_dir():
        return tuple(_read_brat(ann) for ann in sorted(path.glob("*.ann")))
    text = _read(path)
    if path.suffix == ".jsonl":
        return from_jsonl(text, str(path))
    if path.suffix == ".json":
        return from_label_studio(text, str(path))
    raise GoldError(path, "is of no known format", "give a .json, a .jsonl or a folder of .ann files")


def _read_brat(ann: Path) -> GoldRelease:
    meta = ann.with_suffix(".meta.json")
    head = json.loads(_read(meta)) if meta.exists() else {"id": ann.stem}
    return from_brat(_read(ann.with_suffix(".txt")), _read(ann), head, str(ann))


def _read(path: Path) -> str:
    # Bytes, because reading text would turn every line ending into a newline.
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise GoldError(path, f"is not UTF-8 ({error})", "export it as UTF-8") from error


__all__ = ["FORMATS", "export_files", "read_export", "write_export"]
