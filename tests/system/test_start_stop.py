"""Starting and stopping: in order, in time, leaving nobody behind."""
import os
import subprocess
import time

import pytest
from rig.processes import BIN, SLOW, eventually


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] != "Z"


def test_sigterm_leaves_no_process(rig):
    engine = rig.start_engine(nats=False).wait_ready()
    server = int((engine.data / "nats/nats-server.pid").read_text())
    assert alive(server)
    assert rig.answers("alder")
    begun = time.monotonic()
    assert engine.terminate(12) == 0
    print(f"stopped in {time.monotonic() - begun:.2f} s")
    assert time.monotonic() - begun < 10
    assert not alive(server)
    assert "lost NATS" not in engine.log(), "what it closed itself it has not lost"


@pytest.mark.parametrize("args", [["--nope"], ["--http", "99999"], ["--spawn-nats"], ["--spawn-nats", "70000"], ["--kb-dir", "x"],
                                  ["--nats-url", "nats://127.0.0.1:1", "--spawn-nats", "0"]])
def test_a_wrong_command_line_is_2(args):
    done = subprocess.run([BIN / "stewardd", *args], capture_output=True, text=True, timeout=20)
    assert done.returncode == 2 and done.stderr and not done.stdout, done


def test_kill_leaves_no_server(rig):
    engine = rig.start_engine(nats=False).wait_ready()
    server = int((engine.data / "nats/nats-server.pid").read_text())
    engine.kill()
    eventually("the server dies with its engine", lambda: not alive(server))


def test_cycles(rig):
    """200 with STEWARD_SLOW=1: none hangs, none ends otherwise than with 0."""
    rig.start_nats()
    engine = rig.engine()
    starts, stops = [], []
    for n in range(200 if SLOW else 25):
        begun = time.monotonic()
        engine.start().wait_ready()
        starts.append(time.monotonic() - begun)
        begun = time.monotonic()
        assert engine.terminate(12) == 0, f"cycle {n}: {engine.log()[-2000:]}"
        stops.append(time.monotonic() - begun)
    print(f"{len(starts)} cycles: start median {sorted(starts)[len(starts) // 2]:.2f} s, longest {max(starts):.2f} s; "
          f"stop median {sorted(stops)[len(stops) // 2]:.2f} s, longest {max(stops):.2f} s")
    assert max(stops) < 10


def test_stop_without_nats(rig):
    """NATS is gone and does not come back: the engine still stops in time."""
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    rig.nats.kill()
    begun = time.monotonic()
    code = engine.terminate(15)
    print(f"stopped without NATS in {time.monotonic() - begun:.2f} s, exit code {code}")
    assert time.monotonic() - begun < 12
