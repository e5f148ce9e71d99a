"""What planners read has no word of a statistician: reports, packs and profiles, as pages, tables and prints."""

from __future__ import annotations

import re
import zipfile
from html import unescape

import pypdf
import pytest

import regsam_geo as rg

FORBIDDEN = (
    *("Benjamini", "SHA-256", "Standardfehler", "p-Wert", "q-Wert", "signifikan", "Konfidenz", "Nullhypothese"),
    *("Quantil", "Standardabweichung", "standard error", "p-value", "significan", "confidence", "quantile"),
)
FORMS = {".pdf", ".html", ".txt", ".csv", ".xlsx"}


def words_of(path):
    """All that a file says, without its drawings and scripts; a divided word is whole again."""
    if path.suffix == ".pdf":
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        text = re.sub(r"[\u00ad-]\s*\n", "", text)
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            text = " ".join(
                book.read(name).decode("utf-8")
                for name in book.namelist()
                if name.startswith("xl/") and "xml" in name
            )
    else:
        text = path.read_text(encoding="utf-8")
    text = re.sub(r"<(style|script|svg)\b.*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def check(folder):
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in FORMS]
    # the page to click holds the whole program of a map
    files = [path for path in files if path.name != "interaktive-karte.html"]
    for path in files:
        text = words_of(path).casefold()
        found = [word for word in FORBIDDEN if word.casefold() in text]
        assert found == [], (path.name, found)
    return {path.suffix for path in files}


def test_reports_and_packs_have_words_of_every_day(report, pack):
    assert check(report) == {".pdf", ".html", ".csv", ".xlsx"}
    assert check(pack) == {".pdf", ".html", ".csv", ".xlsx", ".txt"}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_so_have_profiles_on_screen_and_paper(grouped, lang, tmp_path):
    profile = rg.region_profile(rg.Study(grouped[0], lang=lang), "16", period=2024)
    profile.save_html(tmp_path / "profile.html")
    (tmp_path / "profile.pdf").write_bytes(profile.to_pdf())
    assert check(tmp_path) == {".pdf", ".html"}


@pytest.mark.parametrize("word", ["Konfidenz", "p-Wert"])
def test_a_forbidden_word_is_found(word, tmp_path):
    (tmp_path / "seite.html").write_text(f"<style>x</style><p>Ein <b>{word}</b></p>", encoding="utf-8")
    with pytest.raises(AssertionError, match=word):
        check(tmp_path)
