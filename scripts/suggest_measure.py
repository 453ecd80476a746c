#!/usr/bin/env python3
"""Measures what `steward nlu suggest` finds, for choosing the likeness from which on messages are one group.

usage: suggest_measure.py PROGRAM [ALIKE...] [--no-encoder]
PROGRAM is build/bin/steward-nlu. Mixtures are drawn from ../shared/data/intents, three of Banking77 and three of CLINC150: 24 intents
with 40 messages, 25, 18 … down to 2, and one message each of up to 80 others, as what nothing understood looks like. A group is pure as far
as its messages have one intent; an intent with five messages or more is found when one group holds half of them and is mostly theirs.
"""
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile


def mixture(rows, seed):
    rng = random.Random(seed)
    by = collections.defaultdict(list)
    for intent, text in rows:
        by[intent].append(text)
    names = sorted(by)
    rng.shuffle(names)
    drawn = []
    for rank, name in enumerate(names[:24]):
        drawn += [(name, t) for t in rng.sample(by[name], min(max(2, int(40 / (1 + rank * 0.6))), len(by[name])))]
    drawn += [(f"alone {k}", rng.choice(by[name])) for k, name in enumerate(names[24:104])]
    drawn = list({t: (i, t) for i, t in drawn}.values())
    rng.shuffle(drawn)
    return drawn


def judged(program, drawn, alike, more, tally):
    intent = {t: i for i, t in drawn}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as f:
        f.writelines(json.dumps({"text": t}) + "\n" for _, t in drawn)
        f.flush()
        groups = json.loads(subprocess.run([program, "suggest", f.name, "--json", "--alike", alike, *more], capture_output=True, text=True, check=True).stdout)
    counts = collections.Counter(i for i, _ in drawn)
    most = collections.Counter()
    for g in groups:
        name, n = collections.Counter(intent[t] for t in g["examples"]).most_common(1)[0]
        tally.update(groups=1, grouped=len(g["examples"]), pure=n)
        if 2 * n > len(g["examples"]):
            most[name] = max(most[name], n)
    frequent = [i for i, n in counts.items() if n >= 5]
    tally.update(frequent=len(frequent), found=sum(2 * most[i] >= counts[i] for i in frequent), all=len(drawn))


def main():
    if len(sys.argv) < 2 or "--help" in sys.argv:
        sys.exit(__doc__)
    shared = pathlib.Path(os.environ.get("STEWARD_SHARED", pathlib.Path(__file__).resolve().parents[2] / "shared"))
    more = [a for a in sys.argv[2:] if a.startswith("--")]
    for name in ("banking77", "clinc150"):
        lines = (shared / "data/intents" / name / "train.tsv").read_text(encoding="utf8").splitlines()
        rows = [line.split("\t", 1) for line in lines if "\t" in line]
        for alike in [a for a in sys.argv[2:] if not a.startswith("--")] or ["0"]:
            tally = collections.Counter()
            for seed in (1, 2, 3):
                judged(sys.argv[1], mixture(rows, seed), alike, more, tally)
            print(f"{name} alike {alike}: purity {tally['pure'] / max(1, tally['grouped']):.3f}, found {tally['found'] / tally['frequent']:.3f}, "
                  f"groups {tally['groups'] / 3:.0f}, in a group {tally['grouped'] / tally['all']:.2f}", flush=True)


if __name__ == "__main__":
    main()
