#!/usr/bin/env python3
"""Makes languages.ngr. Needs numpy, scipy, scikit-learn and brotli; sources and licences stand in README.md.

make_languages.py --tatoeba TSV --lingua FOLDER --udhr FOLDER --english FILE --chinese FILE --out languages.ngr
Prints what a table made of four fifths says of the last fifth; the table that is written has read all of it.
"""
import argparse
import html
import json
import os
import random
import re
import struct
import unicodedata

import brotli
import numpy as np
import scipy.sparse as sp
from sklearn.svm import LinearSVC

BITS, LONGEST, KEPT = 17, 5, 600_000
SAME = {"nb": "nn", "yue": "zh", "hr": "bs"}
UDHR = dict(
    af="afr", am="amh", ar="arb", az="azj_latn", be="bel", bg="bul", bn="ben", bs="bos_latn", ca="cat", cs="ces", cy="cym",
    da="dan", de="deu_1996", el="ell_monotonic", en="eng", eo="epo", es="spa", et="est", eu="eus", fa="pes_1", fi="fin",
    fr="fra", ga="gle", gl="glg", he="heb", hi="hin", hr="hrv", hu="hun", hy="hye", id="ind", it="ita", ja="jpn", jv="jav",
    ka="kat", kk="kaz", km="khm", ko="kor", ku="kmr", la="lat", lt="lit", lv="lav", mk="mkd", ml="mal_chillus", mn="khk",
    mr="mar", nb="nob", nl="nld", nn="nno", pl="pol", pt="por_PT", ro="ron_2006", ru="rus", sk="slk", sl="slv", sq="als",
    sr="srp_latn", sv="swe", sw="swh", ta="tam", te="tel", th="tha", tk="tuk_latn", tl="tgl", tr="tur", tt="tat",
    ug="uig_arab", uk="ukr", ur="urd", uz="uzn_latn", vi="vie", xh="xho", yi="ydd", yue="yue", zh="cmn_hans")
UDHR["is"] = "isl"


def normal(text):
    """As letters.cpp does it."""
    out = [" "]
    for c in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(c)
        if kind[0] == "N" or c == "_":
            if out[-1] != "0":
                out.append("0")
        elif kind[0] in "LM" or c in "'\u2019":
            out.append(c.lower()[0])
        elif kind != "Cf" or c in "\u200c\u200d":
            if out[-1] != " ":
                out.append(" ")
    if out[-1] != " ":
        out.append(" ")
    return "".join(out)


def bucket(gram, memo={}):
    h = memo.get(gram)
    if h is None:
        h = 2166136261
        for b in gram.encode():
            h = ((h ^ b) * 16777619) & 0xFFFFFFFF
        h = memo[gram] = (h ^ (h >> 15)) & ((1 << BITS) - 1)
    return h


def grams(text, inside=False):
    if inside:  # pieces of words: where a word begins and ends is not known
        return {bucket(w[i:i + n]) for w in text.split() for n in range(2, LONGEST + 1) for i in range(len(w) - n + 1)}
    return {bucket(text[i:i + n]) for n in range(1, LONGEST + 1) for i in range(len(text) - n + 1)}


def matrix(features):
    at = np.cumsum([0] + [len(f) for f in features])
    index = np.fromiter((b for f in features for b in f), np.int32)
    data = np.concatenate([np.full(len(f), 1 / np.sqrt(len(f) + 1), np.float32) for f in features])
    return sp.csr_matrix((data, index, at), shape=(len(features), 1 << BITS))


def lingua_pieces(folder, language, rng, documents=250):
    """Chains of letters drawn from lingua's n-gram frequencies, since it carries no texts."""
    before, following, now = {"": 1.0}, {}, {}
    for name in ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"):
        file = f"{folder}/{language}/{name}.json.br"
        if not os.path.exists(file):
            break
        now = {}
        for share, these in json.loads(brotli.decompress(open(file, "rb").read()))["ngrams"].items():
            a, b = share.split("/")
            for g in these.split(" "):
                if g[:-1] in before:
                    now[g] = before[g[:-1]] * int(a) / int(b)
                    following.setdefault(g[:-1], ([], []))[0].append(g[-1])
                    following[g[:-1]][1].append(int(a) / int(b))
        before = now
    known, sums = list(now), np.cumsum(list(now.values())).tolist()
    for _ in range(documents if known else 0):
        words = []
        for piece in rng.choices(known, cum_weights=sums, k=rng.randint(3, 9)):
            for _ in range(rng.randint(0, 4)):
                if piece[-4:] not in following:
                    break
                piece += rng.choices(*following[piece[-4:]])[0]
            words.append(piece)
        yield " ".join(words)


def udhr_pieces(folder, code):
    file = f"{folder}/{code}.html"
    if not os.path.exists(file):
        return []
    out = []
    for p in re.findall(r"<p>(.*?)</p>", open(file, encoding="utf8").read(), re.S):
        p = " ".join(html.unescape(re.sub("<[^>]+>", "", p)).split())
        w = p.split(" ")
        out += [" ".join(w[i:i + 8]) for i in range(0, len(w), 8)] if len(w) > 3 else [p[i:i + 25] for i in range(0, len(p), 25)]
    return out[:200]


def mixed(text, names, rng):
    """A sentence with a title or name of another language in it: it stays a sentence of its own."""
    words = text.split(" ")
    at = rng.randint(0, len(words))
    return " ".join(words[:at] + names + words[at:])


def write(path, classes, weights, bias):
    scale = float(np.abs(weights).max()) / 127
    small = np.round(weights / scale).astype(np.int8)
    count = (small != 0).sum(0).astype(np.uint8)
    first = np.concatenate([[0], np.cumsum(count.astype(np.uint32).reshape(-1, 64).sum(1))]).astype("<u4")
    b, c = np.nonzero(small.T)
    entries = np.stack([c.astype(np.uint8), small[c, b].view(np.uint8)], 1).tobytes()
    names = "".join(c + "\n" for c in classes).encode()
    names += b"\0" * (-len(names) % 4)
    rest = bias.astype("<f4").tobytes() + names + first.tobytes() + count.tobytes() + entries
    h = 2166136261
    for x in rest:
        h = ((h ^ x) * 16777619) & 0xFFFFFFFF
    with open(path, "wb") as f:
        f.write(b"STEWNGR1" + struct.pack("<3IfII", len(classes), BITS, len(entries) // 2, scale, len(names), h) + rest)


def main():
    p = argparse.ArgumentParser()
    for name in ("tatoeba", "lingua", "udhr", "english", "chinese", "out"):
        p.add_argument("--" + name, required=True)
    p.add_argument("--pieces", help="keeps what was drawn from lingua, for a second run")
    p.add_argument("--held-out", help="writes the held-out fifth's table here, for the evaluation of the program itself")
    o = p.parse_args()
    rng = random.Random(5)
    rows = [line.rstrip("\n").split("\t", 1) for line in open(o.tatoeba, encoding="utf8")]
    fold = np.array([rng.randrange(5) for _ in rows])
    classes = sorted({r[0] for r in rows})
    number = {c: i for i, c in enumerate(classes)}
    y = np.array([number[r[0]] for r in rows])
    own = matrix([grams(normal(r[1])) for r in rows])

    if o.pieces and os.path.exists(o.pieces):
        pieces = json.load(open(o.pieces))
    else:
        pieces = {c: list(lingua_pieces(o.lingua, c, rng)) for c in classes}
        if o.pieces:
            json.dump(pieces, open(o.pieces, "w"))
    features, label = [], []
    for c in classes:
        for t in pieces.get(c, [])[:250]:
            features.append(grams(normal(t), True)), label.append(number[c])
        for t in udhr_pieces(o.udhr, UDHR.get(c, "")):
            features.append(grams(normal(t))), label.append(number[c])
    english = [t.replace("[NAME]", "").strip() for t in open(o.english, encoding="utf8")]
    chinese = [t.strip() for t in open(o.chinese, encoding="utf8")]
    for c, texts in (("en", english), ("zh", [t[:40] for t in chinese])):
        for t in rng.sample(texts, 600):
            features.append(grams(normal(t))), label.append(number[c])
    more, more_y = matrix(features), np.array(label)

    def mixtures(which):
        """Copies of the sentences named by `which` with English titles in them, and English ones with foreign names."""
        f, l = [], []
        for i in which:
            lang, text = rows[i]
            if "LATIN" not in unicodedata.name(next((x for x in text if x.isalpha()), "?"), ""):
                continue
            if lang == "en":
                other = rows[rng.choice(which)][1].split(" ")
                names = [w for w in other[1:] if w[:1].isupper()][:2]
                repeat = 3
            else:
                w = rng.choice(english).split(" ")
                at = rng.randrange(len(w))
                names = [x.capitalize() for x in w[at:at + rng.randint(1, 4)]]
                repeat = 1 if rng.random() < 0.4 else 0
            for _ in range(repeat if names else 0):
                f.append(grams(normal(mixed(text, names, rng)))), l.append(number[lang])
        return matrix(f), np.array(l)

    def train(which):
        mix, mix_y = mixtures(which)
        weight = np.concatenate([np.ones(len(which)), np.full(len(more_y), .3), np.full(len(mix_y), .5)])
        m = LinearSVC(C=1, tol=5e-2, max_iter=25, random_state=0)
        m.fit(sp.vstack([own[which], more, mix]), np.concatenate([y[which], more_y, mix_y]), sample_weight=weight)
        # Weights that few texts would feel go first.
        seen = np.asarray((own > 0).sum(0)).ravel() + .5
        felt = np.abs(m.coef_) * np.sqrt(seen)
        return np.where(felt >= np.partition(felt.ravel(), -KEPT)[-KEPT], m.coef_, 0), m.intercept_

    rest, held = np.nonzero(fold != 0)[0], np.nonzero(fold == 0)[0]
    w, b = train(rest)
    guess = (own[held] @ w.T + b).argmax(1)
    same = lambda i: SAME.get(classes[i], classes[i])
    print("held-out fifth, this table alone: all", round(100 * (guess == y[held]).mean(), 2), "merged",
          round(100 * np.mean([same(g) == same(t) for g, t in zip(guess, y[held])]), 2), flush=True)
    if o.held_out:
        write(o.held_out, classes, w, b)
        with open(o.held_out + ".tsv", "w", encoding="utf8") as f:
            f.writelines("\t".join(rows[i]) + "\n" for i in held)
    write(o.out, classes, *train(np.arange(len(rows))))


if __name__ == "__main__":
    main()
