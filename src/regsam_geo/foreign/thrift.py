"""Thrift's compact protocol, as far as Parquet files use it: read by hand, so that sizes are known beforehand."""

from __future__ import annotations

import struct
from typing import Any

_DEEPEST = 12
_MOST_VALUES = 2_000_000
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)


class Reader:
    """Reads values one after another; a struct is a dictionary by the number of its fields.

    Raises
    ------
    ValueError
        If the bytes are none, or hold more values than any real file.
    """

    def __init__(self, content: bytes, at: int = 0) -> None:
        self.content = content
        self.at = at
        self._left = _MOST_VALUES

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Read a struct to its end."""
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        fields: dict[int, Any] = {}
        number = 0
        while (head := self._byte()) != 0:
            step, kind = head >> 4, head & 15
            number = number + step if step else self._zigzag()
            fields[number] = self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        self._left -= 1
        if self._left < 0:
            raise ValueError("too many values")
        if kind in (_TRUE, _FALSE):
            return kind == _TRUE
        if kind == _BYTE:
            return self._byte()
        if kind in (_I16, _I32, _I64):
            return self._zigzag()
        if kind == _DOUBLE:
            return struct.unpack("<d", self._bytes(8))[0]
        if kind == _BINARY:
            return self._bytes(self._varint())
        if kind in (_LIST, _SET):
            head = self._byte()
            size = head >> 4 if head >> 4 < 15 else self._varint()
            inner = head & 15
            if inner in (_TRUE, _FALSE):
                return [self._byte() == _TRUE for _ in range(self._checked(size))]
            return [self._value(inner, depth + 1) for _ in range(self._checked(size))]
        if kind == _STRUCT:
            return self.struct(depth + 1)
        raise ValueError(f"kind {kind}")

    def _checked(self, size: int) -> int:
        # every value takes a byte at least
        if size > len(self.content) - self.at:
            raise ValueError("list beyond the end")
        return size

    def _byte(self) -> int:
        if self.at >= len(self.content):
            raise ValueError("cut off")
        self.at += 1
        return self.content[self.at - 1]

    def _bytes(self, size: int) -> bytes:
        if size > len(self.content) - self.at:
            raise ValueError("cut off")
        self.at += size
        return self.content[self.at - size : self.at]

    def _varint(self) -> int:
        value = shift = 0
        # ten groups of seven bits hold the largest number there is
        while shift < 70:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise ValueError("number too long")

    def _zigzag(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)
