"""Reading pages as a person does: tables by cell, list items, paragraphs, words of pictures."""

from __future__ import annotations

from html.parser import HTMLParser

TEXTS = ("td", "th", "li", "p", "h1", "h2", "caption")


class Page(HTMLParser):
    """Cells are lists of their pieces: a detail or a mark in a cell is a piece of its own."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.texts, self.alts, self.links = [], [], [], []
        self._open, self._drawing, self._hidden = [], 0, False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "svg":
            self._drawing += 1
        if tag == "style":
            self._hidden = True
        if "aria-label" in found and found.get("role") == "img":
            self.alts.append(found["aria-label"])
        if "alt" in found:
            self.alts.append(found["alt"])
        if tag == "table":
            self.tables.append({"class": found.get("class", ""), "rows": []})
        elif tag == "tr":
            self.tables[-1]["rows"].append([])
        elif tag in TEXTS:
            cell = {"tag": tag, "class": found.get("class", ""), "title": found.get("title", ""), "pieces": [""]}
            if tag in ("td", "th"):
                self.tables[-1]["rows"][-1].append(cell)
            else:
                self.texts.append(cell)
            self._open.append(cell)
        elif tag in ("span", "br") and self._open:
            self._open[-1]["pieces"].append("")

    def handle_endtag(self, tag):
        if tag == "svg":
            self._drawing -= 1
        elif tag == "style":
            self._hidden = False
        elif tag in TEXTS and self._open:
            self._open.pop()
        elif tag == "span" and self._open:
            self._open[-1]["pieces"].append("")

    def handle_data(self, data):
        if self._open and not self._drawing and not self._hidden:
            self._open[-1]["pieces"][-1] += data

    def rows(self, place=0):
        """A table by its place or class: rows of cells, each a list of pieces that say something."""
        table = (
            self.tables[place] if isinstance(place, int) else next(t for t in self.tables if t["class"] == place)
        )
        return [[pieces(cell) for cell in row] for row in table["rows"]]

    def said(self, tag):
        """The texts of all elements of a kind."""
        return [" ".join(pieces(one)) for one in self.texts if one["tag"] == tag]


def pieces(cell):
    """The pieces of a cell that say something; only spaces that break are made one."""
    texts = [" ".join(text.split(" ")).replace("\n", " ").strip(" ") for text in cell["pieces"]]
    return [text for text in texts if text]
