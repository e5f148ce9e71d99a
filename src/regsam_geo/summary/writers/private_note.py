"""What a run was made from, noted where nobody else looks, so that the next one knows what it may keep."""

from __future__ import annotations

import hmac
import json
import os
import secrets
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

MOST_NOTES = 500
"""So many folders are remembered; then the oldest note goes."""


def state_folder() -> Path:
    """Return the folder of this user for what programs remember between two runs."""
    if chosen := os.environ.get("XDG_STATE_HOME"):
        return Path(chosen) / "regsam-geo"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "regsam-geo"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "regsam-geo"
    return Path.home() / ".local" / "state" / "regsam-geo"


class PrivateNote:
    """The seal of what one folder was made from.

    Nothing of it stands in the folder. It is keyed with a random number that is used once: from a plain checksum
    of a table in which one count is hidden, whoever tries the few counts that it can be finds it.
    """

    def __init__(self, folder: Path, name: str) -> None:
        with suppress(RuntimeError):  # there is no home
            about = sha256(f"{folder.resolve()}\n{name}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
            self.path: Path | None = state_folder() / f"{about}.json"
            return
        self.path = None

    def agrees(self, made_from: str) -> bool:
        """Tell whether the last run was made from the same."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8")) if self.path else {}
            return hmac.compare_digest(str(found["seal"]), _seal(bytes.fromhex(found["key"]), made_from))
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def renew(self, made_from: str) -> None:
        """Note what this run is made from; where nothing can be noted, the next run begins anew."""
        if self.path is None:
            return
        key = secrets.token_bytes(32)
        text = json.dumps({"key": key.hex(), "seal": _seal(key, made_from)})
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._make_room()
            temporary = self.path.with_name(f"{self.path.name}-{secrets.token_hex(4)}")
            temporary.touch(mode=0o600, exist_ok=False)
            temporary.write_text(text, encoding="utf-8", newline="\n")
            temporary.replace(self.path)

    def _make_room(self) -> None:
        assert self.path is not None
        notes = sorted(self.path.parent.glob("*.json*"), key=lambda path: path.stat().st_mtime)
        for path in notes[: max(len(notes) - MOST_NOTES + 1, 0)]:
            path.unlink(missing_ok=True)


def _seal(key: bytes, made_from: str) -> str:
    return hmac.new(key, made_from.encode("utf-8", "surrogateescape"), "sha256").hexdigest()
