"""The slides of a meeting pack, opened again and compared with the pack's files and the plain CSV."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation

import regsam_geo as rg
from regsam_geo.audit.contents import Contents, _slides
from regsam_geo.errors import OptionError, OutputError

pytestmark = pytest.mark.slow

INDICATORS = ["Arbeitslose - Anteil", "Innerräumliche Umzugsziffer"]


@pytest.fixture(scope="module")
def pack(tmp_path_factory, small_panel):
    study = rg.Study(small_panel.sel(INDICATORS, period=range(2012, 2024)), lang="de")
    return rg.write_meeting_pack(study, "4/12", tmp_path_factory.mktemp("pack"), date="22. November 2026")


@pytest.fixture(scope="module")
def file(pack):
    return pack.save_pptx(pack.folder.parent / "sitzung.pptx")


@pytest.fixture(scope="module")
def deck(file):
    return Presentation(file)


def texts_of(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def notes_of(slide):
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def pictures_of(slide):
    return [shape for shape in slide.shapes if shape.shape_type is not None and hasattr(shape, "image")]


def test_each_map_and_each_chart_of_the_pack_has_a_slide(pack, deck):
    drawn = [path for path in pack.files if path.suffix == ".png"]
    with_picture = [slide for slide in deck.slides if pictures_of(slide)]
    assert len(with_picture) == len(drawn) == 6
    assert len(deck.slides) == 1 + len(drawn)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[0] == "Region 4/12: Schwabing-West / Schwabing-Freimann"
    assert len(set(titles)) == len(titles)
    assert "Arbeitslose: Region 4/12, 2023" in titles
    assert "22. November 2026" in texts_of(deck.slides[0])[1]
    for slide in with_picture:
        (shape,) = pictures_of(slide)
        picture = Image.open(io.BytesIO(shape.image.blob))
        # not stretched, as wide as the slide, and below the title
        assert picture.size[0] / picture.size[1] == pytest.approx(shape.width / shape.height, rel=0.01)
        assert shape.width == pytest.approx(deck.slide_width, abs=2)
        assert shape.top + shape.height <= deck.slide_height + 2
        title = slide.shapes.title
        assert title.top + title.height <= shape.top
        assert np.asarray(picture.convert("L")).std() > 10


def test_titles_can_be_edited_and_pictures_are_described(file, deck, plain):
    _, printed, region_of = plain
    now = {area: printed[INDICATORS[0], "2023", area] for area in region_of}
    low, high = min(now.values()), max(now.values())
    for slide in deck.slides:
        assert slide.shapes.title.is_placeholder
        for shape in pictures_of(slide):
            told = shape._element.nvPicPr.cNvPr.get("descr")
            assert len(told) > 20
            if slide.shapes.title.text_frame.text == "Arbeitslose, 2023":
                for value in (low, high):
                    areas = [area for area, one in now.items() if one == value]
                    text = f"{value:.1f}".replace(".", ",") + "\xa0% ("
                    assert any(text + area in told for area in areas)
    other = Presentation(file)
    other.slides[1].shapes.title.text_frame.text = "Neu"
    stream = io.BytesIO()
    other.save(stream)
    assert Presentation(stream).slides[1].shapes.title.text_frame.text == "Neu"


def test_the_notes_hold_the_sentences_of_the_warnings(pack, deck):
    with (pack.folder / "region-4-12" / "tabellen" / "hinweise.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    sentences = [cell for row in rows[1:] for cell in row if "Hinweis seit" in cell]
    assert len(sentences) == 1
    for sentence in sentences:
        # beside the city's map, the region's map and the chart
        assert sum(sentence in notes_of(slide) for slide in deck.slides) == 4
    assert all(notes_of(slide) for slide in deck.slides)
    region = next(slide for slide in deck.slides if "Arbeitslose: Region" in slide.shapes.title.text_frame.text)
    assert "Stadt: 3,6" in notes_of(region)


def test_the_same_pack_gives_the_same_bytes_and_names_no_person(pack, file, deck, tmp_path):
    assert pack.save_pptx(tmp_path / "again.pptx").read_bytes() == file.read_bytes()
    told = deck.core_properties
    assert (told.author, told.last_modified_by, told.language) == ("regsam_geo", "regsam_geo", "de-DE")
    assert told.created.year == told.modified.year == 1980
    with zipfile.ZipFile(file) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in parts.namelist())
        whole = b" ".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert b"Steve Canny" not in whole
    assert str(pack.folder).encode() not in whole


def test_the_audit_reads_what_stands_on_the_slides(file, deck):
    found = Contents()
    _slides(file, "sitzung.pptx", found)
    read = {text for text, _ in found.texts}
    assert found.unread == []
    for slide in deck.slides:
        for text in (*texts_of(slide), *notes_of(slide).split("\n")):
            assert not text or text in read
        for shape in pictures_of(slide):
            assert shape._element.nvPicPr.cNvPr.get("descr") in read


def test_what_is_hidden_in_the_pack_is_hidden_on_the_slides(tmp_path):
    rows = []
    for year in range(2016, 2025):
        counts = {f"{number:02d}": 40 + 7 * number + (year - 2012) for number in range(1, 26)}
        counts["17"] = 2
        for area, count in counts.items():
            rows.append(("Beratungen", year, "district", area, count, 2000 + 10 * int(area)))
        rows.append(("Beratungen", year, "city", "munich", sum(counts.values()), 25 * 2130))
    frame = pd.DataFrame(rows, columns=["indicator", "period", "level", "area_id", "numerator", "denominator"])
    frame["value"] = (100 * frame["numerator"] / frame["denominator"]).round(2)
    panel = rg.Panel.from_frame(frame).with_catalogue(
        {"Beratungen": {"unit": "%", "decimals": 2, "counts_persons": True, "scale": 100.0, "summable": True}}
    )
    study = rg.Study(panel, lang="de")
    hidden = study.published.data.query("sign == 'suppressed' and period == '2024'")
    assert {"17"} < set(hidden["area_id"])
    pack = rg.write_meeting_pack(study, "17/18", tmp_path / "pack")
    deck = Presentation(pack.save_pptx(tmp_path / "a.pptx"))
    values = frame[(frame["period"] == 2024) & (frame["level"] == "district")].set_index("area_id")["value"]
    told = [shape._element.nvPicPr.cNvPr.get("descr") for slide in deck.slides for shape in pictures_of(slide)]
    whole = " ".join([*told, *(text for slide in deck.slides for text in (*texts_of(slide), notes_of(slide)))])
    assert "geheim" in whole
    for area in hidden.loc[hidden["level"] == "district", "area_id"]:
        text = f"{values[area]:.2f}".replace(".", ",")
        assert not re.search(rf"(?<![\d,]){text}(?!\d)", whole)
    audit = rg.audit_disclosure([tmp_path / "pack", tmp_path / "a.pptx"])
    assert audit.safe, audit.text()
    assert any(name.endswith("a.pptx") for name in audit.read)


def test_one_region_of_a_pack_of_all(small_panel, tmp_path):
    study = rg.Study(small_panel.sel(INDICATORS[:1], period=range(2019, 2025)), lang="en")
    pack = rg.write_meeting_pack(study, "5", tmp_path / "pack")
    with pytest.raises(OptionError, match="17/18"):
        pack.save_pptx(tmp_path / "x.pptx", "17/18")
    with pytest.raises(OutputError, match=r"\.pptx"):
        pack.save_pptx(tmp_path / "x.pdf")
    deck = Presentation(pack.save_pptx(tmp_path / "x.pptx", "Au-Haidhausen"))
    assert deck.core_properties.language == "en-US"
    assert "Maps and warnings 2024" in texts_of(deck.slides[0])[1]


def test_what_is_missing_is_said_with_the_way_to_install_it(pack, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(OutputError) as caught:
        pack.save_pptx(tmp_path / "x.pptx")
    assert caught.value.code == "pptx_missing"
    assert "regsam-geo[pptx]" in str(caught.value)
    assert not (tmp_path / "x.pptx").exists()
