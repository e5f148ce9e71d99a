"""Which area a text speaks of, and which areas make up another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from regsam_geo.areas import Division, as_division, official_ids

Place = tuple[str, str]
"""Level and id."""

CITY: Place = ("city", "munich")
LEVELS = {
    "stadtbezirk": "district",
    "bezirk": "district",
    "district": "district",
    "region": "region",
    "bezirksteil": "subdistrict",
    "sub-district": "subdistrict",
    "subdistrict": "subdistrict",
    "viertel": "quarter",
    "stadtbezirksviertel": "quarter",
    "quarter": "quarter",
    "stadt": "city",
    "city": "city",
    "own": "own",
}
_CITY = re.compile(
    r"(landeshauptstadt |stadt |city of )?(münchen|munich|muenchen)|stadt|city|gesamtstadt", re.IGNORECASE
)
_MENTION = re.compile(
    r"\b(Region|Stadtbezirk|Bezirksteil|Bezirk|Viertel|[Dd]istrict|[Rr]egion)e?s?\s+(\d{1,2}(?:[/.]\d{1,2})*)"
)
_IN_A_WORD = re.compile(r"[\w-] | [\w-]")
_ID = re.compile(r"(\d{1,2}(?:/\d{1,2})+|\d{1,2}\.\d{1,2}\.\d{1,2}|\d{1,2}\.\d{1,2}|\d{1,2})(?=\s|$)")


@dataclass(frozen=True, eq=False)
class Places:
    """The areas that a reader knows: districts, their regions, and whatever a table adds.

    ``sums`` names areas that make up another one.
    """

    region_of: Mapping[str, str]
    names: Mapping[str, Place]
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        division: Division | None = None,
        sums: Mapping[str, Iterable[str]] | None = None,
        beside: Iterable[Division] = (),
    ) -> Places:
        """Know the districts, the regions of a division and of others beside it, and areas made of others."""
        given = {} if sums is None else {str(whole): tuple(map(str, parts)) for whole, parts in sums.items()}
        division = as_division(division)
        others: dict[str, Place] = {}
        # groups of other areas, and those of a second division, are sums like any
        told = beside if division.level == "district" else [division, *beside]
        for other in told:
            for region, rows in other.members.groupby("region_id"):
                if str(region) in division.region_ids and other is not division:
                    continue
                given.setdefault(str(region), tuple(other.members_of(str(region))))
                for name in (str(region), str(rows["region_name"].iloc[0])):
                    others.setdefault(_plain(name), ("region", str(region)))
        if division.level != "district":
            # the districts are in none of them
            return cls(dict.fromkeys(official_ids("district"), ""), others, given)
        table = division.members
        region_of = dict.fromkeys(official_ids("district"), "") | division.groups.to_dict()
        names: dict[str, Place] = dict(others)
        for region, rows in table.groupby("region_id"):
            name = str(rows["region_name"].iloc[0])
            parts = name.split("/")
            names[_plain(name)] = ("region", str(region))
            if len(parts) == len(rows) and len(rows) > 1:
                names |= {
                    _plain(part): ("district", str(one)) for part, one in zip(parts, rows.index, strict=True)
                }
            elif len(rows) == 1:
                names[_plain(name)] = ("district", str(rows.index[0]))
            # ids that are numbers are found as numbers: "9" as a name would stand in every 0.9
            if re.search(r"[^\d/]", str(region)):
                names.setdefault(_plain(str(region)), ("region", str(region)))
        return cls(region_of, names, given)

    @property
    def regions(self) -> set[str]:
        """The ids of the regions."""
        return set(self.region_of.values()) - {""}

    def find(self, text: str, level: str = "") -> Place | None:
        """Return the area that a cell names; ``level`` is that of its column, where it says one.

        Examples
        --------
        >>> places = Places.of()
        >>> [places.find(text) for text in ("17 Obergiesing-Fasangarten", "Region 17/18", "Stadt München", "17.1")]
        [('district', '17'), ('region', '17/18'), ('city', 'munich'), ('subdistrict', '17.1')]
        >>> places.find("Hadern"), places.find("Wert")
        (('district', '20'), None)
        """
        text = str(text).strip().lstrip("'")
        if not text:
            return None
        if _CITY.fullmatch(text):
            return CITY
        word, _, rest = text.partition(" ")
        said = LEVELS.get(word.casefold().strip(":"), "")
        found = _ID.match(rest.strip() if said else text)
        if found is None:
            by_name = self.names.get(_plain(text))
            return by_name if by_name is not None or level != "own" else ("own", text)
        number = found.group(1)
        level = said or ("region" if "/" in number else level)
        if level == "region":
            clean = "/".join(str(int(part)) for part in number.split("/")) if "." not in number else ""
            known = clean in self.regions or self.names.get(clean) == ("region", clean)
            return ("region", clean) if known else None
        if level == "own":
            return ("own", text)
        parts = number.split(".")
        district = f"{int(parts[0]):02d}"
        if district not in self.region_of or "/" in number:
            return None
        level = ("district", "subdistrict", "quarter")[len(parts) - 1]
        return level, ".".join([district, *(str(int(part)) for part in parts[1:])])

    def parents(self, place: Place) -> list[Place]:
        """Return the areas of the next coarser levels that hold one."""
        level, area = place
        if level == "quarter":
            return [("subdistrict", area.rpartition(".")[0])]
        if level == "subdistrict":
            return [("district", area.partition(".")[0])]
        if level == "district":
            region = self.region_of[area]
            return [("region", region), CITY] if region else [CITY]
        # groups that leave out a part of the city do not add up to it, nor do those of two divisions
        return [CITY] if level == "region" and area in self.regions and all(self.region_of.values()) else []

    def whole_of(self, parent: Place, level: str) -> list[Place]:
        """Return the parts of an area on a level, where it is known without a table which there are."""
        if level == "district":
            return [
                ("district", one) for one, region in self.region_of.items() if parent in (CITY, ("region", region))
            ]
        if level == "region":
            return [("region", one) for one in sorted(self.regions)]
        return []

    def declared(self, seen: Collection[Place]) -> Iterator[tuple[Place, list[Place], bool]]:
        """Yield the sums that are declared: an area, its parts among those seen, and whether these are all."""
        for whole, names in self.sums.items():
            parent = _named(whole, seen)
            parts = [place for name in names if (place := _named(name, seen)) is not None]
            if parent is not None and parts:
                yield parent, parts, len(parts) == len(names)

    def mentions(self, text: str) -> list[tuple[int, int, Place]]:
        """Return where a running text speaks of areas, from left to right.

        Examples
        --------
        >>> places = Places.of()
        >>> [place[1] for _, _, place in places.mentions("Obersendling, Sendling und Sendling-Westpark")]
        ['06', '07']
        """
        found: list[tuple[int, int, Place]] = []
        for one in _MENTION.finditer(text):
            place = self.find(f"{one.group(1)} {one.group(2)}")
            if place is not None:
                found.append((one.start(), one.end(), place))
        low = text.casefold()
        for name, place in self.names.items():
            at = low.find(name)
            while at >= 0:
                end = at + len(name)
                # Sendling is no part of Obersendling, nor of Sendling-Westpark
                if not _IN_A_WORD.search(low[max(at - 1, 0) : at] + " " + low[end : end + 1]):
                    # the number before a name belongs to it, and would else be read as a figure
                    start = at - 3 if re.match(r"\d\d ", text[max(at - 3, 0) : at]) else at
                    found.append((start, end, place))
                at = low.find(name, at + 1)
        for one in re.finditer(r"(?<![\d/.])\d{1,2}(?:/\d{1,2})+(?![\d/])", text):
            place = self.find(one.group())
            if place is not None:
                found.append((one.start(), one.end(), place))
        found.sort(key=lambda one: (one[0], -one[1]))
        kept: list[tuple[int, int, Place]] = []
        for told in found:
            if not kept or told[0] >= kept[-1][1] or (told[1] > kept[-1][1] and told[2] == kept[-1][2]):
                kept.append(told)
        return kept


def _named(name: str, seen: Collection[Place]) -> Place | None:
    """Return the area of this name among those seen, areas of one's own first."""
    levels = ("own", "region", "district", "subdistrict", "quarter", "city")
    return next(((level, name) for level in levels if (level, name) in seen), None)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
