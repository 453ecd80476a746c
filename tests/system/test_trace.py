"""One trace id from the door to the reply: over NATS headers, HTTP headers, the feed, and every log line of the turn."""
import http.client
import json

import msgpack
import pytest
from rig.load import connect, run
from rig.processes import eventually

TRACE = "0af7651916cd43dd8448eb211c80319c"
GIVEN = f"00-{TRACE}-b7ad6b7169203331-01"
LATER = f"7f-{TRACE[::-1]}-b7ad6b7169203331-01-what.later.versions-add"  # a version that nobody knows yet
LINES = ("log accepts a message", "entity decides a turn", "partition commits a turn")


@pytest.fixture(scope="module")
def talkative(tmp_path_factory):
    from rig.processes import Rig
    with Rig(tmp_path_factory.mktemp("talkative")) as r:
        r.start_nats()
        r.start_engine(args=["--log-level", "debug"]).wait_ready()
        yield r


def say(rig, peer, trace, **more):
    """Headers of the acknowledgement and of the reply, which both the subscriber and the stream have."""
    async def go():
        nc = await connect(rig.url)
        try:
            replies = await nc.subscribe(f"reply.alder.kiosk.{peer}")
            question = msgpack.packb({"id": "m1", "text": "How do I reserve a study room?"} | more)
            ack = await nc.request(f"say.alder.kiosk.{peer}", question, timeout=5, headers={"traceparent": trace} if trace else None)
            assert msgpack.unpackb(ack.data)["ok"]
            reply = await replies.next_msg(timeout=10)
            stored = await nc.jetstream().get_last_msg("REPLY", f"reply.alder.kiosk.{peer}")
            assert stored.headers["traceparent"] == reply.headers["traceparent"]
            return (ack.headers or {}).get("traceparent"), reply.headers["traceparent"]
        finally:
            await nc.close()
    return run(go())


def lines_of(rig, trace, *wanted):
    """The log's lines with this trace, once all of them are there."""
    def check():
        lines = [line for line in rig.all[1].log().splitlines() if f"trace={trace}" in line]
        return lines if all(any(w in line for line in lines) for w in wanted) else None
    return eventually(lambda: f"the log has {wanted} of {trace}:\n{rig.all[1].log()[-3000:]}", check)


def test_over_nats(talkative):
    assert say(talkative, "traced", GIVEN) == (GIVEN, GIVEN)
    lines_of(talkative, TRACE, *LINES, "partition delivers a reply")


def test_a_later_version_is_read_by_what_version_00_knows(talkative):
    known = f"00-{TRACE[::-1]}-b7ad6b7169203331-01"
    assert say(talkative, "later", LATER) == (known, known)
    lines_of(talkative, TRACE[::-1], *LINES)


@pytest.mark.parametrize("trace", [None, "nonsense", f"00-{'0' * 32}-b7ad6b7169203331-01"], ids=["none", "malformed", "zero"])
def test_without_one_a_trace_begins(talkative, trace):
    back, made = say(talkative, f"plain{len(trace or '')}", trace)
    assert back is None and len(made) == 55, "what is malformed is not sent back"
    lines_of(talkative, made[3:35], *LINES)


def test_it_goes_on_to_the_customers_timeline(talkative):
    """A message that names its customer tells that customer's own entity: the same trace."""
    trace = "c" * 32
    say(talkative, "known", f"00-{trace}-b7ad6b7169203331-00", customer="C-7")
    decided = lambda: [x for x in lines_of(talkative, trace, *LINES) if "entity decides a turn" in x]  # noqa: E731
    eventually("conversation and customer decide under one trace", lambda: {x.split("entity=")[1][0] for x in decided()} >= {"c", "u"})  # the tally is told, too


def test_over_http(talkative):
    trace = f"00-{'d' * 32}-b7ad6b7169203331-01"
    c = http.client.HTTPConnection(talkative.all[1].http.removeprefix("http://"), timeout=10)
    body = json.dumps({"id": "m1", "text": "How do I reserve a study room?"})
    c.request("POST", "/v1/alder/conversations/traced/messages", body, {"traceparent": trace})
    r = c.getresponse()
    assert r.status == 202 and r.headers["traceparent"] == trace
    r.read()

    def feed():
        c.request("GET", "/v1/alder/conversations/traced/feed?from=1&wait=5")
        return json.loads(c.getresponse().read())["items"]
    items = eventually("question and answer are in the feed", lambda: (i := feed()) and len(i) >= 2 and i)
    assert {i["trace"] for i in items} == {trace}, items
    lines_of(talkative, "d" * 32, *LINES)
    c.close()


def test_one_conversation_is_followed(rig):
    """At the level that an engine has by default: nothing of what goes well, all of the one that an operator follows."""
    rig.start_nats()
    engine = rig.start_engine(args=["--log-level", "warn"]).wait_ready()
    trace = lambda peer: f"00-{(peer * 32)[:32]}-b7ad6b7169203331-01"  # noqa: E731
    for peer in "ab":
        say(rig, peer, trace(peer))
    assert not any(step in engine.log() for step in LINES)
    (row,) = [r for r in rig.cli("conversations", "list")[1]["conversations"] if r["peer"] == "a"]
    code, said = rig.cli("conversations", "trace", row["conversation"][:12], "-t", "alder")
    assert code == 0 and said["nodes"] == [engine.node], said
    for peer in "ab":
        say(rig, peer, trace(peer), id="m2")
    lines_of(rig, "a" * 32, *LINES, "partition delivers a reply")
    assert "b" * 32 not in engine.log()
    assert rig.cli("conversations", "trace", row["conversation"], "--minutes", "0", "-t", "alder")[0] == 0
    before = engine.log()
    say(rig, "a", trace("a"), id="m3")
    assert not any(step in engine.log()[len(before):] for step in LINES)
