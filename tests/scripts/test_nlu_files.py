"""`steward nlu` over files as strangers make them: a line for each line, in the same order, and figures only where something was judged."""
import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("STEWARD_BIN_DIR", ROOT / "build/bin")) / "steward-nlu"


def run(*words):
    done = subprocess.run([PROGRAM, *words, "--json"], capture_output=True, timeout=120)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def test_analyze_has_a_line_for_each_line(tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_bytes(
        b'\xef\xbb\xbf{"text": "see you tomorrow", "reference": "2024-05-15"}\r\n'
        b"{bad\r\n"
        b"\r\n"
        b'{"text": 7}\n'
        b'{"text": "caf\xff, see you tomorrow", "language": "en-US", "reference": "2024-05-15T16:00:00"}\n'
        b'{"text": "cut \\ud83d", "language": "English"}\n'
        b'{"text": "\xe6\x98\x8e\xe5\xa4\xa9\xe8\xa7\x81", "language": "zh_CN", "reference": "15/05/2024"}\n'
        b'{"text": "", "language": null, "reference": null}\n' + b"[" * 200_000 + b'\n{"text": "' + b"refund " * 15_000 + b'"}'
    )
    code, lines, said = run("analyze", file)
    assert code == 1 and len(lines) == 9, (code, lines, said)
    assert [i for i, line in enumerate(lines) if "error" in line] == [1, 2, 7]
    assert lines[1]["error"]["line"] == 2 and lines[2]["error"]["line"] == 4
    for line in (lines[0], lines[3]):
        assert line["language"] == "en" and line["entities"][0]["value"] == "2024-05-16", line
    assert lines[4]["language"] != "English" and lines[5]["language"] == "zh"
    assert f"{file}:6: \"English\" is no code of a language" in said
    assert f"{file}:7: \"15/05/2024\" is no time like" in said
    code, lines, said = run("analyze", tmp_path / "none.jsonl")
    assert code == 2 and lines[0]["error"]["code"] == "not_found" and said == ""


def test_analyze_reads_with_a_tenants_folder(tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_text(json.dumps({"text": "my Tarnlin Ridge 1 from order LT-26001 leaks"}) + "\n"
                    + json.dumps({"text": "LT-26001的充气枕漏气"}, ensure_ascii=False) + "\n")
    code, lines, said = run("analyze", file, "--tenant", ROOT / "scripts/demo/tenant")
    assert code == 0 and said == "", said
    found = [{e["kind"]: e["value"] for e in line["entities"]} for line in lines]
    assert found[0]["product"] == "TN-RDG1" and found[0]["order_number"] == "LT-26001", found
    assert found[1]["product"] == "TN-PILW" and found[1]["order_number"] == "LT-26001", found
    code, lines, _ = run("analyze", file, "--tenant", tmp_path)
    assert code == 2 and lines[0]["error"]["code"] == "not_found", lines


CARDS = ["where is my card", "my card has not come", "card arrival when"]
MONEY = ["give me my money back", "I want a refund", "how do I get a refund"]


@pytest.mark.parametrize(
    "each, more, judged",
    [(1, [], None), (3, ["--shots", "3"], None), (3, ["--folds", "2"], 6), (2, ["--shots", "1", "--seeds", "2"], 4)],
)
def test_evaluate_gives_figures_only_where_something_was_judged(tmp_path, each, more, judged):
    file = tmp_path / "train.jsonl"
    rows = [(t, "card") for t in CARDS[:each]] + [(t, "refund") for t in MONEY[:each]]
    file.write_text("".join(json.dumps({"text": t, "intent": i}) + "\n" for t, i in rows))
    code, lines, _ = run("evaluate", "--train", file, "--no-encoder", *more)
    if judged is None:
        assert code == 1 and lines[0]["error"]["message"].startswith("no text is left to judge"), lines
        return
    assert code == 0 and lines[0]["texts"] == judged and 0 <= lines[0]["accuracy"] <= 1, lines
    strangers = tmp_path / "strangers.jsonl"
    strangers.write_text('{"text": "who won the match", "intent": "oos"}\n')
    code, lines, _ = run("evaluate", "--train", file, "--test", strangers, "--no-encoder")
    assert code == 0 and lines[0]["accuracy"] is None and lines[0]["out_of_scope_recall"] in (0, 1), lines


def test_test_prints_all_that_was_asked_for_and_a_page(tmp_path):
    file = tmp_path / "examples.jsonl"
    rows = [(f"{t} {more}", i) for i, ts in (("card", CARDS), ("refund", MONEY)) for t in ts for more in ("please", "now", "today")]
    rows += [("where is my card please", "refund"), ("who won the match", "oos"), ("tell me a joke", "oos")]
    file.write_text("".join(json.dumps({"text": t, "intent": i}) + "\n" for t, i in rows))
    page = tmp_path / "report.html"
    code, lines, said = run("test", file, "--no-encoder", "--html", page)
    (report,) = lines[0].values()
    assert code in (0, 1) and '"where is my card please" is an example of refund here and of card' in said, (code, lines, said)
    wanted = {"accuracy", "macro_f1", "calibration_error", "out_of_scope_recall", "confusions", "overlaps"}
    assert wanted <= report.keys(), report.keys()
    html = page.read_text()
    assert "<svg" in html and "<polyline" in html and html.endswith("</html>\n")


def test_texts_where_intents_should_stand_are_noticed(tmp_path):
    """It learnt for hours, an intent for each text."""
    file = tmp_path / "swapped.jsonl"
    file.write_text("".join(json.dumps({"text": "card", "intent": f"where is my card {n}"}) + "\n" for n in range(2001)))
    code, lines, _ = run("evaluate", "--train", file, "--no-encoder")
    assert code == 2 and lines[0]["error"]["code"] == "too_large" and "2001 intents" in lines[0]["error"]["message"], lines
