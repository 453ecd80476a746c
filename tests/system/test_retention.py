"""The log is cut under load, by engines that die in the middle of it; nothing that lives depends on what is gone. And what is
past its tenant's retention is forgotten."""
import re
import signal

import pytest
from nats.js.api import StreamConfig, StreamSource
from rig.invariants import PARTITIONS, Streams, assert_sound
from rig.load import Load, connect, request, run
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


DAY = 24 * 3600 * 1000


def test_what_is_past_its_retention_is_forgotten(rig):
    """Two days after the last word, by the clock of the engine; who waits for a person is not."""
    rig.start_nats()
    tenant = rig.tenant_folder("short")
    config = tenant / "tenant.yaml"
    config.write_text(re.sub(r"^retention_days: .*$", "retention_days: 1", config.read_text(), flags=re.M))
    engine = rig.engine(tenant=tenant).start().wait_ready()

    def say(peer, id, text):
        assert request(rig.url, f"say.alder.kiosk.{peer}", {"id": id, "text": text})["ok"]

    def conversations():
        code, said = rig.cli("conversations", "list", "-t", "alder")
        return {c["peer"]: c for c in said["conversations"]} if code == 0 else {}

    say("gone", "m1", "How do I reserve a study room?")
    say("waits", "m1", "I want to talk to a librarian")
    said = eventually(lambda: f"both are decided: {conversations()}", lambda: len(c := conversations()) == 2 and c["waits"]["mode"] == "waiting" and c)
    assert engine.terminate() == 0
    engine.start({**KEEP, "STEWARD_CLOCK_AHEAD_MS": str(DAY // 2)}).wait_ready()
    say("new", "m1", "How do I reserve a study room?")
    eventually("it is decided", lambda: "new" in conversations())
    assert set(conversations()) == {"gone", "waits", "new"}
    assert engine.terminate() == 0
    engine.start({**KEEP, "STEWARD_CLOCK_AHEAD_MS": str(DAY + DAY // 4)}).wait_ready()
    eventually(lambda: f"one is forgotten: {conversations()}", lambda: set(conversations()) == {"waits", "new"})
    code, answer = rig.cli("conversations", "show", said["gone"]["conversation"], "-t", "alder")
    assert code == 4 and answer["error"]["code"] == "not_found", (code, answer)
    # Who comes back begins anew.
    say("gone", "m2", "How do I reserve a study room?")
    eventually("a conversation of one turn", lambda: conversations().get("gone", {}).get("turns") == 1)
    code, found = rig.cli("verify")
    assert code == 0, [(p["partition"], p["findings"], p["different"], p["missing"], p["stale"], p["error"]) for p in found["partitions"] if p["findings"] or p["error"]["code"]]
