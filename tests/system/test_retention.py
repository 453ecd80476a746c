"""The log is cut under load, by engines that die in the middle of it; nothing that lives depends on what is gone."""
import signal

import pytest
from nats.js.api import StreamConfig, StreamSource
from rig.invariants import PARTITIONS, Streams, assert_sound
from rig.load import Load, connect, run
from rig.processes import eventually

KEEP = {"STEWARD_LOG_KEEP": "30"}


async def copy_turns(url):
    """Mirrors keep what the engines cut, under the same sequences: the invariants are counted there."""
    nc = await connect(url)
    js = nc.jetstream(timeout=10)
    for p in PARTITIONS:
        await js.add_stream(StreamConfig(name=f"COPY_{p}", mirror=StreamSource(name=f"TURN_{p}")))
    await nc.close()


async def begins(url):
    nc = await connect(url)
    js = nc.jetstream(timeout=10)
    out = [(await js.stream_info(f"TURN_{p}")).state for p in PARTITIONS]
    await nc.close()
    return [(s.first_seq, s.last_seq) for s in out]


def cut(rig):
    return sum(first > 1 for first, _ in run(begins(rig.url)))


@pytest.fixture
def copied(rig, monkeypatch):
    rig.start_nats()
    rig.start_engine().wait_ready()
    rig.seed()
    rig.all[-1].terminate()
    run(copy_turns(rig.url))
    monkeypatch.setattr(Streams, "turn", "COPY")
    return rig


def test_cut_through_deaths_and_a_takeover(copied):
    rig = copied
    engine = rig.engine()
    with Load(rig.url, conversations=12, pause=0.05) as load:
        for step in ("after_rewrite:5", "before_cut", "after_cut:2"):
            engine.start({**KEEP, "CRASH_AT": step}).wait_ready()
            eventually(f"it dies {step}", lambda: not engine.alive(), 60)
            assert engine.wait() == -signal.SIGKILL
        engine.start(KEEP).wait_ready()
        eventually("most of the partitions are cut", lambda: cut(rig) >= 12, 60)
        # Another, whose store knows nothing: its replay begins late in the log.
        other = rig.start_engine(KEEP).wait_ready()
        eventually(lambda: f"both own some: {rig.owned()}", lambda: rig.owned().get(other.node), 40)
        before = run(begins(rig.url))
        engine.kill()
        eventually(lambda: f"the other owns all: {rig.owned()}", lambda: rig.owned().get(other.node) == set(PARTITIONS), 40)
        eventually("the other cuts too", lambda: sum(a[0] > b[0] for a, b in zip(run(begins(rig.url)), before)) >= 12, 60)
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 100)
    assert_sound(rig, load)
    assert sum(last - first for first, last in run(begins(rig.url))) < 16 * 100
    # What was cut is said, not hidden.
    code, said = rig.cli("verify")
    assert code == 0 and sum(p["cut_before"] > 1 for p in said["partitions"]) >= 12, said
    replays = []
    for tenant, conversation in {(key[0], value[1]) for key, value in load.accepted.items()}:
        code, said = rig.cli("conversations", "replay", conversation, "-t", tenant)
        assert code == 0 and said["matches"], said
        replays.append(said["cut_to"])
    # Not each: up to four partitions need not have been cut, and each conversation lives in one.
    assert sum(to > 1 for to in replays) > len(replays) / 2, replays
