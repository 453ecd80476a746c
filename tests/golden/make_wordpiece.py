#!/usr/bin/env python3
"""Writes wordpiece.small.json (a tokenizer with a cut-down vocabulary) and wordpiece.golden.json (ids by the reference
implementation). Needs `pip install tokenizers` and the models of scripts/setup:
    python3 tests/golden/make_wordpiece.py ~/.cache/steward/models
"""
import json
import pathlib
import sys

import tokenizers

TEXTS = [
    "", " ", "Hello, world!", "Where is my order #A-1093?", "unaffable jacketlike re-stitching",
    "I'd like to return size 42½ boots (they don't fit).", "Café crème à Zürich, señor Ángström: naïve façade",
    "İstanbul STRASSE straße ǅ Ω", "我的订单什么时候到？", "請問iPhone15可以分期付款嗎", "退货rma-2024号，谢谢！",
    "한국어 テスト カタカナ", "tab\tnew\nline\r\nnbsp\u00a0em\u2003space zero\u200bwidth soft\u00adhyphen",
    "emoji 😀👍🏽 and flags 🇨🇳", "\u0000nul \ufffd bad \u0007bell", "x" * 101, "a" * 100,
    "e\u0301 combining a\u0308\u0323", "$5.99 + 20% = £7 → €8 ~ ^ ` |", "https://shop.example/a?b=c&d=e_f",
    "[CLS", "#hash ##ing", "“quoted” ‘single’ — dash… ‹x› «y»", "ﬁne ligature ½ ² ™", "مرحبا بالعالم", "Привет, Ёлка",
    "नमस्ते दुनिया", "hello𠀀world㐀", "ＡＢＣ１２３", "word " * 30,
]


def main(models):
    golden = {}
    small_words = set()
    for name in ("bge-small-en-v15", "bge-small-zh-v15"):
        file = pathlib.Path(models) / name / "tokenizer.json"
        tok = tokenizers.Tokenizer.from_file(str(file))
        golden[name] = [{"text": t, "ids": tok.encode(t).ids} for t in TEXTS]
        if name.startswith("bge-small-en"):
            for t in TEXTS:
                small_words.update(tok.encode(t).tokens)
            base = json.loads(file.read_text())
    for c in "abcdefghijklmnopqrstuvwxyz0123456789":
        small_words.update((c, "##" + c))
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words += sorted(small_words - set(words))
    base["model"]["vocab"] = {w: i for i, w in enumerate(words)}
    for t in base["added_tokens"]:
        t["id"] = words.index(t["content"])
    for t in base["post_processor"]["special_tokens"].values():
        t["ids"] = [words.index(t["id"])]
    here = pathlib.Path(__file__).parent
    small = here / "wordpiece.small.json"
    small.write_text(json.dumps(base, ensure_ascii=False, indent=0) + "\n")
    tok = tokenizers.Tokenizer.from_file(str(small))
    golden["small"] = [{"text": t, "ids": tok.encode(t).ids} for t in TEXTS]
    lines = [f' {json.dumps(n)}: [\n' + ",\n".join("  " + json.dumps(c, ensure_ascii=True) for c in cases) + "\n ]"
             for n, cases in golden.items()]
    (here / "wordpiece.golden.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1])
