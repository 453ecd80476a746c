"""The command lines of the scripts: help teaches, wrong options are named, and scripts/run from start to Ctrl-C."""
import os
import pathlib
import re
import signal
import subprocess
import time

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


def session_of(leader):
    """Processes of this session that still run, whatever group they made for themselves."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text().rsplit(")", 1)[1].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            found.append(int(stat.parent.name))
    return found


def started(folder):
    """scripts/run on free ports, ready; without models, since the encoder reads for a minute."""
    out = open(folder / "out", "w")
    child = subprocess.Popen([ROOT / "scripts/run", "--data", folder / "data", "--http", "0", "--nats", "0", "--", "--models", "/nonexistent"],
                             stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
    begun = time.monotonic()
    while not (ready := re.search(r"^ready nats://\S+:\d+ http://\S+:\d+$", (folder / "out").read_text(), re.M)):
        assert child.poll() is None and time.monotonic() < begun + 60, (folder / "out").read_text()[-3000:]
        time.sleep(0.02)
    assert ready
    return child, time.monotonic() - begun


@pytest.mark.skipif(not (ROOT / "build/bin/stewardd").exists(), reason="SKIP: nothing is built here")
def test_from_start_to_ctrl_c_and_again(tmp_path):
    """What a terminal does at Ctrl-C: SIGINT to the group in front. And the second start, with the data of the first."""
    children = []
    try:
        for sign in (signal.SIGINT, signal.SIGTERM):
            child, took = started(tmp_path)
            children.append(child)
            assert len(session_of(child.pid)) >= 2, "the engine and its server"
            os.killpg(child.pid, sign)
            assert child.wait(20) == 0
            assert session_of(child.pid) == []
        print(f"second start {took:.1f} s (goal 5)")
        assert took < 10
    finally:
        for child in children:
            for pid in session_of(child.pid):
                os.kill(pid, signal.SIGKILL)
