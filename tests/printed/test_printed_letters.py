"""The letters of what is printed are large enough: nine points in texts and tables, seven in maps and charts."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from plain_letters import letters_of, nodes_of

import regsam_geo as rg
from regsam_geo.summary.facts.profile_facts import gather_profile_facts
from regsam_geo.summary.products.map_files import MapFiles
from regsam_geo.summary.products.region_profile import profile_from
from regsam_geo.summary.words.region_maps_page import region_maps_page
from regsam_geo.summary.words.report_page import print_page
from regsam_geo.summary.writers.pdf import FIRST_PAGE, REGION_MAPS, compile_pdf, compile_pictures, page_count

pytestmark = pytest.mark.slow

TEXT, LABEL = 9.0, 7.0
NEARLY = 0.01
POINTS_OF_A_MILLIMETER = 72 / 25.4


@pytest.fixture(scope="module")
def facts():
    return gather_profile_facts(rg.Study(rg.load_sample().sel(period=range(2018, 2025)), lang="de"))


def assert_large_enough(pdf, least=TEXT):
    found = letters_of(pdf)
    words = [one for one in found if not one.picture]
    assert sum(one.count for one in words) > 300
    assert min(one.size for one in words) >= least - NEARLY
    labels = [one.size for one in found if one.picture]
    assert not labels or min(labels) >= LABEL - NEARLY
    return found


def widths_of_pictures(pdf):
    """The widths of the pictures on the page, in the order of reading."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    boxes = [node["/A"] for node in nodes_of(reader) if node.get("/S") == "/Figure"]
    boxes = [one[0].get_object() if isinstance(one, list) else one for one in boxes]
    return [float(one["/BBox"][2]) - float(one["/BBox"][0]) for one in boxes]


def outlined_sizes(svg):
    """The sizes of letters that a picture draws as outlines: an em of a hundred units, made smaller."""
    return [100 * float(one) for one in re.findall(r"scale\(([\d.]+) -[\d.]+\)", svg)]


@pytest.mark.parametrize("region", ["1/2/3", "16", "21/22/23"])
def test_a_profile_can_be_read_on_paper(facts, region):
    profile = profile_from(facts, region)
    pdf = profile.to_pdf()
    assert page_count(pdf) in (2, 3)
    found = assert_large_enough(pdf)
    # the charts have letters, and they are counted
    assert sum(one.count for one in found if one.picture) > 100
    # the letters of the map are outlines: their size, by how far the map was made smaller
    width = float(re.search(r'<svg[^>]* width="([\d.]+)pt"', profile.map_svg)[1])
    placed = max(widths_of_pictures(pdf))
    assert placed == pytest.approx(84 * POINTS_OF_A_MILLIMETER, abs=1)
    assert min(outlined_sizes(profile.map_svg)) * min(placed / width, 1.0) >= LABEL - NEARLY


def test_so_can_the_maps_of_a_region(facts):
    page = region_maps_page(facts, "17/18", profile_from(facts, "17/18").map_svg)
    assert_large_enough(compile_pdf(page, REGION_MAPS))
    assert page_count(compile_pdf(page, REGION_MAPS)) == 2
    # around the region the colors are paler, and its outline is the strongest line
    svg = page["maps"][0]["svg"]
    strokes = [float(one) for one in re.findall(r'stroke-width="([\d.]+)"[^>]*/>', svg.partition("<text")[0])]
    assert strokes.count(max(strokes)) == 1
    assert max(strokes) > 3 * min(strokes)
    fills = set(re.findall(r'<path [^>]*fill="(#\w+)"', svg))
    legend = {one["color"] for one in page["maps"][0]["legend"]}
    assert fills & legend
    assert fills - legend
    (picture,) = compile_pictures({**page, "maps": page["maps"][:1]})
    assert picture.startswith(b"\x89PNG")


def test_so_can_a_map_of_the_city(facts, tmp_path):
    figure = rg.plot_map(facts.report.of_maps, "Arbeitslose", 2024, warnings=facts.report.warnings)
    path = rg.save_figure(figure, tmp_path / "karte.pdf")
    assert min(one.size for one in letters_of(str(path))) >= LABEL - NEARLY


def test_so_can_the_first_page_of_a_report(facts):
    drawn = MapFiles(facts.report).situation_alone
    pdf = compile_pdf(print_page(facts.report, drawn), FIRST_PAGE)
    assert_large_enough(pdf)
    width = float(re.search(r'<svg[^>]* width="([\d.]+)pt"', drawn)[1])
    placed = max(widths_of_pictures(pdf))
    assert min(outlined_sizes(drawn)) * placed / width >= LABEL - NEARLY


def test_letters_are_measured_as_they_stand_on_the_page():
    import typst

    page = '#set text(size: 10pt)\nWords #image(bytes("{}"), width: 50pt, alt: "two") #scale(50%)[small]'
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 20'><text y='15' font-size='12'>in</text></svg>"
    )
    pdf = typst.compile(('#set document(title: "x")\n' + page.format(svg)).encode(), pdf_standards="ua-1")
    sizes = {(one.picture, round(one.size, 3)) for one in letters_of(pdf)}
    assert sizes == {(False, 10.0), (True, 6.0), (False, 5.0)}
