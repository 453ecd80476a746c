"""NATS is away, full, old, or loses a stream under a running engine."""
import http.client
import json
import os
import subprocess
import time

import pytest
from rig.invariants import Streams, assert_sound
from rig.load import Load, connect, request, run
from rig.processes import eventually, free_port, nats_binaries


def post(engine, id):
    c = http.client.HTTPConnection(engine.http.removeprefix("http://"), timeout=15)
    try:
        c.request("POST", "/v1/alder/conversations/patient/messages", json.dumps({"id": id, "text": "What are your opening hours?"}))
        r = c.getresponse()
        return r.status, dict(r.getheaders()), json.loads(r.read())
    finally:
        c.close()


def test_no_nats_at_start(rig):
    engine = rig.engine()
    engine.nats_url = f"nats://127.0.0.1:{free_port()}"
    engine.start()
    assert engine.wait(20) == 1
    said = engine.log()
    assert engine.nats_url in said and "stewardd:" in said, said


def test_nats_away_for_a_minute(rig):
    """Longer than anything remembers: server's consumers, requests, readings. Nothing is accepted meanwhile, nothing lost."""
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    rig.seed()
    with Load(rig.url, conversations=10, pause=0.05) as load:
        eventually("accepted begins", lambda: load.count() > 100)
        rig.nats.kill()
        gone = time.monotonic()
        eventually("the engine knows", lambda: "lost NATS" in engine.log())
        while time.monotonic() < gone + 61:
            status, headers, said = post(engine, "web-1")
            assert status == 503 and int(headers["Retry-After"]) >= 1, (status, headers, said)
            assert said["error"]["code"] == "unavailable" and said["error"]["message"], said
            time.sleep(0.5)  # as a client that heeds Retry-After, only less patient
        assert len(engine.log()) < 50_000, "a log that is away is no reason to fill the disk with log lines"
        rig.nats.start()
        back = time.monotonic()
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 100, 30)
        print(f"accepting again {load.last_accept - back:.1f} s after NATS is back")
        eventually("the door is open again", lambda: post(engine, "web-1")[0] == 202)
    assert_sound(rig, load)
    assert not Streams(rig.url).dead, "a log that was away is no reason to give a reply up"


def stream_of(rig, peer):
    """(partition, conversation) that a message of this peer fell to."""
    s = Streams(rig.url)
    return next((p, m["entity"]) for p in s.inbox for _, m in s.inbox[p] if m.get("from", {}).get("peer") == peer)


def delete(rig, stream):
    async def go():
        nc = await connect(rig.url)
        await nc.jetstream().delete_stream(stream)
        await nc.close()
    run(go())


def ask(rig, peer, id):
    """Accepted and answered."""
    text = "How do I reserve a study room?"
    eventually("accepted", lambda: request(rig.url, f"say.alder.kiosk.{peer}", {"id": id, "text": text}, timeout=9)["ok"], 30)
    replied = lambda: any(s == f"reply.alder.kiosk.{peer}" and r["in_reply_to"] == id for _, s, r in Streams(rig.url).replies)  # noqa: E731
    eventually(f"{id} of {peer} is answered", replied, 20)


@pytest.fixture(scope="module")
def engine_on_nats(shared):
    return shared, shared.all[1]


def test_in_stream_deleted(engine_on_nats):
    """What was in it is lost with it if undecided; the engine makes it anew, and goes on with what comes."""
    rig, engine = engine_on_nats
    ask(rig, "cut-in", "m1")
    p, _ = stream_of(rig, "cut-in")
    delete(rig, f"IN_{p}")
    ask(rig, "cut-in", "m2")
    ask(rig, "cut-in", "m3")
    assert "made anew" in engine.log() or f"IN_{p}" in engine.log(), engine.log()[-3000:]


def test_turn_stream_deleted(engine_on_nats):
    """The truth of these conversations is gone with it: they begin anew with what IN still holds, and go on."""
    rig, engine = engine_on_nats
    ask(rig, "cut-turn", "m1")
    p, _ = stream_of(rig, "cut-turn")
    delete(rig, f"TURN_{p}")
    ask(rig, "cut-turn", "m2")
    ask(rig, "cut-turn", "m3")
    assert "made anew" in engine.log() or f"TURN_{p}" in engine.log(), engine.log()[-3000:]


def test_in_stream_deleted_and_recreated_at_once(engine_on_nats):
    """By somebody else, before the engine looks: another incarnation, whose numbers begin at 1 again."""
    rig, engine = engine_on_nats
    for n in range(1, 6):
        ask(rig, "cut-again", f"m{n}")
    p, _ = stream_of(rig, "cut-again")

    async def go():
        nc = await connect(rig.url)
        js = nc.jetstream()
        config = (await js.stream_info(f"IN_{p}")).config
        await js.delete_stream(f"IN_{p}")
        await js.add_stream(config)
        await nc.close()
    run(go())
    ask(rig, "cut-again", "m6")
    ask(rig, "cut-again", "m7")


def made_anew(rig, engine, stream):
    eventually(lambda: f"{stream} is made anew: {engine.log()[-2000:]}", lambda: f"stream was gone, and is made anew stream={stream}" in engine.log())


def test_reply_stream_deleted(engine_on_nats):
    """What was in it is gone for those who had not read it; replies of that moment wait and come."""
    rig, engine = engine_on_nats
    delete(rig, "REPLY")
    ask(rig, "cut-reply", "m1")
    made_anew(rig, engine, "REPLY")


def test_dead_letter_stream_deleted(engine_on_nats):
    rig, engine = engine_on_nats
    delete(rig, "DLQ")
    made_anew(rig, engine, "DLQ")
    code, said = rig.cli("dead-letters", "list")
    assert code == 0 and said["dead_letters"] == [], said


def test_kb_stream_deleted(engine_on_nats):
    """The node's own articles go into the new stream; what is imported then is found; a new node gets all."""
    rig, engine = engine_on_nats
    delete(rig, "KB")
    made_anew(rig, engine, "KB")
    eventually("its articles answer", lambda: rig.answers("alder"))
    folder = rig.folder / "more"
    folder.mkdir()
    (folder / "zebra.md").write_text("---\nid: zebra\ntitle: Renting a zebra\n---\nZebras can be rented on Mondays.\n")
    code, said = rig.cli("kb", "import", folder, "-t", "alder")
    assert code == 0 and said["new"] == ["zebra"], said
    other = rig.start_engine().wait_ready()
    engine.pause()  # so that the other answers
    try:
        eventually("the new node has them", lambda: rig.nodes()[other.node]["tenants"][0]["articles"] == 6)
    finally:
        engine.wake()
        assert other.terminate() == 0


def test_tenant_stream_deleted(engine_on_nats):
    """The versions that the node knows go into the new stream; the next push is taken up, though its number is lower."""
    rig, engine = engine_on_nats
    for n in range(3):
        rig.push_tenant(f"extra{n}")
    delete(rig, "TENANT")
    made_anew(rig, engine, "TENANT")
    eventually("all versions are there", lambda: len(rig.cli("tenant", "list")[1]["versions"]) >= 4)
    assert rig.answers("alder")
    folder = rig.tenant_folder("words")
    file = folder / "tenant.yaml"
    file.write_text(file.read_text().replace("name: Reedwick Library", "name: Reedwick Reading Room"))
    code, said = rig.cli("tenant", "push", folder, "-t", "alder")
    assert code == 0, said
    eventually("it is taken up", lambda: any(t["name"] == "Reedwick Reading Room" for t in rig.nodes()[engine.node]["tenants"]))


def limited_disk(folder, megabytes):
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("SKIP: mount is not allowed here")


def fill(disk, but):
    filler = disk / "filler"
    with open(filler, "wb") as f:
        os.posix_fallocate(f.fileno(), 0, os.statvfs(disk).f_bavail * 4096 - but)
    return filler


def test_engines_disk_is_full(rig):
    """The log has a disk of its own: the engine's store cannot follow, nobody notices, and it catches up with space again."""
    disk = rig.folder / "disk"
    limited_disk(disk, 150)
    try:
        rig.start_nats()
        engine = rig.engine()
        engine.data = disk / "data"
        engine.start().wait_ready()
        rig.seed()
        with Load(rig.url, conversations=10, pause=0.01) as load:
            eventually("accepted begins", lambda: load.count() > 100)
            filler = fill(disk, 20 << 20)
            eventually(lambda: f"the store says so: {engine.log()[-1500:]}", lambda: "store waits for its disk" in engine.log(), 40)
            count = load.count()
            eventually("accepted and answered by who is awake", lambda: load.count() > count + 100, 20)
            filler.unlink()
            count = load.count()
            eventually("accepted goes on", lambda: load.count() > count + 200, 20)
            eventually("the store goes on", lambda: "store goes on" in engine.log())
        assert_sound(rig, load)
        assert engine.alive() and engine.terminate() == 0
        engine.start().wait_ready()
        assert_sound(rig, load)
        # Stopped while it waits: in time, and what the store has not is in the log.
        filler = fill(disk, 20 << 20)
        assert request(rig.url, "say.alder.kiosk.late", {"id": "m1", "text": "What are your opening hours?"})["ok"]
        eventually("the store waits", lambda: "store waits for its disk" in engine.log())
        assert engine.terminate(12) == 0, engine.log()[-2000:]
        filler.unlink()
        engine.start().wait_ready()
        assert_sound(rig, load)
    finally:
        for p in rig.all:
            p.kill()
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_full_disk(rig):
    """Nothing is accepted that cannot be kept; with space again the engine goes on."""
    disk = rig.folder / "disk"
    limited_disk(disk, 40)
    try:
        rig.start_nats(folder=disk / "nats", max_file=36 << 20)
        engine = rig.start_engine().wait_ready()
        rig.seed()
        filler = fill(disk, 3 << 20)
        with Load(rig.url, conversations=10, pause=0.01, text=lambda n: "How do I reserve a study room? " + "really " * 400) as load:
            eventually("the disk is full: nothing more is accepted", lambda: load.count() > 20 and load.retries > 30
                       and time.monotonic() - load.last_accept > 2, 60)
            status, headers, said = post(engine, "web-1")
            assert status == 503 and "Retry-After" in headers, (status, said)
            print("refused with:", said["error"]["message"])
            assert engine.alive()
            filler.unlink()
            rig.nats.terminate()
            rig.nats.start()
            count = load.count()
            eventually("accepted goes on", lambda: load.count() > count + 20, 40)
        assert_sound(rig, load)
    finally:
        for p in rig.all:
            p.kill()
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_old_server(rig):
    """Debian's 2.9.10 is enough; the engine says what a newer one would give."""
    old = next((b for b in nats_binaries() if " v2.9." in subprocess.run([b, "--version"], capture_output=True, text=True).stdout), None)
    if not old:
        pytest.skip("SKIP: no nats-server 2.9 here")
    rig.start_nats(binary=old)
    engine = rig.start_engine().wait_ready()
    assert "note: nats-server 2.9" in engine.output() and "2.10" in engine.output(), engine.output()
    rig.seed()
    with Load(rig.url, conversations=5, pause=0.05) as load:
        eventually("accepted begins", lambda: load.count() > 50)
        rig.nats.kill()
        rig.nats.start()
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 50, 40)
    assert_sound(rig, load)
