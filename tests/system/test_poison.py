"""Messages that break their conversation or the whole engine: three strikes, a dead letter, an honest word."""
import contextlib
import signal

import pytest
from rig.invariants import Streams, assert_sound, key_of, message_of
from rig.load import Load, request
from rig.processes import eventually

VICTIM = ("alder", "kiosk", "victim")


def say(rig, text, id="bad"):
    return request(rig.url, "say.alder.kiosk.victim", {"id": id, "text": text})


def letters(rig):
    code, said = rig.cli("dead-letters", "list")
    assert code == 0, said
    return said["dead_letters"]


def waits(rig):
    code, said = rig.cli("conversations", "list", "--waiting", "-t", "alder")
    assert code == 0, said
    return "victim" in str(said)


def troubles(rig):
    return [r for _, subject, r in Streams(rig.url).replies if subject == "reply.alder.kiosk.victim" and r["kind"] == "trouble"]


@pytest.fixture
def seeded(rig):
    rig.start_nats()
    rig.start_engine().wait_ready()
    rig.seed()
    rig.all[-1].terminate()
    return rig


def test_throw(seeded):
    """The conversation falls three times; its neighbours notice nothing; a person retries the letter when the cause is gone."""
    rig = seeded
    engine = rig.start_engine({"STEWARD_POISON_throw": "xyzzy"}).wait_ready()
    with Load(rig.url, conversations=10, pause=0.05) as load:
        eventually("accepted begins", lambda: load.count() > 100)
        assert say(rig, "How do I reserve a study room?", "good")["ok"]
        assert say(rig, "xyzzy how do I renew a borrowed book?")["ok"]
        letter = eventually("a dead letter", lambda: letters(rig))[0]
        eventually("the conversation waits for a person", lambda: waits(rig))
    assert engine.log().count("entity failed, and is rebuilt") == 3, engine.log()[-3000:]
    assert "xyzzy" in letter["text"] and letter["letter"]["attempts"] == 3, letter
    assert len(troubles(rig)) == 1 and "could not deal" in troubles(rig)[0]["text"]
    assert_sound(rig, load)
    late = load.latencies()
    print(f"neighbours: p50 {late[len(late) // 2] * 1000:.1f} ms, longest {late[-1] * 1000:.0f} ms")
    assert load.stall() < 2.0
    engine.terminate()

    rig.start_engine().wait_ready()
    code, said = rig.cli("dead-letters", "retry", letter["number"])
    assert code == 0, said
    eventually("the message is decided", lambda: any(
        (m := message_of(r)) and m["kind"] == "say" and key_of(m) == (*VICTIM, "bad") for _, _, r in Streams(rig.url).records()))
    assert letters(rig) == []


def test_abort(seeded):
    """The process itself dies of it: after three deaths the next owner gives it up, and decides all else."""
    rig = seeded
    engine = rig.engine()
    with Load(rig.url, conversations=5, pause=0.05) as load:
        deaths = 0
        engine.start({"STEWARD_POISON_abort": "xyzzy"}).wait_ready()
        eventually("accepted begins", lambda: load.count() > 30)
        with contextlib.suppress(Exception):  # it may die of it before it has answered: the log has it then
            say(rig, "xyzzy")
        while deaths < 5:
            eventually("it dies, or gives the message up", lambda: not engine.alive() or Streams(rig.url).dead, 30, every=0.2)
            if engine.alive():
                break
            assert engine.wait() == -signal.SIGKILL
            deaths += 1
            engine.start({"STEWARD_POISON_abort": "xyzzy"})
        assert deaths == 3
        engine.wait_ready()
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 50)
    assert_sound(rig, load)
    # Every partition of the node died with it three times; what was in work there is innocent.
    assert [x["text"] for x in letters(rig)] == ["xyzzy"], letters(rig)
    assert len(troubles(rig)) == 1 and waits(rig)


def test_a_connector_fails(seeded):
    """What breaks the door is refused as a fault of ours; a door that ends is opened again. Under load, and its neighbours lose nothing."""
    rig = seeded
    engine = rig.start_engine({"STEWARD_POISON_door": "xyzzy"}).wait_ready()

    def rooms():
        code, said = rig.cli("actors", timeout=2)  # who asks while operators' answers are away hears nothing
        return {a["path"].split("/")[-1]: a for n in said["nodes"] for a in n["actors"]} if code == 0 else {}

    with Load(rig.url, conversations=10, pause=0.05) as load:
        eventually("accepted begins", lambda: load.count() > 100)
        for n in range(10):
            ack = say(rig, "xyzzy", f"bad{n}")
            assert not ack["ok"] and ack["error"]["code"] == "internal", ack
        assert say(rig, "How do I renew a borrowed book?", "good")["ok"]
        for name, state in (("door-0", "running"), ("door-1", "running"), ("seat-door", "running"), ("ops", "running"), ("partition-3", "mine")):
            assert (rooms()[name]["state"], rooms()[name]["restarts"]) == (state, 0)
            code, said = rig.cli("restart", name)
            assert code == 0, said
            if name == "ops":
                assert rig.cli("nodes")[0] == 0, "who asks while it is replaced waits a moment"
            eventually(lambda: f"{name} is opened again", lambda: (r := rooms().get(name)) and (r["state"], r["restarts"]) == (state, 1))
        # What an operator asks for is no failure: it never stops the node.
        for n in range(2, 8):
            assert rig.cli("restart", "door-0")[0] == 0
            eventually("door-0 is opened once more", lambda: (r := rooms().get("door-0")) and (r["state"], r["restarts"]) == ("running", n))
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 100)
    assert_sound(rig, load)
    code, said = rig.cli("restart", "store")
    assert code == 4 and "no second life" in str(said), (code, said)
    assert engine.alive() and rig.answers("alder")
