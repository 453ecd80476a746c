"""What comes in wrong is refused with a clear word and leaves nothing in the log; what comes twice counts once."""
import asyncio
import http.client
import json

import msgpack
import pytest
from rig.invariants import Streams, Verdict, key_of, message_of, settle
from rig.load import connect, request, run
from rig.processes import HERE, eventually

GOOD = {"id": "m1", "text": "How do I reserve a study room?"}
DEEP = b"\x82\xa2id\xa2m1\xa4text" + b"\x91" * 100_000 + b"\xc0"
NESTED = b'{"id":"m1","text":"x","more":' + b"[" * 5000 + b"]" * 5000 + b"}"

# name, subject, payload, code, a word of the message
REFUSED = [
    ("unknown tenant", "say.nobody.kiosk.bad", GOOD, "unknown_tenant", "nobody"),
    ("unknown channel", "say.alder.fax.bad", GOOD, "unknown_channel", "fax"),
    ("name of a tenant", "say.Alder.kiosk.bad", GOOD, "bad_request", "a-z"),
    ("half an escape", "say.alder.kiosk.bad=4", GOOD, "bad_request", "="),
    ("bytes of no kind", "say.alder.kiosk.bad", b"\xc1\xff\x00", "bad_request", ""),
    ("cut msgpack", "say.alder.kiosk.bad", msgpack.packb(GOOD)[:-5], "bad_request", ""),
    ("empty", "say.alder.kiosk.bad", b"", "bad_request", ""),
    ("no map", "say.alder.kiosk.bad", msgpack.packb([1, 2]), "bad_request", ""),
    ("bad JSON", "say.alder.kiosk.bad", b'{"id": "m1", "text"', "bad_request", ""),
    ("no id", "say.alder.kiosk.bad", {"text": "x"}, "bad_request", "id"),
    ("empty id", "say.alder.kiosk.bad", {"id": "", "text": "x"}, "bad_request", "id"),
    ("long id", "say.alder.kiosk.bad", {"id": "i" * 201, "text": "x"}, "bad_request", "id"),
    ("no text", "say.alder.kiosk.bad", {"id": "m1"}, "bad_request", "text"),
    ("empty text", "say.alder.kiosk.bad", {"id": "m1", "text": ""}, "bad_request", "text"),
    ("text of another type", "say.alder.kiosk.bad", {"id": "m1", "text": 7}, "bad_request", "text"),
    ("id of another type", "say.alder.kiosk.bad", {"id": ["m1"], "text": "x"}, "bad_request", "id"),
    ("text that is not UTF-8", "say.alder.kiosk.bad", b"\x82\xa2id\xa2m1\xa4text\xa2\xc3\x28", "bad_request", "UTF-8"),
    ("long text", "say.alder.kiosk.bad", {"id": "m1", "text": "x" * 4001}, "too_large", "4000"),
    ("oversize body", "say.alder.kiosk.bad", {"id": "m1", "text": "x", "more": "y" * 300_000}, "too_large", ""),
    ("deep msgpack", "say.alder.kiosk.bad", DEEP, None, ""),
    ("deep JSON", "say.alder.kiosk.bad", NESTED, None, ""),
    ("an array that claims four billion", "say.alder.kiosk.bad", b"\xdd\xff\xff\xff\xff", None, ""),
    ("clock before time", "say.alder.kiosk.bad", {**GOOD, "time_ms": -1}, "bad_request", "time_ms"),
    ("clock beyond time", "say.alder.kiosk.bad", {**GOOD, "time_ms": 2**62}, "bad_request", "time_ms"),
    ("clock that is a word", "say.alder.kiosk.bad", {**GOOD, "time_ms": "now"}, "bad_request", "time_ms"),
    ("event of an unknown tenant", "event.nobody.paid", {"id": "e1", "customer": "c1"}, "unknown_tenant", "nobody"),
    ("event without customer", "event.alder.paid", {"id": "e1"}, "bad_request", "customer"),
    ("event data too large", "event.alder.paid", {"id": "e1", "customer": "c1", "data": {"x": "y" * 70_000}}, "too_large", ""),
]


def logged(url):
    """What came from outside; a note to a tally may still be on its way."""
    return sum(m["kind"] != "entity" for p in Streams(url).inbox.values() for _, m in p)


def test_refused_at_the_bus(shared):
    before = logged(shared.url)
    wrong = []
    for name, subject, payload, code, word in REFUSED:
        ack = request(shared.url, subject, payload)
        got = ack["error"]["code"]
        if ack["ok"] or (code and got != code) or got not in ("bad_request", "too_large", "unknown_tenant", "unknown_channel") or \
                not ack["error"]["message"] or word not in ack["error"]["message"]:
            wrong.append((name, ack))
    assert not wrong, wrong
    assert logged(shared.url) == before
    assert request(shared.url, "say.alder.kiosk.good", {**GOOD, "time_ms": 1})["ok"], "a slow clock is kept, never trusted"


def post(rig, path, body, headers=None):
    host = rig.all[1].http.removeprefix("http://")
    c = http.client.HTTPConnection(host, timeout=10)
    try:
        c.request("POST", path, body if isinstance(body, (bytes, str)) else json.dumps(body), headers or {})
        r = c.getresponse()
        return r.status, dict(r.getheaders()), json.loads(r.read() or b"{}")
    finally:
        c.close()


@pytest.mark.parametrize("path, body, status, code", [
    ("/v1/nobody/conversations/h1/messages", GOOD, 404, "unknown_tenant"),
    ("/v1/alder/conversations/h1/messages", "{", 400, "bad_request"),
    ("/v1/alder/conversations/h1/messages", {"id": "m1", "text": 5}, 400, "bad_request"),
    ("/v1/alder/conversations/h1/messages", {"id": "m1", "text": "x" * 4001}, 413, "too_large"),
    ("/v1/alder/conversations/h1/messages", b"{" + b"x" * 2_000_000, 413, "too_large"),
    ("/v1/alder/conversations/h1/messages", {**GOOD, "time_ms": -5}, 400, "bad_request"),
], ids=["tenant", "json", "type", "text", "body", "clock"])
def test_refused_over_http(shared, path, body, status, code):
    before = logged(shared.url)
    try:
        got, _, said = post(shared, path, body)
    except (BrokenPipeError, ConnectionResetError):
        assert status == 413, "the door hung up"  # it may close while the body is still coming
        return
    assert (got, said["error"]["code"]) == (status, code), said
    assert said["error"]["message"]
    assert logged(shared.url) == before


def test_the_same_id(shared):
    """Once per conversation; in another chat and at another tenant it is another message."""
    async def storm():
        nc = await connect(shared.url)
        try:
            asked = [nc.request(f"say.{t}.kiosk.{p}", msgpack.packb({"id": "m1", "text": "How do I reserve a study room?"}), timeout=5)
                     for _ in range(8) for t in ("alder", "birch") for p in ("twin1", "twin2")]
            return [msgpack.unpackb(m.data) for m in await asyncio.gather(*asked)]
        finally:
            await nc.close()

    acks = run(storm())
    assert all(a["ok"] and a["id"] == "m1" for a in acks), acks
    assert len({a["conversation"] for a in acks}) == 4
    accepted = {(t, "kiosk", p, "m1"): (1, "") for t in ("alder", "birch") for p in ("twin1", "twin2")}
    settle(shared.url, accepted)
    s = Streams(shared.url)
    v = Verdict({}, s)
    assert not v.bad(), v.bad()
    for k in accepted:
        assert sum(1 for _, _, r in s.records() if (m := message_of(r)) and key_of(m) == k) == 1, k
        assert sum(1 for _, subject, _ in s.replies if subject == f"reply.{k[0]}.kiosk.{k[2]}") == 1, k


def test_many_large_events(shared):
    """Twenty of the largest once made a record that no log takes, and the customer's partition stood still for ever."""
    for n in range(24):
        ack = request(shared.url, "event.alder.form", {"id": f"e{n}", "customer": "talkative", "data": {"note": "x" * 65_000}})
        assert ack["ok"], ack
    eventually("all are decided", lambda: sum(1 for _, _, r in Streams(shared.url).records()
                                              if (m := message_of(r)) and m.get("topic") == "form") == 24)


def test_tenant_folder_with_errors(shared):
    """Refused by file and line; the version that runs goes on."""
    folder = shared.tenant_folder("broken", messages_per_minute="'many'")
    text = (folder / "tenant.yaml").read_text()
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "messages_per_minute" in row)
    code, said = shared.cli("tenant", "check", folder)
    assert code == 1 and f"tenant.yaml:{line}" in str(said), (code, said)
    code, said = shared.cli("tenant", "push", folder, "-t", "alder")
    assert code != 0 and f"tenant.yaml:{line}" in str(said), (code, said)
    assert shared.answers("alder")


@pytest.mark.parametrize("harm", ["line", "file", "missing", "articles"])
def test_first_start_with_a_broken_folder(rig, harm):
    """No start: the engine names file and line, and ends with 1. Nothing of it is in the log."""
    rig.start_nats()
    folder, articles = rig.tenant_folder("broken", **({"messages_per_minute": "'many'"} if harm == "line" else {})), HERE / "articles"
    (line,) = [n for n, row in enumerate((folder / "tenant.yaml").read_text().splitlines(), 1) if "messages_per_minute" in row]
    if harm == "file":
        (folder / "tenants.yaml").write_text("name: x\n")
    if harm == "missing":
        folder = folder / "elsewhere"
    if harm == "articles":
        articles = folder / "elsewhere"
    engine = rig.start_engine(tenant=folder, articles=articles)
    assert engine.wait(20) == 1, engine.log()
    assert "ready " not in engine.output()
    wanted = {"line": f"\n{folder}/tenant.yaml:{line}: ", "file": f"\n{folder}/tenants.yaml: not a file that Steward reads",
              "missing": f"{folder}: there is no such folder", "articles": f"{articles}: --kb-dir names no folder"}[harm]
    assert wanted in engine.log() and "stewardd: " in engine.log(), engine.log()
    good = rig.start_engine().wait_ready()
    assert rig.answers("alder")
    assert not any(line.startswith("note: ") and "errors" in line for line in good.output().splitlines())


def test_later_start_with_a_broken_folder(rig):
    """The log has an earlier version: the engine goes on with that one, and says so where it starts and in the log."""
    rig.start_nats()
    rig.start_engine().wait_ready().terminate()
    folder = rig.tenant_folder("broken", messages_per_minute="'many'")
    engine = rig.start_engine(tenant=folder).wait_ready()
    assert rig.answers("alder")
    assert f"note: the folder {folder} has errors and is not used: tenant alder goes on with the version" in engine.output()
    assert f"{folder}/tenant.yaml:" in engine.log()
    assert any("is not used" in note for note in rig.nodes()[engine.node]["notes"])


def test_one_id_is_one_article(shared):
    """Not the last of several in silence, and not changed again by each import."""
    folder = shared.folder / "one-id"
    folder.mkdir()
    lines = [{"id": "bikes", "title": "Bicycles", "text": "Lock them outside.", "language": "en"},
             {"id": "bikes", "title": "自行车", "text": "请锁在外面。", "language": "zh"}]
    (folder / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    code, said = shared.cli("kb", "import", folder, "-t", "birch")
    assert code == 1 and said["new"] == ["bikes"], said
    assert len(said["broken"]) == 1 and "'bikes' is there in another language too" in said["broken"][0], said
    eventually("it is folded", lambda: shared.cli("kb", "import", folder, "-t", "birch")[1]["same"] == ["bikes"])


def test_an_article_is_taken_out(shared):
    folder = shared.folder / "taken-out"
    folder.mkdir()
    (folder / "kites.md").write_text("---\nid: kites\ntitle: Renting a kite\n---\nKites can be rented when the wind blows.\n")
    ids = lambda: {json.loads(line)["id"] for line in shared.cli("kb", "list", "-t", "birch")[1].splitlines()}  # noqa: E731
    assert shared.cli("kb", "import", folder, "-t", "birch")[0] == 0
    eventually("it is there", lambda: "kites" in ids())
    assert shared.cli("kb", "remove", "kites", "-t", "birch") == (0, {"removed": ["kites"], "absent": [], "dry_run": False})
    eventually("it is gone", lambda: "kites" not in ids())
    assert shared.cli("kb", "remove", "kites", "-t", "birch")[1]["absent"] == ["kites"]
    eventually("nothing answers with it", lambda: "kites" not in str(shared.cli("kb", "search", "-t", "birch", "Renting a kite")[1]))


def test_data_folder_in_use(shared):
    first = shared.all[1]
    second = shared.engine()
    second.data = first.data
    second.start()
    assert second.wait(15) == 1
    said = second.log()
    assert "stewardd:" in said and str(first.data) in said, said
    assert shared.answers("alder")
