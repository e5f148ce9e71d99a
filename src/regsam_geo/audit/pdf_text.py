"""The texts of a PDF, as far as its fonts say which signs they show."""

from __future__ import annotations

import re
import zlib


def pdf_texts(data: bytes) -> list[str]:
    """Return the lines of a PDF; the parts of tables and pictures come in the order in which they were drawn.

    Notes
    -----
    This reads what this library and most programs write: streams that are compressed with Flate or not at all, and
    fonts with a ``ToUnicode`` map. What is a picture, or encrypted, is not read.
    """
    objects = _objects(data)
    maps = {number: _unicode_map(body) for number, body in objects.items() if b"beginbf" in body}
    fonts = {number: _fonts_of(body, objects, maps) for number, body in objects.items() if b"/Font" in body}
    every: dict[bytes, dict[bytes, str]] = {}
    for named in fonts.values():
        every |= named
    of_page: dict[int, dict[bytes, dict[bytes, str]]] = {}
    for number, body in objects.items():
        content = re.search(rb"/Contents\s*(?:(\d+)\s+0\s+R|\[([^\]]*)\])", body)
        if content:
            resources = re.search(rb"/Resources\s+(\d+)\s+0\s+R", body)
            named = fonts.get(int(resources.group(1)), {}) if resources else fonts.get(number, {})
            for one in re.findall(rb"(\d+)\s+0\s+R", b" ".join(part or b"" for part in (content.group(0),))):
                of_page[int(one)] = {**every, **named}
    lines: list[str] = []
    for number, body in objects.items():
        if re.search(rb"\bT[Jj]\b", body) and b"BT" in body and b"begincmap" not in body:
            own = of_page.get(number) or {**every, **fonts.get(number, {})}
            lines += _whole_sentences(_lines(body, own))
        # alternative texts and titles
        lines += [
            _string(told) for told in re.findall(rb"/(?:Alt|ActualText|Title)\s*(\((?:\\.|[^\\()])*\))", body)
        ]
        lines += [
            _hex_string(told) for told in re.findall(rb"/(?:Alt|ActualText|Title)\s*<([0-9A-Fa-f\s]*)>", body)
        ]
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _whole_sentences(lines: list[str]) -> list[str]:
    """Join the lines that running text was broken into."""
    found: list[str] = []
    for line in (one.strip() for one in lines):
        # half a sentence would name its area, and the other half its number
        goes_on = found and len(found[-1]) > 40 and line[:1].islower() and found[-1][-1:] not in ".:%"
        if goes_on:
            found[-1] = found[-1].rstrip("\u00ad") + " " + line
        else:
            found.append(line)
    return found


def _fonts_of(
    body: bytes, objects: dict[int, bytes], maps: dict[int, dict[bytes, str]]
) -> dict[bytes, dict[bytes, str]]:
    """Return what the signs of each font mean, by the names that one page has for them."""
    told = re.search(rb"/Font\s*(?:(\d+)\s+0\s+R|<<(.*?)>>)", body, flags=re.DOTALL)
    if told is None:
        return {}
    listed = objects.get(int(told.group(1)), b"") if told.group(1) else told.group(2)
    found = {}
    for name, number in re.findall(rb"/([^\s/<>()\[\]]+)\s+(\d+)\s+0\s+R", listed):
        meaning = re.search(rb"/ToUnicode\s+(\d+)\s+0\s+R", objects.get(int(number), b""))
        if meaning and int(meaning.group(1)) in maps:
            found[name] = maps[int(meaning.group(1))]
    return found


def _objects(data: bytes) -> dict[int, bytes]:
    """Return the bodies of all objects, with their streams unpacked."""
    found: dict[int, bytes] = {}
    # by search: the directory of a PDF may be damaged, and programs that show it search then, too
    for one in re.finditer(rb"(\d+)\s+\d+\s+obj\b(.*?)\bendobj", data, flags=re.DOTALL):
        head, mark, rest = one.group(2).partition(b"stream")
        if not mark:
            found[int(one.group(1))] = head
            continue
        raw = rest.lstrip(b"\r").removeprefix(b"\n").rsplit(b"endstream", 1)[0]
        if b"FlateDecode" in head:
            try:
                # a stream made to unpack without end stops here
                raw = zlib.decompressobj().decompress(raw, 50_000_000)
            except zlib.error:
                raw = b""
        if b"/ObjStm" in head:
            found |= _packed(head, raw)
        # in pictures and fonts the letters of text commands occur by chance
        elif b"/Image" not in head and b"/FontFile" not in head:
            found[int(one.group(1))] = head + raw
    return found


def _packed(head: bytes, raw: bytes) -> dict[int, bytes]:
    told = re.search(rb"/First\s+(\d+)", head)
    if told is None:
        return {}
    first = int(told.group(1))
    numbers = [int(one) for one in raw[:first].split()]
    starts = [first + one for one in numbers[1::2]]
    ends = [*starts[1:], len(raw)]
    return {number: raw[a:b] for number, a, b in zip(numbers[::2], starts, ends, strict=True)}


def _unicode_map(body: bytes) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", body, flags=re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]+)>", part):
            found[bytes.fromhex(code.decode())] = _utf16(text)
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", body, flags=re.DOTALL):
        pattern = rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[(.*?)\])"
        for low, high, start, many in re.findall(pattern, part, flags=re.DOTALL):
            size = len(low) // 2
            # a damaged range must not become a table of four billion signs
            codes = range(int(low, 16), min(int(high, 16), int(low, 16) + 65535) + 1)
            texts = [_utf16(one) for one in re.findall(rb"<([0-9A-Fa-f\s]+)>", many)]
            for at, code in enumerate(codes):
                if start:
                    head, last = _utf16(start)[:-1], _utf16(start)[-1:]
                    text = head + chr(ord(last) + at) if last else ""
                else:
                    text = texts[at] if at < len(texts) else ""
                found[code.to_bytes(size, "big")] = text
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(b"".join(digits.split()).decode()).decode("utf-16-be", "replace")


_TOKEN = re.compile(
    rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s/<>()\[\]]+|[-+.\d]+|[A-Za-z'\"*]+",
    re.DOTALL,
)


def _lines(body: bytes, fonts: dict[bytes, dict[bytes, str]]) -> list[str]:
    """Read a page: what is shown one after the other at one height is a line."""
    lines: list[str] = []
    line: list[str] = []
    stack: list[bytes] = []
    font: dict[bytes, str] = {}
    outer, kept, text, height = 0.0, list[float](), 0.0, -1.0
    begun = False
    for token in _TOKEN.findall(body):
        if token[:1] not in _LETTERS:
            stack.append(token)
            continue
        if token == b"q":
            kept.append(outer)
        elif token == b"Q" and kept:
            outer = kept.pop()
        elif token == b"cm" and len(stack) >= 6:
            outer += _number(stack[-1])
        elif token == b"BT":
            text, begun = 0.0, True
        elif token == b"Tm" and len(stack) >= 6:
            text = _number(stack[-1])
        elif token in (b"Td", b"TD") and len(stack) >= 2:
            text += _number(stack[-1])
        elif token == b"T*":
            # how far down is not looked up: only that another line begins matters
            text -= 12.0
        elif token == b"Tf" and len(stack) >= 2:
            font = fonts.get(stack[-2].lstrip(b"/"), {})
        elif token in (b"Tj", b"TJ", b"'", b'"'):
            if abs(outer + text - height) > 0.5:
                lines.append("".join(line))
                line, height = [], outer + text
            elif begun and line:
                line.append(" ")
            begun = False
            for part in stack:
                if part[:1] in b"(<":
                    line.append(_shown(part, font))
                # many programs write no blanks and move on by this much instead
                elif token == b"TJ" and part[:1] in b"-.0123456789" and _number(part) < -180:
                    line.append(" ")
        stack = []
    return [*lines, "".join(line)]


_LETTERS = {bytes([one]) for one in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'\"*"}


def _number(token: bytes) -> float:
    try:
        return float(token)
    except ValueError:
        return 0.0


def _shown(token: bytes, font: dict[bytes, str]) -> str:
    raw = bytes.fromhex(_even(token[1:-1])) if token[:1] == b"<" else _unescaped(token[1:-1])
    # without a map the usual encodings agree with Latin-1 at least in digits and plain letters
    if not font:
        return raw.decode("latin-1")
    size = max(map(len, font), default=1)
    return "".join(font.get(raw[at : at + size], "") for at in range(0, len(raw), size))


def _even(digits: bytes) -> str:
    text = b"".join(digits.split()).decode()
    return text + "0" * (len(text) % 2)


def _unescaped(raw: bytes) -> bytes:
    plain = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def one(found: re.Match[bytes]) -> bytes:
        sign = found.group(1)
        if sign.isdigit():
            return bytes([int(sign, 8) & 255])
        return plain.get(sign, sign)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, raw, flags=re.DOTALL)


def _string(token: bytes) -> str:
    raw = _unescaped(token[1:-1])
    return raw[2:].decode("utf-16-be", "replace") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")


def _hex_string(digits: bytes) -> str:
    raw = bytes.fromhex(_even(digits))
    return raw[2:].decode("utf-16-be", "replace") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")
