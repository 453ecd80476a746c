"""`scripts/bench nlu`: every goal has its line where there is no data, and a case counts only when all of it is right."""
import json
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import entities_measure  # noqa: E402


def test_without_data_each_goal_is_said_to_be_missing(tmp_path):
    env = dict(os.environ, STEWARD_SHARED=str(tmp_path))
    done = subprocess.run([ROOT / "scripts/bench", "nlu", "--bin", tmp_path], capture_output=True, text=True, timeout=60, env=env)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(x["value"] is None and x["missing"] for x in lines)
    said = {x["figure"]: x["goal"] for x in lines}
    assert said["banking77"] == 94 and said["entities_en"] == 88 and said["language_merged"] == 97 and said["goemotions_macro_f1"] == 46


@pytest.mark.parametrize(
    "found, right",
    [
        ([{"kind": "number", "text": "Two", "start": 0, "value": "2"}], True),
        ([{"kind": "number", "text": "two", "start": 0, "value": "3"}], False),
        ([{"kind": "number", "text": "two", "start": 1, "value": "2"}], False),
        ([{"kind": "number", "text": "two", "start": 0, "value": "2"}] * 2, False),
        ([{"kind": "age", "text": "two", "start": 0, "value": "2"}], False),
    ],
)
def test_a_case_is_right_when_exactly_its_results_are_found(found, right):
    case = {"kind": "number", "results": [{"type": "number", "text": "two", "start": 0, "resolution": {"value": "2"}}]}
    assert entities_measure.is_right(case, found) is right
