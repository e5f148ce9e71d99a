"""The fields of a JSON schema as a table, made from the schema each time the site is built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

HEAD = ("field", "value", "meaning")


class SchemaTable(Directive):
    """One row per field of a record: its name, what may stand there, and the schema's own words about it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table of the schema that the argument names, a path from the folder of the docs."""
        env = self.state.document.settings.env
        path = Path(env.srcdir) / self.arguments[0]
        env.note_dependency(str(path))
        schema = json.loads(path.read_text(encoding="utf-8"))
        table = nodes.table(classes=["schema"])
        group = nodes.tgroup(cols=len(HEAD))
        table += group
        for width in (16, 34, 50):
            group += nodes.colspec(colwidth=width)
        head, body = nodes.thead(), nodes.tbody()
        head += _row([[nodes.Text(cell)] for cell in HEAD])
        for name, field in schema["items"]["properties"].items():
            meaning = field.get("description") or _referred(field, schema).get("description", "")
            body += _row([[nodes.literal(text=name)], _values(field, schema), [nodes.Text(meaning)]])
        group += [head, body]
        return [table]


def _referred(field: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a field refers to, or the field itself."""
    if "$ref" not in field:
        return field
    return schema["$defs"][field["$ref"].rpartition("/")[2]]


def _values(field: dict[str, Any], schema: dict[str, Any]) -> list[nodes.Node]:
    """Return what may stand in a field: its values if they are listed, else its type and limits."""
    field = _referred(field, schema)
    if "enum" in field:
        listed: list[nodes.Node] = []
        for value in field["enum"]:
            listed += [nodes.Text(", ")] if listed else []
            listed.append(nodes.literal(text=json.dumps(value)))
        return listed
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    text = " or ".join(types)
    if "items" in field:
        text += f" of {field['items']['type']}"
    if field.get("minLength") or field.get("minItems"):
        text += ", never empty"
    if "minimum" in field:
        text += f" from {field['minimum']} to {field['maximum']}"
    if "pattern" in field:
        text += ", a period"
    return [nodes.Text(text)]


def _row(cells: list[list[nodes.Node]]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        row += nodes.entry("", nodes.paragraph("", "", *cell))
    return row


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("schema-table", SchemaTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
