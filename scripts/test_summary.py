#!/usr/bin/env python3
"""Counts test cases from what scripts/test left in a folder and prints the plain summary line, alone and last.

usage: test_summary.py RESULTS CTEST_STATUS PYTHON_STATUS

ctest.xml    JUnit file of ctest; a Boost.Test program is counted by the cases of its own short report, any other as one
python.xml   JUnit file of pytest
skipped.txt  one line per Python test file that could not be run at all
Exit code 1 when anything failed, or when a runner failed although no test did.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

# "  3 test cases out of 4 passed", "... passed with warnings", "  1 test case out of 4 failed", "... skipped"
CASES = re.compile(r"^\s+(\d+) test cases? out of \d+ (passed|failed|skipped)(?: with warnings)?\s*$", re.M)
MODULE = re.compile(r"^Test (?:module|suite) \".*\" has (passed|failed|been skipped|been aborted)", re.M)
SKIP = re.compile(r"^SKIP:.*$", re.M)


def boost_cases(output):
    """(passed, failed, skipped) of a Boost.Test short report, or None when the output holds none."""
    if not MODULE.search(output):
        return None
    found = {"passed": 0, "failed": 0, "skipped": 0}  # "aborted" is left out: Boost counts those among the failed
    for number, kind in CASES.findall(output):
        found[kind] += int(number)
    return found["passed"], found["failed"], found["skipped"]


def ctest_counts(path):
    passed = failed = skipped = 0
    skip_lines = []
    for case in xml.parse(path).getroot().iter("testcase"):
        output = "".join(part.text or "" for part in case.iter("system-out"))
        status = case.get("status")
        here = boost_cases(output)
        if here is None:
            here = {"run": (1, 0, 0), "disabled": (0, 0, 1)}.get(status, (0, 1, 0))  # "notrun": its program is missing
        p, f, s = here
        if status == "fail" and f == 0:
            f = 1  # it crashed or ran out of time: more than its report tells
        said = SKIP.findall(output)
        skip_lines += said
        moved = min(p, len(said))
        passed, failed, skipped = passed + p - moved, failed + f, skipped + s + moved
    return passed, failed, skipped, skip_lines


def pytest_counts(path):
    passed = failed = skipped = 0
    for suite in xml.parse(path).getroot().iter("testsuite"):
        number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        bad = number["failures"] + number["errors"]
        failed += bad
        skipped += number["skipped"]
        passed += number["tests"] - bad - number["skipped"]
    return passed, failed, skipped


def main(results, ctest_status, python_status):
    results = pathlib.Path(results)
    passed = failed = skipped = 0
    if (results / "ctest.xml").exists():
        passed, failed, skipped, said = ctest_counts(results / "ctest.xml")
        for line in said:
            print(line)
        if ctest_status and not failed:
            failed += 1
    elif ctest_status:
        failed += 1
    if (results / "python.xml").exists():
        p, f, s = pytest_counts(results / "python.xml")
        if python_status and not f:
            f = 1
        passed, failed, skipped = passed + p, failed + f, skipped + s
    elif python_status:
        failed += 1
    if (results / "skipped.txt").exists():
        skipped += len((results / "skipped.txt").read_text().splitlines())
    line = f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")
    (results / "summary").write_text(line + "\n")
    print(line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
