"""A table with small counts, what the library makes of it, and fifty ways to give one of them away."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

import numpy as np
import pandas as pd
from pptx import Presentation

import regsam_geo as rg

YEARS = range(2021, 2025)
AREAS = [f"{number:02d}" for number in range(1, 26)]
SECRET = "17"
SMALL = 2
NEIGHBOR = "18"
"""The other district of the region."""
LEAST = "05"
"""A district with the smallest count that may be shown."""


def numbers(seed=1, small=SMALL):
    """Counts and populations by area and year: ``small`` in one district in the newest year, 6 before."""
    rng = np.random.default_rng(seed)
    counts, people = {}, {}
    for number, area in enumerate(AREAS):
        base = 1500 + 37 * number + int(rng.integers(0, 30))
        level = int(rng.integers(12, 90))
        for year in YEARS:
            people[area, year] = base + 3 * (year - 2021) if area != SECRET else 2170
            counts[area, year] = level + int(rng.integers(0, 9))
    for year in YEARS:
        counts[SECRET, year] = small if year == 2024 else 6
        counts[LEAST, year] = 3
        people[LEAST, year] = 2170
    return counts, people


def study_of(counts, people, **options):
    """A rate of cases, and women, men and all as counts."""
    rows = []
    for year in YEARS:
        rows += [
            ("Pflegefälle", "insgesamt", year, "district", area, counts[area, year], people[area, year])
            for area in AREAS
        ]
        everybody = [sum(one[area, year] for area in AREAS) for one in (counts, people)]
        rows.append(("Pflegefälle", "insgesamt", year, "city", "munich", *everybody))
    names = ["indicator", "group", "period", "level", "area_id", "numerator", "denominator"]
    frame = pd.DataFrame(rows, columns=names)
    frame["value"] = (100 * frame["numerator"] / frame["denominator"]).round(1)
    catalogue = pd.DataFrame(
        {
            "indicator": ["Pflegefälle"],
            "group": "insgesamt",
            "title_de": ["Pflegefälle (Anteil an der Bevölkerung)"],
            "title_en": ["Persons in care (share of the population)"],
            "unit": "%",
            "decimals": 1,
            "scale": 100.0,
            "counts_persons": True,
            "summable": True,
            "headline": True,
            "source": "erfunden",
        }
    )
    return rg.Study(rg.Panel.from_frame(frame, catalogue), lang=options.pop("lang", "de"), **options)


# ---- ways to give the 2 away, in a folder with the report and the pack of study_of(*numbers())


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def page(folder, body):
    write(
        folder, "notiz.html", f"<!doctype html><html><head><title>Notiz</title></head><body>{body}</body></html>"
    )


def slide(folder, text):
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).notes_slide.notes_text_frame.text = text
    deck.save(folder / "sitzung.pptx")


def report_page(folder, body):
    change(
        folder / "index.html",
        "</main>" if "</main>" in (folder / "index.html").read_text() else "</body>",
        body + "</body>",
    )


def workbook(folder, name, sheets, comment=""):
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if comment:
            sheet["A1"].comment = Comment(comment, "x")
        if title.startswith("_"):
            sheet.sheet_state = "hidden"
    if not sheets:
        book.create_sheet("leer")
    book.save(folder / name)


def layer(folder, columns, rows, name="zusatz"):
    path = next(folder.rglob("*.gpkg"))
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        base.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
        base.commit()


def pdf(folder, lines):
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"pdf.fonttype": 42}):
        figure = Figure()
        for number, line in enumerate(lines):
            figure.text(0.05, 0.9 - 0.08 * number, line)
        figure.savefig(folder / "notiz.pdf", format="pdf")


def typst_pdf(folder, text):
    import typst

    source = folder / "notiz.typ"
    source.write_text(text, encoding="utf-8")
    (folder / "notiz.pdf").write_bytes(typst.compile(str(source)))
    source.unlink()


def edition(folder, rows):
    """An edition of another day, beside: a folder of its own."""
    other = folder.parent / "ausgabe-davor"
    other.mkdir()
    (other / "tabelle.csv").write_text(rows, encoding="utf-8", newline="\n")


def wide(columns, rows):
    return ";".join(columns) + "\n" + "".join(";".join(map(str, row)) + "\n" for row in rows)


COUNTS, PEOPLE = numbers()
CITY = sum(COUNTS[area, 2024] for area in AREAS)
REGION = COUNTS[SECRET, 2024] + COUNTS[NEIGHBOR, 2024]
RATE = 100 * SMALL / PEOPLE[SECRET, 2024]
BEFORE = 100 * 6 / PEOPLE[SECRET, 2023]
LONG = "Indikator;Zeitraum;Gebiet;Wert;Einheit\n"
TITLE = "Pflegefälle (Anteil an der Bevölkerung)"


def german(number, digits):
    return f"{number:.{digits}f}".replace(".", ",")


def grid(skip=(), small=True):
    """Counts of all districts and the city in a wide table, without some."""
    rows = [(area, COUNTS[area, 2024]) for area in AREAS if area not in skip]
    return [*rows, ("München", CITY)]


def groups(hide):
    """Women, men and all by district; some cells hidden."""
    rng = np.random.default_rng(3)
    rows = []
    for area in AREAS:
        women = SMALL if area == SECRET else int(rng.integers(9, 60))
        men = int(rng.integers(9, 60))
        told = {"w": women, "m": men, "a": women + men}
        rows.append((area, *("geheim gehalten" if (area, one) in hide else told[one] for one in "wma")))
    return rows


def _map_page(folder):
    """The packed numbers of the offline map, with one more."""
    path = folder / "interaktive-karte.html"
    text = path.read_text(encoding="utf-8")
    (data,) = re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', text, flags=re.DOTALL)
    told = json.loads(data)
    series = told["series"][0]
    level = series["levels"]["district"]
    from regsam_geo.maps.interactive.packing import write_steps

    digits = series["decimals"] + series["extra"] - level["zeros"]
    row = [round(100 * COUNTS[SECRET, year] / PEOPLE[SECRET, year] * 10**digits) for year in YEARS]
    level["rows"][AREAS.index(SECRET)] = write_steps(row)
    path.write_text(text.replace(data, json.dumps(told)), encoding="utf-8", newline="\n")


PLANTED = {
    # a count beside
    "count in a wide table": lambda f: write(
        f, "x.csv", wide(["Stadtbezirk", "Pflegefälle"], [("17", 2), ("18", COUNTS["18", 2024])])
    ),
    "count in a wide table with names": lambda f: write(
        f,
        "x.csv",
        wide(["Bezirk", "Pflegefälle"], [("17 Obergiesing-Fasangarten", 2), ("20 Hadern", COUNTS["20", 2024])]),
    ),
    "count in a long table": lambda f: write(
        f, "x.csv", LONG + f"{TITLE};2024;17 Obergiesing-Fasangarten;2;Personen\n"
    ),
    "count of an indicator of another name": lambda f: write(
        f, "x.csv", wide(["Stadtbezirk", "Geduldete"], [("03", 2), ("04", 7)])
    ),
    "count in an English table": lambda f: write(
        f, "x.csv", "Indicator,Period,District,Numerator,Denominator\nPflegefälle,2024,17,2,2170\n"
    ),
    "count by years": lambda f: write(
        f,
        "pflegefälle.csv",
        wide(["Stadtbezirk", "2023", "2024"], [("17", 6, 2), ("18", COUNTS["18", 2023], COUNTS["18", 2024])]),
    ),
    "count by areas": lambda f: write(
        f,
        "x.csv",
        wide(["Indikator", "17", "18", "19"], [("Pflegefälle", 2, COUNTS["18", 2024], COUNTS["19", 2024])]),
    ),
    "count in a tab table": lambda f: write(f, "x.tsv", "Stadtbezirk\tPflegefälle\n17\t2\n"),
    "count in Windows letters": lambda f: (f / "x.csv").write_bytes(
        "Stadtbezirk;Pflegefälle\n17;2\n".encode("cp1252")
    ),
    "count in the own table": lambda f: (
        change(
            f / "region-17-18/tabellen/stadtbezirke.csv",
            "geheim gehalten;",
            ";",
        )
        or _fill_numerator(f)
    ),
    # sums
    "the other hidden count": lambda f: write(
        f, "x.csv", wide(["Stadtbezirk", "Pflegefälle"], [("05", 3), ("18", COUNTS["18", 2024])])
    ),
    "region sum": lambda f: write(
        f,
        "x.csv",
        wide(["Region", "Zähler"], [("17/18", REGION), ("9", COUNTS["09", 2024])]).replace(
            "Zähler", "Pflegefälle"
        ),
    ),
    "region sum in a long table": lambda f: write(
        f, "x.csv", LONG + f"{TITLE};2024;Region 17/18;{REGION};Personen\n"
    ),
    "all but one and the city": lambda f: write(f, "x.csv", wide(["Stadtbezirk", "Pflegefälle"], grid([SECRET]))),
    "all but one and the city of something else": lambda f: write(
        f, "x.csv", wide(["Stadtbezirk", "Asylsuchende"], [(a, "." if a == SECRET else n) for a, n in grid()])
    ),
    "two own areas": lambda f: write(
        f, "x.csv", wide(["Stadtbezirk", "Kranke"], [("17.1", "geheim"), ("17.2", 40), ("17.3", 31), ("17", 73)])
    ),
    "women from all and men": lambda f: write(
        f, "x.csv", wide(["Stadtbezirk", "weiblich", "männlich", "insgesamt"], groups({(SECRET, "w")}))
    ),
    "groups and the sum of districts": lambda f: write(
        f, "x.csv", wide(["Stadtbezirk", "Frauen", "Männer", "Alle"], groups({(SECRET, "w"), ("05", "w")}))
    ),
    "three indicators that add up": lambda f: write(f, "x.csv", three_parts()),
    "groups in a long table": lambda f: write(f, "x.csv", long_groups()),
    # rates
    "rate with two decimals": lambda f: write(
        f, "x.csv", LONG + f"{TITLE};2024;17 Obergiesing-Fasangarten;{german(RATE, 2)};%\n"
    ),
    "rate in a workbook": lambda f: workbook(
        f, "x.xlsx", {"Werte": [["Stadtbezirk", "Indikator", "Einheit", "Wert"], ["17", TITLE, "%", RATE]]}
    ),
    "rate in the offline map": _map_page,
    "rate and population of another table": lambda f: write(f, "x.csv", rate_and_population()),
    "rate per thousand": lambda f: write(
        f, "x.csv", "Indikator;Zeitraum;Stadtbezirk;Wert;Einheit;Nenner\nNotfälle;2024;17;0,9;je 1.000;2170\n"
    ),
    "difference from the city": lambda f: _hint(
        f, "Abstand zur Stadt", german(RATE - 100 * CITY / sum(PEOPLE[a, 2024] for a in AREAS), 3)
    ),
    "ratio to the city": lambda f: _hint(
        f, "Verhältnis zur Stadt", german(RATE / (100 * CITY / sum(PEOPLE[a, 2024] for a in AREAS)), 4)
    ),
    "change over one year": lambda f: _hint(f, "Veränderung zum Vorjahr", german(RATE - BEFORE, 3)),
    "change of a count": lambda f: write(
        f,
        "x.csv",
        "Indikator;Zeitraum;Stadtbezirk;Wert;Einheit;Veränderung zum Vorjahr\n"
        "Anzeigen;2023;17;9;Personen;\nAnzeigen;2024;17;geheim gehalten;Personen;-7\n",
    ),
    "rank": lambda f: write(
        f,
        "x.csv",
        "Indikator;Zeitraum;Stadtbezirk;Wert;Einheit;Rang\nAnzeigen;2024;16;3;Personen;1\n"
        "Anzeigen;2024;17;geheim gehalten;Personen;2\nAnzeigen;2024;18;2,5;Personen;3\n".replace("2,5", "2"),
    ),
    # words
    "sentence on the page": lambda f: report_page(f, "<p>In Stadtbezirk 17 gab es 2024 nur 2 Pflegefälle.</p>"),
    "notes of a slide": lambda f: slide(f, "In Stadtbezirk 17 gab es 2024 nur 2 Pflegefälle."),
    "sentence with a rate": lambda f: report_page(
        f, f"<p>Pflegefälle in Obergiesing-Fasangarten: {german(RATE, 2)} % (Stadt: 2,1 %).</p>"
    ),
    "alternative text": lambda f: report_page(
        f, '<img alt="Karte Pflegefälle: Stadtbezirk 17 mit 2, Stadtbezirk 18 mit 50" src="data:,">'
    ),
    "label for screen readers": lambda f: page(
        f, '<div role="img" aria-label="Pflegefälle, 17 Obergiesing-Fasangarten: 2"></div>'
    ),
    "tooltip": lambda f: page(f, '<span title="Obergiesing-Fasangarten, Pflegefälle: 2">17</span>'),
    "tooltip of a drawing": lambda f: write(
        f, "x.svg", "<svg><g><title>Pflegefälle, Stadtbezirk 17: 2</title></g></svg>"
    ),
    "letters of a drawing": lambda f: write(f, "x.svg", "<svg><text>Stadtbezirk 17: 2 Pflegefälle</text></svg>"),
    "table on a page": lambda f: page(
        f, "<table><tr><th>Stadtbezirk</th><th>Pflegefälle</th></tr><tr><td>17</td><td>2</td></tr></table>"
    ),
    "page within a page": lambda f: page(
        f, '<iframe srcdoc="&lt;p&gt;Stadtbezirk 17: 2 Pflegefälle&lt;/p&gt;"></iframe>'
    ),
    "text file": lambda f: write(f, "LIESMICH.txt", "Notiz\n\nPflegefälle in Stadtbezirk 17: 2 Personen.\n"),
    "English sentence": lambda f: page(f, "<p>Pflegefälle: 2 in district 17 (2024).</p>"),
    "PDF": lambda f: pdf(f, ["Notiz", "Stadtbezirk 17: 2 Pflegefälle"]),
    "PDF of the profile's kind": lambda f: typst_pdf(f, "= Notiz\nIn Stadtbezirk 17 gab es 2 Pflegefälle."),
    # workbooks, layers, data
    "sheet of a workbook": lambda f: workbook(
        f, "x.xlsx", {"A": [["nichts"]], "B": [["Stadtbezirk", "Pflegefälle"], [17, 2], [18, COUNTS["18", 2024]]]}
    ),
    "hidden sheet": lambda f: workbook(
        f, "x.xlsx", {"A": [["nichts"]], "_B": [["Stadtbezirk", "Pflegefälle"], [17, 2], [18, COUNTS["18", 2024]]]}
    ),
    "comment in a workbook": lambda f: workbook(
        f, "x.xlsx", {"A": [["nichts"]]}, "Pflegefälle in Stadtbezirk 17: 2"
    ),
    "column of a layer": lambda f: layer(
        f, ["area_id", "Pflegefälle"], [("17", 2.0), ("18", float(COUNTS["18", 2024]))]
    ),
    "layer of its own": lambda f: layer(
        f,
        ["area_id", "indicator", "period", "numerator"],
        [("05", TITLE, "2024", 3.0), ("18", TITLE, "2024", float(COUNTS["18", 2024]))],
    ),
    "records": lambda f: write(
        f, "x.json", json.dumps([{"area_id": "17", "indicator": "Pflegefälle", "period": "2024", "numerator": 2}])
    ),
    "map data": lambda f: write(
        f,
        "x.geojson",
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "geometry": None, "properties": {"Stadtbezirk": area, "Pflegefälle": n}}
                    for area, n in (("17", 2), ("18", COUNTS["18", 2024]))
                ],
            }
        ),
    ),
    "columns of a data set": lambda f: pd.DataFrame(
        {"Stadtbezirk": ["17", "18"], "Pflegefälle": [2, COUNTS["18", 2024]]}
    ).to_parquet(f / "x.parquet"),
    # editions
    "shown in an earlier edition": lambda f: edition(f, LONG.replace("Wert", "Zähler") + f"{TITLE};2024;17;2;%\n"),
    "the other one shown in an earlier edition": lambda f: edition(
        f, LONG.replace("Wert", "Zähler") + f"{TITLE};2024;05;3;%\n"
    ),
    "region in an earlier edition": lambda f: edition(
        f, LONG.replace("Wert", "Zähler") + f"{TITLE};2024;Region 17/18;{REGION};%\n"
    ),
}


def _fill_numerator(folder):
    path = folder / "region-17-18/tabellen/stadtbezirke.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(k for k, line in enumerate(lines) if line.startswith("17 "))
    cells = lines[at].split(";")
    head = lines[0].split(";")
    cells[head.index("Zähler")] = "2,0"
    lines[at] = ";".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _hint(folder, column, text):
    path = folder / "region-17-18/tabellen/stadtbezirke.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(k for k, line in enumerate(lines) if line.startswith("17 "))
    cells = lines[at].split(";")
    cells[lines[0].split(";").index(column)] = text
    lines[at] = ";".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def three_parts():
    rows = []
    for number, area in enumerate(AREAS):
        parts = (SMALL if area == SECRET else number + 8, 30 - number, number * 5 % 7 + 9)
        rows.append((area, "geheim gehalten" if area == SECRET else parts[0], *parts[1:], sum(parts)))
    return wide(["Stadtbezirk", "Männer", "Frauen", "Kinder", "Gesamt"], rows)


def long_groups():
    lines = ["Indikator;Ausprägung;Jahr;Stadtbezirk;Wert"]
    for area, women, men, both in groups({(SECRET, "w")}):
        for name, number in (("weiblich", women), ("männlich", men), ("insgesamt", both)):
            lines.append(f"Verwitwete;{name};2024;{area};{number}")
    return "\n".join(lines) + "\n"


def rate_and_population():
    lines = ["Stadtbezirk;Indikator;Jahr;Einheit;Wert"]
    for area in AREAS:
        lines.append(f"{area};Bevölkerung;2024;Personen;{PEOPLE[area, 2024]}")
        count = SMALL if area == SECRET else COUNTS[area, 2024]
        lines.append(f"{area};Wohnungslose;2024;%;{german(100 * count / PEOPLE[area, 2024], 2)}")
    return "\n".join(lines) + "\n"


# ---- safe folders: what the library makes of other tables


def variant(seed):
    """A study of another table: other numbers and thresholds, with groups, with zeros, with two indicators."""
    rng = np.random.default_rng(1000 + seed)
    kind = seed % 5
    options = {"lang": ("de", "en")[seed % 2], "threshold": (3, 3, 5)[seed % 3]}
    rows = []
    groups = ("weiblich", "männlich") if kind in (1, 3) else ()
    for indicator in ("Beratungen", "Notfälle")[: 2 if kind == 2 else 1]:
        for year in (2022, 2023, 2024):
            total = {}
            for area in AREAS:
                for group in groups or ("insgesamt",):
                    few = rng.random() < 0.08
                    count = int(rng.integers(0 if kind == 4 else 1, 4)) if few else int(rng.integers(11, 120))
                    whole = int(rng.integers(1200, 2600))
                    total.setdefault(area, []).append((group, count, whole))
            for area, parts in total.items():
                told = [
                    *parts,
                    *([("insgesamt", sum(p[1] for p in parts), sum(p[2] for p in parts))] if groups else []),
                ]
                rows += [(indicator, group, year, "district", area, count, whole) for group, count, whole in told]
            frame = pd.DataFrame(rows)
            mine = frame[(frame[0] == indicator) & (frame[2] == year)]
            for group, part in mine.groupby(1):
                rows.append((indicator, group, year, "city", "munich", int(part[5].sum()), int(part[6].sum())))
    names = ["indicator", "group", "period", "level", "area_id", "numerator", "denominator"]
    frame = pd.DataFrame(rows, columns=names)
    frame["value"] = (100 * frame["numerator"] / frame["denominator"]).round(1)
    catalogue = frame[["indicator", "group"]].drop_duplicates()
    catalogue = catalogue.assign(
        title_de=catalogue["indicator"] + " (" + catalogue["group"] + ")",
        title_en=catalogue["indicator"] + " (" + catalogue["group"] + ")",
        unit="%",
        decimals=1,
        scale=100.0,
        counts_persons=True,
        summable=True,
        headline=catalogue["group"] == "insgesamt",
        source="erfunden",
    )
    return rg.Study(rg.Panel.from_frame(frame, catalogue), **options)


def files_of(study, folder, region=""):
    """Write the report, or the pack of a region, without its pictures: they are not read."""
    from regsam_geo.summary.facts.profile_facts import gather_profile_facts
    from regsam_geo.summary.facts.report_facts import gather_report_facts
    from regsam_geo.summary.products.pack_files import PackFiles
    from regsam_geo.summary.products.report_files import report_files
    from regsam_geo.text import using_language

    with using_language(study.lang):
        if region:
            steps = PackFiles(gather_profile_facts(study, None), None, folder).region(region)
        else:
            facts = gather_report_facts(study, None)
            facts.warnings.attrs |= {"expected_false_warnings": 1.0}
            steps = report_files(facts, folder)
        for step in steps:
            picture = step.path.endswith(".png") or (
                step.path.endswith(".pdf") and "/" in step.path and not region
            )
            if not picture and not (region and "/karten/" in step.path) and not (region and "/maps/" in step.path):
                path = folder / step.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(step.make())
    return folder
