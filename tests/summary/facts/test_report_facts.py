from __future__ import annotations

from regsam_geo.summary.facts.report_facts import gather_report_facts


def test_a_map_counts_what_it_marks(sample_study):
    """What has been open for more than three reports is folded, and no map marks it."""
    study = sample_study.replace(period=2024)
    facts = gather_report_facts(study)
    marked, folded = {}, 0
    for row in facts.warnings.to_dict("records"):
        if row["status"] == "open" and int(row["last"]) < 2024 - 3:
            folded += 1
            continue
        marked.setdefault((row["indicator"], row["group"]), set()).update(row["areas"].split(", "))
    assert folded
    assert {one.naming.key: one.n_warnings for one in facts.maps if one.n_warnings} == {
        key: len(areas) for key, areas in marked.items()
    }
