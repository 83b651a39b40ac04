"""A small store with all that a page can meet: series, shares, changes, conflicts, doubts, gaps, hostile texts."""

import hashlib
from contextlib import closing

from tests.read.make_pdf import TITLE, para, pdf

from builders import GROOMING, YEAR_1718, YEAR_1819, count_mention, observe, released
from extract.read.pdf import read_pdf
from extract.records import Mention
from extract.report import Texts, build_site
from extract.store import Store
from extract.store.database import read_only
from extract.tabulate.rows import packed, release_rows

KENT = "Kent Police recorded 120 offences in 2018/19, up from 80 in 2017/18, a rise of 50%.\nSnapchat was used in 40%."
LATER = "Kent Police recorded 130 offences in 2018/19. Essex Police recorded 0 & Surrey Police <more> 7."
BOUNDED = "Norfolk Constabulary recorded more than 9 offences in 2017/18 and about 20 in 2018/19, and 22 of images."
HOSTILE = (
    "<script>window.hit = 1</script> Essex recorded 99 in 2018/19 <img src=x onerror='window.hit = 2'>\n"
    '"><svg onload=window.hit=3> {{ 7 * 7 }} </script><b>bold</b> javascript:alert(1)'
)
ALONE = "Callers rang 55 times."


def mention(text, label, words, value, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Mention(label, start, start + len(words), words, value, f"{label.lower()}.test")


def releases():
    share = {"statistic": "share", "unit": "percent", "measure": "instances", "platforms": ("snapchat",)}
    change = {"statistic": "change", "unit": "percent", "base": YEAR_1718}
    kent = released(
        "kent",
        KENT,
        observe(KENT, "120", rules={"period": "period.with-figure", "bound": "bound.about"}, sentence=KENT[:83]),
        observe(KENT, "80", period=YEAR_1718, sentence=KENT[:83], flags=("period_inferred",)),
        observe(KENT, "50", sentence=KENT[:83], flags=("arithmetic_mismatch",), notes=("80 to 120 is 50",), **change),
        observe(KENT, "40", sentence=KENT[84:], **share),
        mentions=[
            mention(KENT, "FORCE", "Kent Police", "kent"),
            mention(KENT, "COUNT", "120", 120.0),
            mention(KENT, "YEAR", "2018/19", YEAR_1819),
            mention(KENT, "COUNT", "80", 80.0),
            mention(KENT, "YEAR", "2017/18", YEAR_1718),
            mention(KENT, "PERCENTAGE", "50%", (50.0, "percent")),
            mention(KENT, "PLATFORM", "Snapchat", ("snapchat",)),
            mention(KENT, "PERCENTAGE", "40%", (40.0, "percent")),
        ],
        publisher="NSPCC",
        url="https://example.org/kent",
    )
    later = released(
        "later",
        LATER,
        observe(LATER, "130"),
        observe(LATER, "0", nth=1, geography=("essex",)),
        observe(LATER, "7", geography=("surrey",)),
        mentions=[count_mention(LATER, "130"), mention(LATER, "FORCE", "Essex Police", "essex")],
        published="2020-11-05",
        publisher="NSPCC",
    )
    hostile = released(
        "../hostile <b>",
        HOSTILE,
        observe(HOSTILE, "99", geography=("essex",), offence="child-abuse-images", sentence=HOSTILE.split("\n")[0]),
        mentions=[mention(HOSTILE, "FORCE", "Essex", "essex"), count_mention(HOSTILE, "99")],
        url="javascript:alert(1)",
        publisher="Someone <else>",
    )
    norfolk = {"geography": ("norfolk",)}
    bounded = released(
        "bounded",
        BOUNDED,
        observe(BOUNDED, "9", bound=">", period=YEAR_1718, **norfolk),
        observe(BOUNDED, "20", nth=2, bound="~", **norfolk),
        observe(BOUNDED, "22", offence="child-abuse-images", **norfolk),
        publisher="NSPCC",
    )
    fields = {"geography": (), "period": None, "offence": None, "measure": "contacts"}
    return [kent, later, bounded, hostile, released("alone", ALONE, observe(ALONE, "55", **fields), published=None)]


def printed(path):
    """Write a PDF of two pages with red and blue figures; return the release that it gives and its row of inputs."""
    calm = para("Nothing is counted in this paragraph of quiet words about what the officers had been told. " * 5)
    first = para("Gwent Police recorded <font color='red'>61</font> offences in 2018/19. More work is to be done.")
    second = para("In Dyfed-Powys they came to <font color='blue'>2,075</font>, so the officers had said.")
    story = [para("Two forces and their figures", TITLE), calm, first, *[calm] * 9, second]
    data = pdf(story, height=480)
    path.write_bytes(data)
    read = read_pdf(data, "printed")
    made = [
        observe(read.text, "61", geography=("gwent",), sentence="Gwent Police recorded 61 offences in 2018/19."),
        observe(read.text, "2,075", geography=("dyfed-powys",), sentence=read.text[read.text.index("In Dyfed") :]),
    ]
    facts = {"source": str(path), "publisher": "Someone else", "reader": "pdf"}
    one = released("printed", read.text, *made, **facts)
    source = {"source": str(path), "release_id": "printed", "size": len(data), "modified": 0, "facts": ""}
    return one, source | {"sha256": hashlib.sha256(data).hexdigest(), "pipeline": "1"}


def make_store(path, which=None):
    with Store(path) as store:
        for one in which or releases():
            store.write(packed(release_rows(one)), "1")
        if which is None:
            one, source = printed(path.parent / "printed.pdf")
            store.write(packed(release_rows(one)), "1", source)
        store.refresh()
    return path


def make_site(store, folder, texts=Texts.auto, accuracy=None):
    with closing(read_only(store)) as connection:
        return build_site(connection, folder, texts, accuracy)


__all__ = ["GROOMING", "make_site", "make_store", "printed", "releases"]
