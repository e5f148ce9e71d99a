"""Write the made-up tables and layers of the notebooks and examples: the same bytes each time.

Every number here is invented. ``beratungen.csv`` holds the faults that the second notebook finds and mends.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import shapely

import regsam_geo as rg

HERE = Path(__file__).parent
SCHEME = rg.read_division().to_frame()
DISTRICTS = rg.load_boundaries("district")["name"]
DISTRICTS_AREA = rg.load_boundaries("district").geometry.union_all()


def comma(value: float, digits: int) -> str:
    """Write a number as a German spreadsheet does."""
    return f"{value:.{digits}f}".replace(".", ",")


EXAMPLES = HERE.parents[1] / "examples"


def write(name: str | Path, header: list[str], rows: list[list[str]], encoding: str = "cp1252") -> None:
    """Write a table with semicolons and the line ends of Windows."""
    with (HERE / name).open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([header, *rows])


def consultations() -> None:
    """Consultations per 1,000 households for three years, with four faults."""
    random = np.random.default_rng(7)
    households = {area: int(random.integers(14_000, 62_000)) for area in DISTRICTS.index}
    base = {area: float(random.uniform(6, 18)) for area in DISTRICTS.index}
    rows: list[list[str]] = []
    for year in (2022, 2023, 2024):
        cases = {a: round(households[a] / 1000 * base[a] * random.uniform(0.94, 1.08)) for a in DISTRICTS.index}
        for area, name in DISTRICTS.items():
            rate = comma(1000 * cases[area] / households[area], 1)
            rows.append([name, str(year), str(cases[area]), str(households[area]), rate])
        total, all_households = sum(cases.values()), sum(households.values())
        rows.append(
            ["Stadt München", str(year), str(total), str(all_households), comma(1000 * total / all_households, 1)]
        )

    def at(name: str, year: str) -> int:
        return next(i for i, row in enumerate(rows) if row[:2] == [name, year])

    # a sign of their own, for a value that came too late
    late = rows[at("Hadern", "2024")]
    late[2] = late[4] = "k. A."
    # a misspelt name
    rows[at("Schwabing-Freimann", "2023")][0] = "Schwabing-Freiman"
    # a comma that slipped by one place
    slipped = rows[at("Laim", "2024")]
    slipped[4] = comma(10 * float(slipped[4].replace(",", ".")), 1)
    # a row that was pasted twice
    rows.insert(at("Moosach", "2022") + 1, list(rows[at("Moosach", "2022")]))
    write("beratungen.csv", ["Bezirk", "Jahr", "Beratungen", "Haushalte", "je 1.000 Haushalte"], rows)


def arrears() -> None:
    """Households with rent arrears, 2010 to 2024; in the last year they rise in some districts."""
    random = np.random.default_rng(11)
    city_wide = 1 + 0.02 * np.cumsum(random.normal(size=15))
    rows: list[list[str]] = []
    risen = {"07": 1.32, "11": 1.30, "16": 1.28, "24": 1.35}
    table: dict[int, list[tuple[str, int, int]]] = {}
    for area in DISTRICTS.index:
        households = int(random.integers(14_000, 62_000))
        share = random.uniform(1.2, 3.4)
        for i, year in enumerate(range(2010, 2025)):
            growing = round(households * (1 + 0.008 * i))
            level = (
                share
                * city_wide[i]
                * np.exp(0.015 * random.normal())
                * (risen.get(area, 1) if year == 2024 else 1)
            )
            table.setdefault(year, []).append((area, int(random.binomial(growing, level / 100)), growing))
    for year, cells in table.items():
        total = ["Stadt München", sum(c[1] for c in cells), sum(c[2] for c in cells)]
        for name, cases, households in [*([f"{a} {DISTRICTS[a]}", n, m] for a, n, m in cells), total]:
            rows.append([str(name), str(year), str(cases), str(households), comma(100 * cases / households, 2)])
    write(
        "mietschulden.csv",
        ["Bezirk", "Jahr", "Haushalte mit Mietschulden", "Haushalte", "Anteil"],
        rows,
        "utf-8-sig",
    )


def families() -> None:
    """Places in family centers for three years: the table of ``examples/maps_from_csv.py``."""
    random = np.random.default_rng(3)
    rows = []
    for area, name in DISTRICTS.items():
        children = int(random.integers(900, 6_500))
        places = float(children * random.uniform(0.02, 0.09))
        for year in (2022, 2023, 2024):
            places *= random.uniform(0.98, 1.12)
            rows.append([f"{area} {name}", str(year), str(round(places)), str(children)])
            rows[-1].append(comma(100 * round(places) / children, 1))
    header = ["Stadtbezirk", "Jahr", "Plätze", "Kinder unter 6", "Plätze je 100 Kinder"]
    write(EXAMPLES / "familienzentren.csv", header, rows)


def quarters() -> None:
    """Cases by quarter, one column each: the table of ``examples/quarterly_series.py``."""
    random = np.random.default_rng(5)
    names = [f"{year}-Q{quarter}" for year in range(2019, 2025) for quarter in (1, 2, 3, 4)]
    season = np.tile([1.12, 0.97, 0.90, 1.01], 6)
    trend = 1 + 0.03 * np.cumsum(random.normal(size=24))
    rows = []
    for area, name in DISTRICTS.items():
        level = random.uniform(3, 9)
        values = level * season * trend * np.exp(0.02 * random.normal(size=24))
        if area == "19":
            values[-1] *= 1.4
        rows.append([f"{area} {name}", *(comma(value, 1) for value in values)])
    write(EXAMPLES / "quartale.csv", ["Bezirk", *names], rows, "utf-8-sig")


def months() -> None:
    """Counselling cases by month, few in each: the table of ``examples/monthly_counts.py``."""
    random = np.random.default_rng(9)
    names = [f"{year}-{month:02d}" for year in range(2018, 2025) for month in range(1, 13)]
    # many in winter, few in the holidays
    season = np.tile([1.25, 1.15, 1.1, 1.0, 0.95, 0.9, 0.85, 0.65, 0.95, 1.05, 1.1, 1.05], 7)
    rows = []
    for area, name in DISTRICTS.items():
        expected = random.uniform(3, 14) * season * np.exp(0.02 * np.arange(84) / 12)
        # twice as much scatter as chance alone
        cases = random.negative_binomial(expected, 0.5)
        if area == "16":
            cases[-2:] += 24
        rows.append([f"{area} {name}", *(str(count) for count in cases)])
    write(EXAMPLES / "beratungsfaelle.csv", ["Bezirk", *names], rows, "utf-8-sig")


def five_regions() -> None:
    """A region table of one's own: five large regions."""
    parts = {
        "Mitte": "01 02 03 05 08",
        "Nord": "04 10 11 12 24",
        "Ost": "13 14 15 16",
        "Süd": "06 07 17 18 19",
        "West": "09 20 21 22 23 25",
    }
    rows = [[area, region] for region, areas in parts.items() for area in areas.split()]
    write("fuenf_regionen.csv", ["Stadtbezirk", "Region"], sorted(rows), "utf-8-sig")


def planning_regions() -> None:
    """Three planning regions as a layer: the ones of ``examples/own_regions.geojson``."""
    layer = json.loads((HERE.parents[1] / "examples" / "own_regions.geojson").read_text(encoding="utf-8"))
    text = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in layer["features"])
    head = json.dumps({key: layer[key] for key in ("type", "name", "crs")}, ensure_ascii=False)[:-1]
    (HERE / "planungsregionen.geojson").write_text(f'{head}, "features": [\n{text}\n]}}\n', encoding="utf-8")


def places() -> None:
    """Places for children in family centers that are not there, and more of them in the middle of the city."""
    random = np.random.default_rng(21)
    west, south, east, north = DISTRICTS_AREA.bounds
    rows: list[list[str]] = []
    while len(rows) < 90:
        x = float(np.clip(random.normal((west + east) / 2, (east - west) / 5), west, east))
        y = float(np.clip(random.normal((south + north) / 2, (north - south) / 5), south, north))
        if DISTRICTS_AREA.contains(shapely.Point(x, y)):
            number = len(rows) + 1
            size = str(5 * int(random.integers(4, 25)))
            name = f"Familienzentrum {number} (erfunden)"
            rows.append([f"erfunden-{number:02d}", name, comma(x, 1), comma(y, 1), size])
    write("familienzentren_orte.csv", ["id", "Name", "x", "y", "Plätze"], rows, "utf-8-sig")


def scenario() -> None:
    """Children up to 14 to come by district: growth that nobody has foreseen."""
    random = np.random.default_rng(22)
    newest = rg.load_sample().sel(
        "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil", level="district", period=2024
    )
    rows = []
    for area, children in zip(newest.data["area_id"], newest.data["denominator"], strict=True):
        growth = float(random.uniform(0.94, 1.12)) + (0.25 if area == "22" else 0)
        for years, year in ((6, "2030"), (11, "2035")):
            rows.append([f"{area} {DISTRICTS[area]}", year, str(round(children * growth ** (years / 6)))])
    write("kinder_szenario.csv", ["Stadtbezirk", "Jahr", "Kinder"], rows, "utf-8-sig")


if __name__ == "__main__":
    consultations()
    arrears()
    families()
    quarters()
    months()
    five_regions()
    planning_regions()
    places()
    scenario()
