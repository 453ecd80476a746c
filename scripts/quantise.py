"""quantise.py MODELDIR LANGUAGE TEXTS: makes model.int8.xml and .bin beside an encoder's model.onnx.

Weights and activations in eight-bit numbers, ranges measured on a few hundred texts of the demo. Both are timed; where
eight bits are no faster, model.int8.no says so instead, and nobody tries again.
"""
import json
import pathlib
import sys
import time

import nncf
import numpy
import openvino
from tokenizers import Tokenizer

MOST, LONGEST = 300, 128
WORTH = 0.85  # of the time that the whole numbers take


def texts_of(language, folder):
    questions = (json.loads(x) for x in (folder / "tenant/questions.jsonl").read_text(encoding="utf8").splitlines())
    out = [q["question"] for q in questions if q["language"] == language]
    for article in sorted((folder / "kb" / language).rglob("*.md")):
        out += [x for x in article.read_text(encoding="utf8").splitlines() if len(x) > 20]
    return out[:MOST]


def feed(model, rows, length):
    ids = numpy.zeros((len(rows), length), numpy.int64)
    mask = ids.copy()
    for i, row in enumerate(rows):
        ids[i, :len(row)], mask[i, :len(row)] = row, 1
    names = {x.get_any_name() for x in model.inputs}
    return {n: ids if "input_ids" in n else mask if "mask" in n else numpy.zeros_like(ids) for n in names}


def ms_per_text(core, model):
    """The best of some passes of sixteen texts of sixteen tokens, on one thread."""
    net = core.compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1})
    request, what = net.create_infer_request(), feed(net, [[1000 + i] * 16 for i in range(16)], 16)
    best = None
    for _ in range(20):
        begun = time.process_time()
        request.infer(what)
        took = time.process_time() - begun
        best = took if best is None else min(best, took)
    return best * 1000 / 16


def main():
    folder, language, texts = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    core = openvino.Core()
    whole = core.read_model(folder / "model.onnx")
    rows = [tokenizer.encode(t).ids for t in texts_of(language, texts)]
    data = nncf.Dataset(rows, lambda row: feed(whole, [row], len(row)))
    small = nncf.quantize(core.read_model(folder / "model.onnx"), data, model_type=nncf.ModelType.TRANSFORMER, subset_size=len(rows))
    before, after = ms_per_text(core, whole), ms_per_text(core, small)
    told = f"{folder.name}: {after:.1f} ms a text in eight-bit numbers, {before:.1f} in whole ones"
    if after > WORTH * before:
        (folder / "model.int8.no").write_text(told + ": not worth it here\n")
    else:
        openvino.save_model(small, folder / "new.int8.xml", compress_to_fp16=False)
        (folder / "new.int8.bin").rename(folder / "model.int8.bin")
        (folder / "new.int8.xml").rename(folder / "model.int8.xml")  # last: it makes the two count
    print("setup: " + told, flush=True)


main()
