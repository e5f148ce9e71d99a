"""The worksheet of a region as a workbook: people fill in the white cells, all else is protected."""

from __future__ import annotations

import io
import textwrap
from typing import Any, Final

from regsam_geo.summary.words.worksheet import Worksheet
from regsam_geo.summary.writers.spreadsheets import A4, LINE_HEIGHT, NO_DATE
from regsam_geo.text import say
from regsam_geo.warning import ANSWERED, HEADS

WIDTHS: Final = {
    "area": 17, "status": 12, "finding": 34, "before": 26, "known": 30, "need": 9, "body": 13, "until": 11,
    "working_group": 14, "note": 26, "key": 3,
}  # fmt: skip
"""Characters across; without the key about as many as A4 takes on its side when it is fitted."""
OWN_ROWS: Final = 12
"""Empty rows for findings of people's own; more may be inserted."""
MOST_CHOICES: Final = 40
"""Rows of the lists from which people choose; the rest of them are empty, for choices of their own."""
_MAY: Final = (
    "insert_rows", "insert_columns", "format_cells", "format_rows", "format_columns", "sort", "autofilter",
    "delete_rows", "select_locked_cells", "select_unlocked_cells",
)  # fmt: skip


def worksheet_bytes(worksheet: Worksheet) -> bytes:
    """Return a worksheet as XLSX: drop-downs, a protected head, A4 across; equal bytes each time."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        # no author, no words of anybody: the title is the report's own
        workbook.set_properties({"title": worksheet.title, "created": NO_DATE})
        sheet = workbook.add_worksheet(say("worksheet.sheet", worksheet.lang))
        lists = workbook.add_worksheet(say("worksheet.lists", worksheet.lang))
        _write_lists(workbook, lists, worksheet)
        _Writer(workbook, sheet, worksheet, lists.get_name()).write()
    return stream.getvalue()


def _write_lists(workbook: Any, sheet: Any, worksheet: Worksheet) -> None:
    """Write what people choose from; the sheet is not protected, so that they add bodies of their own."""
    head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    lang = worksheet.lang
    needs = [say(f"assessment.need.{need}", lang) for need in ("yes", "no", "clarify")]
    lists = {
        "worksheet.bodies": say("worksheet.body.list", lang).split("; "),
        "worksheet.need": needs,
        "worksheet.indicators": list(worksheet.indicators),
    }
    text = workbook.add_format({"num_format": "@"})
    for column, (code, choices) in enumerate(lists.items()):
        sheet.write_string(0, column, say(code, lang), head)
        sheet.set_column(column, column, 40 if column != 1 else 14, text)
        for row, choice in enumerate(choices, start=1):
            sheet.write_string(row, column, choice, text)


class _Writer:
    """Writes the sheet that is filled in."""

    def __init__(self, workbook: Any, sheet: Any, worksheet: Worksheet, lists: str) -> None:
        self.sheet, self.worksheet, self.lang = sheet, worksheet, worksheet.lang
        self.lists = f"='{lists}'!"
        self.columns = [name for name in HEADS if name != "before" or worksheet.has_before]
        self.at = {name: place for place, name in enumerate(self.columns)}
        self.last = self.at["key"] - 1
        add = workbook.add_format
        edge = {"border": 1, "border_color": "#B8C0C8", "text_wrap": True, "valign": "top"}
        grey = {**edge, "bg_color": "#F1F3F5", "num_format": "@"}
        self.title = add({"bold": True, "font_size": 13})
        self.words = add({"text_wrap": True, "valign": "top", "font_color": "#444444"})
        self.head = add({**edge, "bold": True, "bg_color": "#DDE3E8"})
        self.locked = add(grey)
        self.open = add({**edge, "num_format": "@", "locked": False})
        # no text format: a date that is typed in becomes one, and a text stays a text
        self.date = add({**edge, "num_format": "dd.mm.yyyy", "align": "left", "locked": False})
        self.key = add({"font_color": "#B8C0C8", "font_size": 6, "num_format": "@"})
        self.section = add({"bold": True, "font_color": "#444444"})

    def write(self) -> None:
        """Write title, head, findings and the room for more."""
        sheet, worksheet, lang = self.sheet, self.worksheet, self.lang
        sheet.write_string(0, 0, worksheet.title, self.title)
        sheet.write_string(0, self.at["key"], worksheet.key, self.key)
        for row, code in enumerate(("worksheet.how", "worksheet.how_until"), start=1):
            sheet.merge_range(row, 0, row, self.last, say(code, lang), self.words)
            sheet.set_row(row, LINE_HEIGHT * 2 if row == 1 else LINE_HEIGHT)
        sheet.write_string(3, 0, say("worksheet.stated", lang), self.section)
        sheet.write_blank(3, 1, None, self.date)
        sheet.data_validation(3, 1, 3, 1, self._hint("worksheet.stated"))
        head = 5
        for name, place in self.at.items():
            style = self.key if name == "key" else self.head
            sheet.write_string(head, place, say(f"worksheet.{name}", lang), style)
            sheet.set_column(place, place, WIDTHS[name])
        sheet.set_row(head, LINE_HEIGHT * 2)
        row = head + 1
        for one in worksheet.rows:
            self._finding(row, one)
            row += 1
        if not worksheet.rows:
            sheet.write_string(row, 0, say("worksheet.none", lang), self.words)
            row += 1
        sheet.write_string(row, 0, say("worksheet.own", lang), self.section)
        # once more: where the head was cut away, this row still says what findings of people's own belong to
        sheet.write_string(row, self.at["key"], worksheet.key, self.key)
        for own in range(row + 1, row + 1 + OWN_ROWS):
            for name in self.columns[:-1]:
                sheet.write_blank(own, self.at[name], None, self.date if name == "until" else self.open)
            sheet.set_row(own, LINE_HEIGHT * 2)
        last = row + OWN_ROWS
        self._choices(head + 1, last, row + 1)
        self._page(head, last)

    def _finding(self, row: int, one: Any) -> None:
        lines = 2
        for name in self.columns:
            if name in ANSWERED:
                self.sheet.write_blank(row, self.at[name], None, self.date if name == "until" else self.open)
            else:
                self.sheet.write_string(row, self.at[name], one[name], self.key if name == "key" else self.locked)
                if name != "key":
                    parts = one[name].split("\n")
                    lines = max(lines, sum(len(textwrap.wrap(part, WIDTHS[name] - 2)) or 1 for part in parts))
        self.sheet.set_row(row, LINE_HEIGHT * lines)

    def _choices(self, first: int, last: int, own: int) -> None:
        """Offer choices without forbidding others: a body that is in no list may still be named."""

        def choose(name: str, column: str, start: int, most: int = MOST_CHOICES) -> None:
            source = f"{self.lists}${column}$2:${column}${most + 1}"
            said = {"validate": "list", "source": source, "error_type": "information", "show_error": False}
            self.sheet.data_validation(start, self.at[name], last, self.at[name], said)

        choose("body", "A", first)
        choose("need", "B", first, 3)
        choose("finding", "C", own, max(len(self.worksheet.indicators), 1))
        self.sheet.data_validation(first, self.at["until"], last, self.at["until"], self._hint("worksheet.until"))

    def _hint(self, code: str) -> dict[str, Any]:
        prompt = {"worksheet.until": "worksheet.how_until", "worksheet.stated": "worksheet.stated.prompt"}[code]
        return {
            "validate": "any",
            "input_title": say(code, self.lang)[:32],
            "input_message": say(prompt, self.lang)[:255],
        }

    def _page(self, head: int, last: int) -> None:
        sheet = self.sheet
        sheet.freeze_panes(head + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)  # inches
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        # the key is for programs and stays off the paper
        sheet.print_area(0, 0, last, self.last)
        sheet.set_footer("&L&F&R&P / &N")
        # without a password: it keeps from slips, not from people
        sheet.protect("", dict.fromkeys(_MAY, True))
