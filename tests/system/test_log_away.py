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


def test_nats_away_for_ten_seconds(rig):
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    rig.seed()
    with Load(rig.url, conversations=10, pause=0.05) as load:
        eventually("accepted begins", lambda: load.count() > 100)
        rig.nats.kill()
        gone = time.monotonic()
        eventually("the engine knows", lambda: "lost NATS" in engine.log())
        while time.monotonic() < gone + 10:
            status, headers, said = post(engine, "web-1")
            assert status == 503 and int(headers["Retry-After"]) >= 1, (status, headers, said)
            assert said["error"]["code"] == "unavailable" and said["error"]["message"], said
            time.sleep(0.5)  # as a client that heeds Retry-After, only less patient
        rig.nats.start()
        back = time.monotonic()
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 100, 30)
        print(f"accepting again {load.last_accept - back:.1f} s after NATS is back")
        eventually("the door is open again", lambda: post(engine, "web-1")[0] == 202)
    assert_sound(rig, load)


def stream_of(rig, peer):
    """(partition, conversation) that a message of this peer fell to."""
    s = Streams(rig.url)
    return next((p, m["entity"]) for p in s.inbox for _, m in s.inbox[p] if m["from"]["peer"] == peer)


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


def test_kb_stream_deleted(engine_on_nats):
    """What nodes have folded answers on; the next import makes the stream anew."""
    rig, engine = engine_on_nats
    delete(rig, "KB")
    assert rig.answers("alder")
    code, said = rig.cli("kb", "import", engine.articles, "-t", "alder")
    assert code == 0, said
    ask(rig, "cut-kb", "m1")


def test_full_disk(rig):
    """Nothing is accepted that cannot be kept; with space again the engine goes on."""
    disk = rig.folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("SKIP: mount is not allowed here")
    try:
        rig.start_nats(folder=disk / "nats", max_file=36 << 20)
        engine = rig.start_engine().wait_ready()
        rig.seed()
        filler = disk / "filler"
        with open(filler, "wb") as f:
            os.posix_fallocate(f.fileno(), 0, os.statvfs(disk).f_bavail * 4096 - (3 << 20))
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
