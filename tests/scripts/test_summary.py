"""How scripts/test counts: the last line is what people and machines read."""
import importlib.util
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("steward_test_summary", ROOT / "scripts/test_summary.py")
sys.dont_write_bytecode = True
summary = importlib.util.module_from_spec(spec)
spec.loader.exec_module(summary)

GOOD = 'Running 3 test cases...\n\nTest module "good" has passed with:\n  3 test cases out of 4 passed\n  1 test case out of 4 skipped\n  2 assertions out of 2 passed\n'
BAD = 'Test module "bad" has failed with:\n  3 test cases out of 6 passed\n  3 test cases out of 6 failed\n  2 test cases out of 6 aborted\n  1 assertion out of 2 failed\n'


def line_of(tmp_path, capsys, cases, ctest=0, python=0, pytest_suite=None):
    body = "".join(f'<testcase name="t{i}" status="{status}"><system-out><![CDATA[{out}]]></system-out></testcase>' for i, (status, out) in enumerate(cases))
    (tmp_path / "ctest.xml").write_text(f"<testsuite>{body}</testsuite>")
    if pytest_suite:
        (tmp_path / "python.xml").write_text(f"<testsuites><testsuite {pytest_suite}/></testsuites>")
    code = summary.main(tmp_path, ctest, python)
    return code, capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    "cases, ctest, expected",
    [
        ([], 0, (0, "0 passed, 0 failed")),
        ([("run", GOOD)], 0, (0, "3 passed, 0 failed, 1 skipped")),
        ([("fail", BAD)], 8, (1, "3 passed, 3 failed")),
        ([("run", "SKIP: no data\n" + GOOD)], 0, (0, "2 passed, 0 failed, 2 skipped")),
        ([("fail", "")], 8, (1, "0 passed, 1 failed")),  # crashed before it could report
        ([("fail", GOOD)], 8, (1, "3 passed, 1 failed, 1 skipped")),  # crashed after its report
        ([("run", "no Boost here")], 0, (0, "1 passed, 0 failed")),
        ([("notrun", "")], 8, (1, "0 passed, 1 failed")),  # its program is missing
        ([("run", GOOD)], 8, (1, "3 passed, 1 failed, 1 skipped")),  # ctest itself was unhappy
    ],
)
def test_boost_programs(tmp_path, capsys, cases, ctest, expected):
    assert line_of(tmp_path, capsys, cases, ctest) == expected


def test_python_tests_are_added(tmp_path, capsys):
    suite = 'tests="7" failures="1" errors="1" skipped="2"'
    assert line_of(tmp_path, capsys, [("run", GOOD)], 0, 1, suite) == (1, "6 passed, 2 failed, 3 skipped")


def test_a_python_runner_that_dies_is_a_failure(tmp_path, capsys):
    assert line_of(tmp_path, capsys, [("run", GOOD)], 0, 124) == (1, "3 passed, 1 failed, 1 skipped")


def test_no_ctest_file_is_a_failure(tmp_path, capsys):
    assert summary.main(tmp_path, 1, 0) == 1
    assert capsys.readouterr().out == "0 passed, 1 failed\n"
