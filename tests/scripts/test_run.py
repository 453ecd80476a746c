"""The command lines of the scripts: help teaches, wrong options are named."""
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def call(script, *args, **more):
    return subprocess.run([ROOT / "scripts" / script, *args], capture_output=True, text=True, timeout=60, **more)


@pytest.mark.parametrize("script", ["setup", "build", "run", "test", "check", "fault"])
def test_help(script):
    done = call(script, "--help")
    assert done.returncode == 0 and done.stdout.startswith("usage: scripts/" + script)


@pytest.mark.parametrize(
    "args, word",
    [
        (["--http", "http"], "a port between 0 and 65535, not 'http'"),
        (["--nats", "70000"], "a port between 0 and 65535, not '70000'"),
        (["--data"], "--data wants a value"),
        (["--dta", "x"], "unknown option '--dta'"),
    ],
)
def test_run_refuses(args, word):
    done = call("run", *args)
    assert done.returncode == 2 and word in done.stderr


def test_what_the_commands_start_is_built():
    """kb eval and nlu start programs that stand beside `steward`; after scripts/run they were not there."""
    started = set()
    for file in (ROOT / "clients/cli").glob("*.cpp"):
        started |= set(re.findall(r'parent_path\(\) / "(steward-[a-z-]+)"', file.read_text()))
    built = re.search(r'^"\$root/scripts/build" (.*)$', (ROOT / "scripts/run").read_text(), re.M)[1].split()
    assert started, "no command starts a program"
    assert started <= set(built), started - set(built)
