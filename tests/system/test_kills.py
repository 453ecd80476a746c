"""The engine, its server and its threads are killed at the worst moments; afterwards I1 to I6 hold (rig/invariants.py)."""
import os
import signal

import pytest
from rig.invariants import assert_sound
from rig.load import Load
from rig.processes import eventually

# Step and how often it is passed before the kill; `before_release` is passed by an orderly stop.
STEPS = {"after_accept": 20, "before_commit": 40, "after_commit_sent": 40, "after_commit": 40, "after_store": 5,
         "after_delivery": 20, "after_take": 5, "before_release": 2}


@pytest.fixture(scope="module")
def seeded(shared):
    for p in shared.all[1:]:
        p.terminate()
    return shared


@pytest.mark.parametrize("step", STEPS)
def test_crash_at(seeded, step):
    """Dies at the step, is started again on the same folder."""
    rig = seeded
    engine = rig.engine()
    try:
        with Load(rig.url, conversations=8, name=step.replace("_", "-"), pause=0.02) as load:
            engine.start({"CRASH_AT": f"{step}:{STEPS[step]}"})
            if step == "before_release":
                engine.wait_ready()  # owns something to release
                eventually("messages are accepted", lambda: load.count() > 50)
                engine.signal(signal.SIGTERM)
            assert engine.wait(30) == -signal.SIGKILL, engine.log()[-2000:]
            before = load.count()
            engine.start().wait_ready()
            eventually("accepted goes on", lambda: load.count() > before + 100)
        assert_sound(rig, load)
    finally:
        engine.kill()


def test_kill_engine_under_load(rig):
    """No CRASH_AT: wherever it happens to be, three times."""
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    rig.seed()
    with Load(rig.url, conversations=15, pause=0.02) as load:
        for _ in range(3):
            count = load.count()
            eventually("accepted goes on", lambda: load.count() > count + 150)
            engine.kill()
            engine.start().wait_ready()
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 100)
    assert_sound(rig, load)
    print(f"longest silence for a customer, one engine alone: {load.stall():.2f} s")


def test_kill_nats_under_load(rig):
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    rig.seed()
    with Load(rig.url, conversations=15, pause=0.02) as load:
        for _ in range(2):
            count = load.count()
            eventually("accepted goes on", lambda: load.count() > count + 150, 40)
            rig.nats.kill()
            rig.nats.start()
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 100, 40)
    v = assert_sound(rig, load)
    assert engine.alive()
    print(f"longest silence for a customer: {load.stall():.2f} s; replies seen twice under their id: {v.copies}")


def server_pid(engine):
    return int((engine.data / "nats/nats-server.pid").read_text())


def test_engine_restarts_its_own_nats(rig):
    engine = rig.start_engine(nats=False).wait_ready()
    rig.seed()
    first = server_pid(engine)
    with Load(rig.url, conversations=5, pause=0.05) as load:
        eventually("accepted begins", lambda: load.count() > 50)
        os.kill(first, signal.SIGKILL)
        eventually(lambda: "the engine starts its server again:\n" + engine.log()[-1500:], lambda: server_pid(engine) != first, 15)
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 50, 30)
    assert_sound(rig, load)
