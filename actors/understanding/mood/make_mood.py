#!/usr/bin/env python3
"""Makes mood_en.ngr, mood_zh.ngr (words) and head_en.tsv, head_zh.tsv (sentence encoder). Sources: README.md.

make_mood.py FOLDER [--check]: FOLDER holds NAME.tsv (label and text; + - = or GoEmotions ids) and NAME.npy (a row of the
encoder for each line, its first third the state of [CLS]) for en_go, en_food, desk_en, zh_snow, desk_zh, meals_zh, reviews_zh, takeaway_zh;
en_apple is only read by --check. VADER and OPINION name the two lexicons (vader_lexicon.txt; the folder of *-words.txt), LANGUAGES which ones.
--check prints held-out figures and writes nothing.
"""
import os
import struct
import sys
import unicodedata

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

BITS, KEPT = 17, 620_000
# English polarity: chosen on en_apple (tweets to one maker of phones), which no model is trained on.
WORDS_SHARE, WORDS_PRIOR, HEAD_PRIOR = 0.5, 0.2, 0.4
# Chinese polarity: chosen on reviews_zh, written apart from what teaches it.
HEAD_SHARE_ZH = 1.5
NEGATIONS_ZH = set("不没无别未")
NEGATIONS = {"not", "no", "never", "nobody", "nothing", "without", "hardly", "cannot", "neither", "nor"}
EMOTIONS = ("admiration amusement anger annoyance approval caring confusion curiosity desire disappointment disapproval "
            "disgust embarrassment excitement fear gratitude grief joy love nervousness optimism pride realization relief "
            "remorse sadness surprise neutral").split()
GOOD = {EMOTIONS.index(e) for e in "admiration amusement approval caring excitement gratitude joy love optimism pride relief".split()}
BAD = {EMOTIONS.index(e) for e in "anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness".split()}
here = os.path.dirname(os.path.abspath(__file__))


def dense(c):
    return "\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf" or "\u3041" <= c <= "\u30ff"


def tokens(text):
    """As mood_text.cpp does it."""
    out = []
    for word in unicodedata.normalize("NFKC", text).split():
        if "://" in word or word.startswith("www."):
            out.append("@l")
            continue
        if word[0] == "@" and len(word) > 1:
            out.append("@u")
            continue
        now = ""
        for c in word:
            kind = unicodedata.category(c)
            if dense(c) or c in "!?" or kind == "So":
                if now:
                    out.append(now)
                now = ""
                out.append(c)
            elif kind[0] == "N":
                if not now.endswith("0"):
                    now += "0"
            elif kind[0] in "LM" or c in "'\u2019":
                c = "'" if c == "\u2019" else c.lower()[0]
                if not now.endswith(c + c):
                    now += c
            elif kind != "Cf" and now:
                out.append(now)
                now = ""
        if now:
            out.append(now)
    return out[:2000]


def bucket(gram, memo={}):
    h = memo.get(gram)
    if h is None:
        h = 2166136261
        for b in gram.encode():
            h = ((h ^ b) * 16777619) & 0xFFFFFFFF
        h = memo[gram] = (h ^ (h >> 15)) & ((1 << BITS) - 1)
    return h


def features(text):
    t = tokens(text)
    out, negated, denied = set(), 0, 0
    for i, w in enumerate(t):
        out.add(bucket("1" + w))
        if i:
            out.add(bucket("2" + t[i - 1] + " " + w))
        if i > 1 and all(dense(x[0]) for x in t[i - 2:i + 1]):
            out.add(bucket("3" + t[i - 2] + t[i - 1] + w))
        if negated:
            out.add(bucket("n" + w))
            negated -= 1
        if w in NEGATIONS or w.endswith("n't"):
            negated = 4
        if not dense(w[0]):  # a Chinese "not" reaches to the end of its clause at most
            denied = 0
        if denied:
            out.add(bucket("n" + w))
            if denied < 4:
                out.add(bucket("m" + t[i - 1] + w))
            denied -= 1
        if w in NEGATIONS_ZH:
            denied = 4
        if len(w) >= 4 and not dense(w[0]):
            framed = "<" + w + ">"
            for n in (3, 4, 5):
                for k in range(len(framed) - n + 1):
                    out.add(bucket("c" + framed[k:k + n]))
    return out


def matrix(fs):
    at = np.cumsum([0] + [len(f) for f in fs])
    index = np.fromiter((b for f in fs for b in f), np.int32)
    data = np.concatenate([np.full(len(f), 1 / np.sqrt(len(f) + 1), np.float32) for f in fs])
    return sp.csr_matrix((data, index, at), shape=(len(fs), 1 << BITS))


def fit(x, y, weight, strength, steps=35):
    """Logistic regressions side by side: [classes, width + 1], the last column is the bias."""
    width, classes = x.shape[1], y.shape[1]
    xt = x.T.tocsr() if sp.issparse(x) else x.T

    def loss(w):
        w = w.reshape(classes, width + 1)
        z = np.asarray(x @ w[:, :-1].T) + w[:, -1]
        d = weight * (1 / (1 + np.exp(-np.clip(z, -30, 30))) - y)
        g = np.empty_like(w)
        g[:, :-1] = np.asarray(xt @ d).T + strength * w[:, :-1]
        g[:, -1] = d.sum(0)
        return float((weight * (np.logaddexp(0, z) - y * z)).sum() + strength / 2 * (w[:, :-1] ** 2).sum()), g.ravel()

    r = minimize(loss, np.zeros(classes * (width + 1)), jac=True, method="L-BFGS-B", options=dict(maxiter=steps))
    return r.x.reshape(classes, width + 1)


def apply(x, w):
    return np.asarray(x @ w[:, :-1].T) + w[:, -1]


class corpus:
    """Texts with polarity (1, 0; -1 unknown), opinion (1 polar, 0 not; -1 unknown) and emotions where they are known."""

    def __init__(self, folder, name, weight):
        rows = [r.rstrip("\n").split("\t") for r in open(f"{folder}/{name}.tsv", encoding="utf8")]
        self.text = [r[1] for r in rows]
        self.emotion = np.full((len(rows), 28), -1.0)
        self.polarity, self.opinion = np.full(len(rows), -1.0), np.full(len(rows), -1.0)
        for i, (label, _) in enumerate(rows):
            if label in "+-=":
                self.opinion[i] = label != "="
                if label != "=":
                    self.polarity[i] = label == "+"
                continue
            ids = {int(k) for k in label.split(",")}
            self.emotion[i] = 0
            self.emotion[i, list(ids)] = 1
            if ids & GOOD and not ids & BAD:
                self.polarity[i] = 1
            if ids & BAD and not ids & GOOD:
                self.polarity[i] = 0
            self.opinion[i] = ids != {27}
        self.words = matrix([features(t) for t in self.text])
        e = np.load(f"{folder}/{name}.npy", mmap_mode="r")
        e = e[:, :e.shape[1] // 3].astype(np.float32)
        self.states = e / np.linalg.norm(e, axis=1, keepdims=True)
        self.weight = np.full(len(rows), weight)


def together(parts, what):
    return (sp.vstack if what == "words" else np.concatenate)([getattr(p, what) for p in parts])


def two(parts, what, strength, lexicon=None):
    """Polarity and opinion, from all parts that know them."""
    out = []
    x, w = together(parts, what), together(parts, "weight")
    for target in ("polarity", "opinion"):
        y = together(parts, target)
        known = y >= 0
        xx, yy, ww = x[known], y[known], w[known].copy()
        if target == "polarity":  # both sides weigh the same, whatever the sources hold
            ww[yy == 1] *= ww[yy == 0].sum() / ww[yy == 1].sum()
            if lexicon is not None:
                xx, yy, ww = sp.vstack([xx, lexicon[0]]), np.concatenate([yy, lexicon[1]]), np.concatenate([ww, lexicon[2]])
        out.append(fit(xx, yy[:, None], ww[:, None], strength))
    return np.concatenate(out)


def with_evidence(x, y, weight, strength):
    """A logistic regression over features scaled by how much more often they stand in good texts than in bad ones."""
    here = (x > 0).astype(float)
    good, bad = (0.5 + np.asarray(here.multiply((side * weight)[:, None]).sum(0)).ravel() for side in (y, 1 - y))
    ratio = np.log(good / good.sum()) - np.log(bad / bad.sum())
    w = fit(x @ sp.diags(ratio), y[:, None], weight[:, None], strength)
    w[:, :-1] *= ratio
    return w


def chinese(parts):
    """Words and head, each with polarity and opinion."""
    words, head = two(parts, "words", 0.05), two(parts, "states", 0.3)
    y, weight = together(parts, "polarity"), together(parts, "weight")
    known = y >= 0
    weight = weight[known]
    weight[y[known] == 1] *= weight[y[known] == 0].sum() / weight[y[known] == 1].sum()
    words[0] = with_evidence(together(parts, "words")[known], y[known], weight, 0.2)[0]
    head[0] *= HEAD_SHARE_ZH
    return words, head


def lexicon():
    """Each word of the two lexicons as a text of its own."""
    fs, y, w = [], [], []

    def add(word, good, weight):
        f = features(word)
        if f:
            fs.append(f), y.append(good), w.append(weight)

    for line in open(os.environ["VADER"], encoding="utf8"):
        word, value = line.split("\t")[:2]
        add(word, float(value) > 0, min(1.0, abs(float(value)) / 3))
    for side in ("negative", "positive"):
        for line in open(f"{os.environ['OPINION']}/{side}-words.txt", encoding="latin1"):
            if line.strip() and line[0] != ";":
                add(line.strip(), side == "positive", 0.5)
    return matrix(fs), np.array(y, float), np.array(w)


def best_cuts(z, y):
    """For each class the logit from which on telling it gives the best F1, smoothed over five neighbours."""
    out = np.zeros(z.shape[1])
    for k in range(z.shape[1]):
        o = np.argsort(-z[:, k])
        right = np.cumsum(y[o, k])
        f1 = 2 * right / (np.arange(1, len(o) + 1) + y[:, k].sum())
        out[k] = z[o[np.convolve(f1, np.ones(5) / 5, "same").argmax()], k]
    return out


def macro_f1(z, y):
    said = z >= 0
    return 100 * (2 * (said * y).sum(0) / np.maximum(1, said.sum(0) + y.sum(0))).mean()


def fit_emotions(x, states, y):
    one = np.ones((len(y), 1))
    return fit(x, y, one, 0.1, 60), fit(states, y, one, 0.3, 120)


def cross_fitted(go, rows, folds):
    """Logits of words and encoder for `rows`, each by models that have not read it."""
    part = np.arange(len(rows)) % folds
    z = [np.zeros((len(rows), 28)), np.zeros((len(rows), 28))]
    for k in range(folds):
        a, b = rows[part != k], rows[part == k]
        words, head = fit_emotions(go.words[a], go.states[a], go.emotion[a])
        z[0][part == k], z[1][part == k] = apply(go.words[b], as_stored(words)[0]), apply(go.states[b], head)
    return z


def with_cuts(words, head, z, y):
    """Biases such that a logit of 0 is where an emotion is told: by the words alone, and by both together."""
    words, head = words.copy(), head.copy()
    alone, both = best_cuts(z[0], y), best_cuts(z[0] + z[1], y)
    words[:, -1] -= alone
    head[:, -1] -= both - alone
    return words, head


def english_polarity(parts, lex):
    words, head = two(parts, "words", 0.05, lex), two(parts, "states", 0.3)
    words[0] *= WORDS_SHARE
    words[0, -1] -= WORDS_PRIOR
    head[0, -1] -= HEAD_PRIOR
    return words, head


def as_stored(w):
    """The weights as the file holds them: small ones left out, the others in a byte each."""
    weights = w[:, :-1]
    if (weights != 0).sum() > KEPT:
        weights = np.where(np.abs(weights) >= np.partition(np.abs(weights).ravel(), -KEPT)[-KEPT], weights, 0)
    scale = float(np.abs(weights).max()) / 127
    small = np.round(weights / scale).astype(np.int8)
    return np.concatenate([small * scale, w[:, -1:]], 1), small, scale


def write_table(path, classes, w):
    _, small, scale = as_stored(w)
    bias = w[:, -1]
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


def write_head(path, classes, w):
    with open(path, "w") as f:
        f.write("# class, bias, then a weight for each value of the encoder's unit vector\n")
        for c, row in zip(classes, w):
            f.write("\t".join([c, f"{row[-1]:.3f}"] + [f"{v:.2f}" for v in row[:-1]]) + "\n")


def say(name, z, y):
    k = y >= 0
    right = (z[k] > 0) == (y[k] > 0)
    print(f"  {name}: {100 * right.mean():.1f} (bad ones {100 * right[y[k] == 0].mean():.1f}, good ones {100 * right[y[k] == 1].mean():.1f})", flush=True)


def check_english(go, others, apple, lex):
    words, head = english_polarity([go] + others, lex)
    a, b = apply(apple.words, as_stored(words)[0])[:, 0], apply(apple.states, head)[:, 0]
    for name, z in (("words", a), ("encoder", b), ("both", a + b)):
        say("tweets to a maker of phones, " + name, z, apple.polarity)
    rows, scores = np.random.RandomState(0).permutation(len(go.text)), []
    for k in range(5):  # where to cut is found within the four others
        train, test = rows[np.arange(len(rows)) % 5 != k], rows[np.arange(len(rows)) % 5 == k]
        z = cross_fitted(go, train, 3)
        words, head = with_cuts(*fit_emotions(go.words[train], go.states[train], go.emotion[train]), z, go.emotion[train])
        w, h = apply(go.words[test], as_stored(words)[0]), apply(go.states[test], head)
        scores.append((macro_f1(w, go.emotion[test]), macro_f1(w + h, go.emotion[test])))
        print(f"  GoEmotions fold {k}: macro-F1 of words {scores[-1][0]:.1f}, of both {scores[-1][1]:.1f}", flush=True)
    print("  mean %.1f, %.1f" % tuple(np.mean(scores, 0)))


def main():
    folder, check = sys.argv[1], "--check" in sys.argv
    languages = os.environ.get("LANGUAGES", "en zh")
    if "zh" in languages:
        zh = [corpus(folder, "zh_snow", 1.0)] + [corpus(folder, n, 8.0) for n in ("desk_zh", "meals_zh", "reviews_zh", "takeaway_zh")]
        for i in range(len(zh) if check else 0):
            words, head = chinese(zh[:i] + zh[i + 1:])
            a, b = apply(zh[i].words, as_stored(words)[0])[:, 0], apply(zh[i].states, head)[:, 0]
            for name, z in (("words", a), ("encoder", b), ("both", a + b)):
                say(f"zh, part {i} left out, {name}", z, zh[i].polarity)
            print(f"  words are sure of {100 * (abs(a) >= 2.5).mean():.0f} %", flush=True)
        if not check:
            words, head = chinese(zh)
            write_table(f"{here}/mood_zh.ngr", ["polarity", "opinion"], words)
            write_head(f"{here}/head_zh.tsv", ["polarity", "opinion"], head)
    if "en" in languages:
        go, others, lex = corpus(folder, "en_go", 0.3), [corpus(folder, "en_food", 1.0), corpus(folder, "desk_en", 8.0)], lexicon()
        if check:
            return check_english(go, others, corpus(folder, "en_apple", 1.0), lex)
        words, head = english_polarity([go] + others, lex)
        rows = np.random.RandomState(0).permutation(len(go.text))
        z = cross_fitted(go, rows, 5)
        more_words, more_head = with_cuts(*fit_emotions(go.words, go.states, go.emotion), z, go.emotion[rows])
        names = ["polarity", "opinion"] + EMOTIONS
        write_table(f"{here}/mood_en.ngr", names, np.concatenate([words, more_words]))
        write_head(f"{here}/head_en.tsv", names, np.concatenate([head, more_head]))


if __name__ == "__main__":
    main()
