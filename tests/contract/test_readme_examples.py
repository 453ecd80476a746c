"""Runs every ```python block of messages/README.md as a program of its own, against a running engine.

NATS_URL and HTTP_URL name the engine. Without them one is started from STEWARD_BIN_DIR (or build/bin) with the demo tenant, two
articles and no models, so that it is there in a second or two.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

ROOT = pathlib.Path(os.environ.get("STEWARD_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])
README = ROOT / "messages" / "README.md"


def examples():
    text = README.read_text(encoding="utf-8")
    for found in re.finditer(r"^```python\n(.*?)^```", text, re.M | re.S):
        line = text.count("\n", 0, found.start()) + 1
        headings = re.findall(r"^#+ (.*)$", text[: found.start()], re.M)
        yield pytest.param(line, found.group(1), id=re.sub(r"\W+", "_", headings[-1]).strip("_") + f"_line_{line}")


def start_engine(folder):
    engine = pathlib.Path(os.environ.get("STEWARD_BIN_DIR") or ROOT / "build" / "bin") / "stewardd"
    if not engine.exists():
        pytest.skip("SKIP: no stewardd was built, and NATS_URL and HTTP_URL name no running one")
    articles = folder / "kb" / "en"
    articles.mkdir(parents=True)
    for name in ("return-how.md", "boot-care.md"):
        shutil.copy(ROOT / "scripts" / "demo" / "kb" / "en" / name, articles)
    (folder / "models").mkdir()
    tenant = folder / "tenant"
    tenant.mkdir()
    shutil.copy(ROOT / "scripts" / "demo" / "tenant" / "tenant.yaml", tenant)
    command = [engine, "--data", folder / "data", "--spawn-nats", "0", "--http", "0", "--tenant", "demo", "--tenant-dir", tenant,
               "--kb-dir", folder / "kb", "--models", folder / "models", "--log-file", folder / "log.txt"]
    environment = {k: v for k, v in os.environ.items() if k != "NATS_URL"}
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True, env=environment)
    # The line "ready" comes, or the process ends, or the watchdog ends it.
    watchdog = threading.Timer(90, process.kill)
    watchdog.start()
    try:
        for line in process.stdout:
            if line.startswith("ready "):
                _, nats, http = line.split()
                return process, {"NATS_URL": nats, "HTTP_URL": http, "STEWARD_CREDS": str(folder / "data/keys/admin.creds")}
    finally:
        watchdog.cancel()
    process.wait()
    log = folder / "log.txt"
    pytest.fail("stewardd did not get ready:\n" + (log.read_text()[-3000:] if log.exists() else ""))


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    if os.environ.get("NATS_URL") and os.environ.get("HTTP_URL"):
        yield {}
        return
    process, addresses = start_engine(tmp_path_factory.mktemp("readme"))
    yield addresses
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        pytest.fail("stewardd did not stop within 30 s")


@pytest.mark.parametrize("line, code", list(examples()))
def test_example(engine, line, code):
    # Line ends before it, so that a traceback names the line of the README.
    program = "\n" * line + code
    started = time.monotonic()
    run = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(ROOT / "tests/python"), **os.environ, **engine}, capture_output=True, text=True, timeout=100)
    took = time.monotonic() - started
    assert run.returncode == 0, f"messages/README.md:{line} failed after {took:.1f} s\n{run.stdout}\n{run.stderr}"


def test_there_are_examples():
    assert len(list(examples())) >= 7
