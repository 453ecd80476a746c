#!/usr/bin/env python3
"""Makes siblings.sib: what runs of letters say between languages that are alike. Needs brotli; the source stands in README.md.

make_siblings.py --lingua FOLDER --out siblings.sib
FOLDER is lingua/language-models of lingua-language-detector 1.4.2. No sentence is read, so any sentences may judge it.
"""
import argparse
import json
import math
import struct

import brotli

FAMILIES = ["hr bs sr sl", "nb nn da sv", "id ms", "cs sk", "es pt ca", "bg mk ru uk be sr", "af nl", "az tr"]
SHORTEST, LONGEST, KEPT = 3, 5, 30_000
STEPS = 8  # weights are eighths
UNSEEN = -12.0  # the logarithm of a letter that a language does not have
LATIN = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш",
                 "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split()))


def load(folder, language, latin):
    """For each run of letters the logarithm of its last letter's frequency behind the others, and its own frequency."""
    behind, own, before = {}, {}, {"": 1.0}
    for name in ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"):
        now = {}
        with open(f"{folder}/{language}/{name}.json.br", "rb") as f:
            shares = json.loads(brotli.decompress(f.read()))["ngrams"]
        for share, runs in shares.items():
            a, b = map(int, share.split("/"))
            for run in runs.split(" "):
                if run[:-1] not in before:
                    continue
                now[run] = before[run[:-1]] * a / b
                written = "".join(LATIN.get(c, c) for c in run) if latin else run
                if len(written) <= LONGEST:
                    behind.setdefault(written, math.log(a / b))
                    own.setdefault(written, now[run])
        before = now
    return behind, own


def contrasts(folder, family):
    """The runs that tell most, each with how much likelier than in the family's mean it is in each language."""
    latin = family[0] == "hr"  # lingua has Serbian in Cyrillic letters only
    models = [load(folder, language, latin and language == "sr") for language in family]
    out = []
    for run in {r for behind, _ in models for r in behind if len(r) >= SHORTEST}:
        logs = []
        for behind, _ in models:
            r = run
            while r and r not in behind:
                r = r[:-1]
            logs.append(behind.get(r, UNSEEN))
        mean = sum(logs) / len(logs)
        weights = [x - mean for x in logs]
        felt = max(own.get(run, 0) for _, own in models) * sum(w * w for w in weights)
        out.append((-felt, run, weights))
    return sorted(out)[:KEPT]


def fnv(data):
    h = 2166136261
    for b in data:
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def bucket(run):
    h = fnv(run.encode())
    return h ^ (h >> 15)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--lingua", required=True)
    p.add_argument("--out", required=True)
    o = p.parse_args()
    blocks, counts = [], []
    for family in FAMILIES:
        rows = {}
        for _, run, weights in contrasts(o.lingua, family.split()):
            rows.setdefault(bucket(run), [max(-127, min(127, round(w * STEPS))) for w in weights])
        keys = sorted(rows)
        block = struct.pack(f"<{len(keys)}I", *keys) + b"".join(struct.pack(f"{len(rows[k])}b", *rows[k]) for k in keys)
        blocks.append(block + b"\0" * (-len(block) % 4))
        counts.append(len(keys))
        print(family, len(keys), flush=True)
    names = "".join(f + "\n" for f in FAMILIES).encode()
    names += b"\0" * (-len(names) % 4)
    rest = names + struct.pack(f"<{len(counts)}I", *counts) + b"".join(blocks)
    with open(o.out, "wb") as f:
        f.write(b"STEWSIB1" + struct.pack("<2IfIII", len(FAMILIES), sum(counts), 1 / STEPS, len(names), 0, fnv(rest)) + rest)


if __name__ == "__main__":
    main()
