#!/usr/bin/env python3
"""Measures the reading of entities against ../shared/data/entities.

usage: entities_measure.py PROGRAM [--show KIND LANGUAGE [N]]
PROGRAM is build/bin/entities_eval. A case is right when exactly its results are found (of its kind), each with span and value.
A tenth of the cases, by FNV-1a of the text, is held out: --show prints failures of the others only.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys


def held_out(text):
    h = 0xCBF29CE484222325
    for c in text.encode():
        h = ((h ^ c) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h % 10 == 0


def decimal(s):
    try:
        return float(str(s).rstrip("%").replace(",", "."))
    except ValueError:
        return None


def datetime_values(resolution):
    """The values that a case accepts, the primary one last: ISO 8601, ranges as start/end, sets and seasons by their timex."""
    out = []
    for v in (resolution or {}).get("values", []):
        kind = v.get("type", "")
        if v.get("value") == "not resolved" or kind in ("set", "duration"):
            out.append(v["timex"])
        elif "start" in v or "end" in v:
            out.append(f"{v.get('start', '')}/{v.get('end', '')}".replace(" ", "T"))
        elif "value" in v:
            out.append(v["value"].replace(" ", "T"))
    return out


def matches(kind, want, got):
    if want["text"].lower() != got["text"].lower() or want["start"] not in (None, got["start"]):
        return False
    r = want["resolution"] or {}
    if kind == "datetime":
        values = datetime_values(r)
        return not values or got["value"] in values
    value = r.get("value")
    if kind == "boolean":
        return got["value"] == ("true" if value else "false")
    if kind in ("phone", "email"):
        return got["value"].lower() == str(value).lower()
    if want["type"] == "ordinal.relative":
        return got["value"] == value
    if value in (None, "null"):
        return got["value"] == ""
    a, b = decimal(value), decimal(got["value"])
    return a is not None and b is not None and abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def is_right(row, found):
    """Exactly the results of the case, of its kind, are found."""
    left = [e for e in found if e["kind"] == row["kind"]]
    right = len(left) == len(row["results"])
    for want in row["results"]:
        hit = next((g for g in left if matches(row["kind"], want, g)), None)
        if hit is None:
            right = False
        else:
            left.remove(hit)
    return right


def main():
    shared = pathlib.Path(os.environ.get("STEWARD_SHARED", pathlib.Path(__file__).resolve().parents[2] / "shared"))
    data = shared / "data/entities/train.jsonl"
    if not data.exists():
        sys.exit(f"no data at {data}")
    rows = [json.loads(line) for line in data.read_text().splitlines()]
    run = subprocess.run([sys.argv[1]], input="\n".join(json.dumps(r) for r in rows), capture_output=True, text=True, check=True)
    answers = [json.loads(line)["entities"] for line in run.stdout.splitlines()]
    show = sys.argv[3:5] if "--show" in sys.argv else None
    limit = int(sys.argv[5]) if show and len(sys.argv) > 5 else 1000
    count = collections.defaultdict(lambda: [0, 0])
    for row, found in zip(rows, answers):
        kind, held = row["kind"], held_out(row["text"])
        got = [e for e in found if e["kind"] == kind]
        right = is_right(row, found)
        for key in ((row["language"], kind, held), (row["language"], "all", held)):
            count[key][0] += right
            count[key][1] += 1
        if show == [kind, row["language"]] and not held and not right and limit > 0:
            limit -= 1
            print(row["text"], " @", row["reference"])
            print("   want", [(w["text"], w["start"], datetime_values(w["resolution"]) if kind == "datetime" else (w["resolution"] or {}).get("value")) for w in row["results"]])
            print("   got ", [(g["text"], g["start"], g["value"]) for g in got])
    if not show:
        for language in ("en", "zh", "es"):
            for kind in sorted({k for (l, k, _) in count if l == language}):
                cells = []
                for held in (False, True):
                    n = count[(language, kind, held)]
                    cells.append(f"{n[0]:4}/{n[1]:4} {100 * n[0] / n[1]:5.1f}" if n[1] else "        -      ")
                print(f"{language} {kind:11} train {cells[0]}   held out {cells[1]}")


if __name__ == "__main__":
    main()
