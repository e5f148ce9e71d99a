"""The PDF is accessible and the same each time; the notebook shows the page."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

import regsam_geo as rg
from regsam_geo.summary.products.region_profile import profile_from
from regsam_geo.summary.writers.pdf import page_count


@pytest.fixture(scope="module")
def profile(facts):
    return profile_from(facts, "17/18")


@pytest.fixture(scope="module")
def pdf(profile):
    return profile.to_pdf()


def elements(node, found):
    """Walk the structure tree."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for one in node:
            elements(one, found)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            found.append((str(node["/S"]), str(node.get("/Alt", ""))))
        if "/K" in node:
            elements(node["/K"], found)
    return found


def test_language_title_and_tags(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title.startswith("Regionenprofil 2024: Region 17/18")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    found = elements(root["/StructTreeRoot"], [])
    tags = [tag for tag, _ in found]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 6
    assert tags.count("/Table") == 2
    assert tags.count("/TH") >= 7 + 4
    pictures = [alt for tag, alt in found if tag == "/Figure"]
    assert len(pictures) == 1 + 3 + 3
    assert all(len(alt) > 20 for alt in pictures)


def test_the_words_come_in_reading_order(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    places = [
        text.index(words)
        for words in (
            "Regionenprofil 2024",
            "Auf einen Blick",
            "Kennzahlen im Vergleich",
            "liegt kein Hinweis vor",
            "Entwicklung",
            "Die Stadtbezirke im Vergleich",
            "Quellen und Methode",
            "dl-de/by-2-0",
        )
    ]
    # the licence stands under the map too
    assert places[:-1] == sorted(places[:-1])
    assert re.search(r"Seite 1 von [23]\b", text)


def test_few_pages_same_bytes_and_nothing_private(profile, pdf):
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == page_count(pdf)
    assert page_count(pdf) in (2, 3)
    assert profile.to_pdf() == pdf
    for secret in (b"/home", b"/tmp", b"/root", b"/work"):
        assert secret not in pdf


def test_all_fonts_are_embedded_and_the_package_s_own(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    names = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert names
    assert all("DejaVuSans" in name for name in names)


def test_many_warnings_still_leave_three_pages(facts):
    from dataclasses import replace

    import pandas as pd

    profile = profile_from(facts, "21/22/23")
    sentence = "Stadtbezirk 21 – Arbeitslose 2024: 4,0 % (Stadt: 3,9 %). " * 6
    rows = pd.DataFrame(
        {
            "urgency": ["check"] * 40,
            "status": "new",
            "indicator": "Arbeitslose - Anteil",
            "group": "insgesamt",
            "area_id": "21",
            "short": sentence,
            "sentence_de": sentence,
            "sentence_en": sentence,
        }
    )
    crowded = replace(profile, content=replace(profile.content, warnings=rows))
    made = crowded.to_pdf()
    assert page_count(made) == 3
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "weitere Hinweise stehen in der Tabelle" in re.sub(r"\s+", " ", text)


def test_a_notebook_shows_the_page(profile):
    shown = profile._repr_html_()
    assert "<html" not in shown
    assert 'lang="de"' in shown
    assert "Region 17/18" in shown
    # rules hold for the profile alone
    style = shown[shown.index("<style>") : shown.index("</style>")]
    rules = re.findall(r"^\s*([^@{}\s][^{}]*)\{", style.removeprefix("<style>"), flags=re.MULTILINE)
    assert rules
    assert all(part.strip().startswith(".regsam-profile") for rule in rules for part in rule.split(","))


def test_files_are_written_whole(profile, pdf, tmp_path):
    profile.save_pdf(tmp_path / "neu" / "profil.pdf")
    profile.save_html(tmp_path / "neu" / "profil.html")
    assert (tmp_path / "neu" / "profil.pdf").read_bytes() == pdf
    html = (tmp_path / "neu" / "profil.html").read_text(encoding="utf-8")
    assert html == profile.to_html()
    # one file, no network
    assert not re.findall(r'(?:src|href)="', html.replace('xlink:href="#', ""))
    assert sorted(path.name for path in (tmp_path / "neu").iterdir()) == ["profil.html", "profil.pdf"]


def test_english(small_panel):
    from regsam_geo.summary.facts.profile_facts import gather_profile_facts
    from regsam_geo.summary.words.profile_page import page_of
    from regsam_geo.summary.words.region_content import make_profile

    page = page_of(make_profile(gather_profile_facts(rg.Study(small_panel, lang="en")), "17/18"), "<svg></svg>")
    assert page["lang"] == "en"
    assert page["figures"]["rows"][0]["title"] == "Unemployed"
    assert page["figures"]["rows"][0]["value"] == "3.7\N{NO-BREAK SPACE}%"
