"""Users and roles: who gets in, what each may say and hear, and that a revoked one is out at once. On both servers."""
import asyncio
import json
import os
import re
import socket
import subprocess
import threading

import msgpack
import nats
import pytest

from rig.load import connect, run
from rig.processes import BIN, Rig, eventually, nats_binaries

ROLES = {"anna": "agent", "sue": "supervisor", "team": "platform", "looker": "readonly", "boss": "admin"}
# What nobody but the engine may say: the log itself, and JetStream's doors to it.
LOG = ["in.3.alder", "turn.3.alder.c1", "turn.3.__own", "kb.alder.a", "tenant.alder", "dlq.alder.c1", "reply.alder.kiosk.x",
       "feed.alder.c1", "$JS.API.STREAM.CREATE.X", "$JS.API.STREAM.DELETE.TURN_3", "$JS.API.STREAM.PURGE.TURN_3",
       "$JS.API.STREAM.UPDATE.REPLY", "$JS.API.STREAM.MSG.DELETE.TURN_3", "$JS.API.STREAM.RESTORE.X", "$JS.API.ACCOUNT.PURGE.X",
       "audit.boss", "by.zed.node.n1.drain", "$SYS.REQ.CLAIMS.UPDATE", "$SYS.REQ.SERVER.PING"]
OPS = ["ops.one.tenant_push", "ops.one.kb_import", "ops.one.dead_letter_drop", "engine.3.close", "engine.3.reply", "node.n1.drain",
       "ops.all.restart", "ops.one.audit", "by.anna.node.n1.drain", "by.sue.node.n1.drain", "by.team.node.n1.drain", "by.looker.ops.one.tenant_push"]
JETSTREAM = ["$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.INFO.TURN_3", "$JS.API.STREAM.MSG.GET.TURN_3",
             "$JS.API.DIRECT.GET.TURN_3", "$JS.API.CONSUMER.CREATE.REPLY", "$JS.API.CONSUMER.DURABLE.CREATE.REPLY.x",
             "$JS.API.CONSUMER.MSG.NEXT.REPLY.other", "$JS.API.CONSUMER.MSG.NEXT.TURN_3.x"]
LOOKS = ["ops.all.status", "ops.one.kb_search", "engine.3.show"]
OTHERS = ["seat.alder.bob.take", "seat.birch.anna.take", "say.birch.kiosk.x", "event.birch.shipped"]
FORBIDDEN = {
    "anna": LOG + OPS + JETSTREAM + LOOKS + OTHERS + ["seat.alder.team.take", "seat.alder.anna.join_in", "seat.alder.anna.take_over",
                                                   "say.alder.kiosk.x", "event.alder.shipped", "tool.alder.x"],
    "sue": LOG + OPS + JETSTREAM + LOOKS + OTHERS + ["seat.birch.sue.take", "say.alder.kiosk.x", "event.alder.shipped"],
    "team": LOG + OPS + JETSTREAM + LOOKS + OTHERS + ["seat.alder.team.take", "tool.alder.x"],
    "looker": LOG + OPS + JETSTREAM + OTHERS + ["seat.alder.looker.take", "say.alder.kiosk.x", "event.alder.shipped"],
    # Actions under the own name alone; what shows that a supervisor did it, not at all.
    "boss": LOG + ["ops.one.tenant_push", "ops.one.tenant_rollback", "ops.one.kb_import", "ops.one.dead_letter_drop", "engine.3.close", "engine.3.reply",
                   "node.n1.drain", "by.anna.ops.one.tenant_push", "seat.alder.sue.join_in", "seat.alder.sue.take_over"],
}
UNHEARD = {
    "anna": [">", "*.*", "_INBOX.>", "_INBOX.sue.>", "reply.alder.kiosk.*", "say.>", "in.*.*", "feed.birch.*", "feed.>", "tail", "seat.>", "$JS.>"],
    "sue": [">", "_INBOX.>", "reply.alder.kiosk.*", "feed.birch.*", "in.*.*", "tail"],
    "team": [">", "_INBOX.>", "reply.>", "reply.birch.kiosk.*", "say.alder.*.*", "tool.birch.>", "tool.>", "feed.alder.*", "turn.>", "tail"],
    "looker": [">", "_INBOX.>", "reply.alder.kiosk.*", "say.>", "turn.>", "seat.>"],
    "boss": [">", "in.*.*", "turn.>", "say.*.*.*", "$SYS.>"],
}


@pytest.fixture(scope="module", params=nats_binaries(), ids=lambda p: "debian" if str(p).startswith("/usr") else "cache")
def secure(request, tmp_path_factory):
    """An engine with keys, on this nats-server, and a user of each role."""
    folder = tmp_path_factory.mktemp("users")
    cache = folder / "cache"
    (cache / "bin").mkdir(parents=True)
    (cache / "bin/nats-server").symlink_to(request.param)
    old = os.environ.get("STEWARD_CACHE")
    os.environ["STEWARD_CACHE"] = str(cache)
    try:
        with Rig(folder) as r:
            r.engine1 = r.start_engine(keys=True).wait_ready()
            r.keys = r.engine1.data / "keys"
            for name, role in ROLES.items():
                more = ["-t", "alder"] if role in ("agent", "supervisor", "platform") else []
                code, said = r.cli("users", "add", name, "--role", role, *more)
                assert code == 0, said
            yield r
    finally:
        os.environ.pop("STEWARD_CACHE")
        if old is not None:
            os.environ["STEWARD_CACHE"] = old


def creds(r, name):
    return str(r.keys / "users" / f"{name}.creds")


def as_user(r, name, *words, file=None):
    done = subprocess.run([BIN / "steward", "--nats", r.url, "--creds", file or creds(r, name), "--timeout", "5", *words, "--json"],
                          capture_output=True, text=True, timeout=40)
    return done.returncode, json.loads(done.stdout)


async def session(r, name, errors):
    async def note(e):
        errors.append(str(e))
    return await nats.connect(r.url, user_credentials=creds(r, name), error_cb=note, inbox_prefix="_INBOX." + name, allow_reconnect=False)


def test_nobody_gets_in_without_a_key(secure):
    async def go():
        with pytest.raises(Exception, match="(?i)authorization|closed|eof"):
            await nats.connect(secure.url, allow_reconnect=False, max_reconnect_attempts=0, connect_timeout=2)
    run(go())
    env = {**os.environ, "STEWARD_CACHE": "/nonexistent", "HOME": "/nonexistent"}
    done = subprocess.run([BIN / "steward", "--nats", secure.url, "status", "--json"], env=env, capture_output=True, text=True, timeout=20)
    assert done.returncode == 4 and "does not let us in" in done.stdout
    assert all(p.stat().st_mode & 0o077 == 0 for p in [secure.keys, *secure.keys.rglob("*.nk"), *secure.keys.rglob("*.creds")])


@pytest.mark.parametrize("name", ROLES)
def test_forbidden_subjects(secure, name):
    async def go():
        heard, errors = [], []
        async def listen(m):
            heard.append((m.subject, m.data))
        watcher = await connect(secure.url)  # as the engine
        await watcher.subscribe(">", cb=listen)
        await watcher.flush()
        nc = await session(secure, name, errors)
        mark = os.urandom(8)
        for subject in FORBIDDEN[name]:
            await nc.publish(subject, mark)
        for subject in UNHEARD[name]:
            await nc.subscribe(subject)
        await nc.flush()
        want = len(FORBIDDEN[name]) + len(UNHEARD[name])
        for _ in range(100):
            if len(errors) >= want:
                break
            await asyncio.sleep(0.05)
        assert len(errors) == want and all("permissions violation" in e for e in errors), errors
        await watcher.flush()
        assert not [s for s, d in heard if d == mark]
        await nc.close()
        await watcher.close()
    run(go())


def test_each_role_can_work(secure):
    async def go():
        errors = []
        team = await session(secure, "team", errors)
        replies = await team.subscribe("reply.alder.kiosk.zoe")
        ask = msgpack.packb({"id": "1", "text": "I want to talk to a human"})
        ack = msgpack.unpackb((await team.request("say.alder.kiosk.zoe", ask, timeout=5)).data)
        assert ack["ok"], ack
        assert msgpack.unpackb((await replies.next_msg(timeout=20)).data)["in_reply_to"] == "1"
        # What it missed, by the reader that was made with the user.
        sub = await team.jetstream().pull_subscribe_bind(durable="team", stream="REPLY")
        missed = await sub.fetch(1, timeout=10)
        assert missed[0].subject == "reply.alder.kiosk.zoe"
        await missed[0].ack_sync()
        # Somebody asks a tool; the team answers on the asker's inbox.
        async def stock(m):
            await m.respond(b"7")
        await team.subscribe("tool.alder.stock", cb=stock)
        await team.flush()
        engine = await connect(secure.url)
        assert (await engine.request("tool.alder.stock", b"?", timeout=5)).data == b"7"
        anna = await session(secure, "anna", errors)
        me = msgpack.unpackb((await anna.request("seat.alder.anna.me", b"\x80", timeout=5)).data, raw=False)
        assert "error" not in me or not me["error"], me
        for nc in (team, anna, engine):
            await nc.close()
        assert not errors, errors
    run(go())
    assert as_user(secure, "looker", "status")[0] == 0
    assert as_user(secure, "boss", "conversations", "list")[0] == 0
    code, said = as_user(secure, "looker", "drain", "n1")
    assert code == 4 and said["error"]["code"] == "unauthorized" and "looker" in said["error"]["message"]


def test_a_revoked_user_is_out_at_once(secure):
    code, said = secure.cli("users", "add", "rex", "--role", "readonly")
    assert code == 0, said
    kept = secure.folder / "rex.creds"
    kept.write_bytes((secure.keys / "users/rex.creds").read_bytes())

    async def go():
        closed = asyncio.Event()
        async def gone():
            closed.set()
        nc = await nats.connect(secure.url, user_credentials=str(kept), inbox_prefix="_INBOX.rex", allow_reconnect=False, closed_cb=gone)
        server = secure.engine1.output()
        done = await asyncio.to_thread(secure.cli, "users", "revoke", "rex")
        assert done[0] == 0, done
        await asyncio.wait_for(closed.wait(), 5)
        assert secure.engine1.output() == server and secure.engine1.alive()
        with pytest.raises(Exception):
            await nats.connect(secure.url, user_credentials=str(kept), allow_reconnect=False, max_reconnect_attempts=0, connect_timeout=2)
        assert nc.is_closed
    run(go())
    code, said = as_user(secure, "rex", "status", file=str(kept))
    assert code == 4 and said["error"]["code"] == "unauthorized"
    states = {u["key"]: u["state"] for u in secure.cli("users", "list")[1]["users"] if u["name"] == "rex"}
    assert list(states.values()) == ["revoked"]
    # The same name again is another user.
    assert secure.cli("users", "add", "rex", "--role", "readonly")[0] == 0
    assert as_user(secure, "rex", "status")[0] == 0
    assert as_user(secure, "rex", "status", file=str(kept))[0] == 4


def test_an_agents_screen_is_their_own_and_says_when_they_are_revoked(secure):
    pytest.importorskip("pyte", reason="SKIP: pyte is not there: scripts/setup test")
    from rig.terminal import Terminal
    assert secure.cli("users", "add", "vera", "--role", "agent", "-t", "alder")[0] == 0
    code, said = as_user(secure, "vera", "seat", "me")  # neither --as nor --tenant: the credentials say it
    assert code == 0 and said["seat"] == "vera", said
    with Terminal([BIN / "steward", "--nats", secure.url, "--creds", creds(secure, "vera"), "seat"]) as t:
        t.sees("vera · home · alder").press("enter").sees("vera · available")
        assert secure.cli("users", "revoke", "vera")[0] == 0
        t.sees("lets you in no more", 30)
        t.press("q", "enter")
        assert t.ends() == 0


def test_a_revoked_user_stays_out_after_a_restart(secure):
    assert secure.cli("users", "add", "tom", "--role", "readonly")[0] == 0
    kept = secure.folder / "tom.creds"
    kept.write_bytes((secure.keys / "users/tom.creds").read_bytes())
    assert secure.cli("users", "revoke", "tom")[0] == 0
    e = secure.engine1
    assert e.terminate() == 0
    e.start().wait_ready()
    assert as_user(secure, "tom", "status", file=str(kept))[0] == 4
    assert as_user(secure, "boss", "status")[0] == 0


def test_what_was_kept_before_there_were_keys_is_still_there(tmp_path):
    with Rig(tmp_path) as r:
        e = r.start_engine().wait_ready()
        code, said = r.cli("ask", "-t", "alder", "I want to talk to a human", "--as", "zoe")
        assert code == 0, said
        assert e.terminate() == 0
        e.keys = True
        e.start().wait_ready()
        code, said = r.cli("conversations", "list", "-t", "alder")
        assert code == 0 and [row["peer"] for row in said["conversations"]] == ["zoe"], said


def test_a_server_of_ones_own(tmp_path):
    """`users init` prints what it needs; the engine gets its file by --nats-creds."""
    with Rig(tmp_path) as r:
        done = subprocess.run([BIN / "steward", "users", "init", tmp_path / "keys", "--accounts", tmp_path / "accounts"],
                              capture_output=True, text=True, timeout=20)
        assert done.returncode == 0, done.stdout + done.stderr
        r.start_nats(extra=done.stdout)
        e = r.engine(args=["--nats-creds", tmp_path / "keys/engine.creds"]).start().wait_ready()
        assert "without credentials" not in e.log()
        admin = tmp_path / "keys/admin.creds"
        done = subprocess.run([BIN / "steward", "--nats", r.url, "--creds", admin, "status", "--json"], capture_output=True, text=True, timeout=20)
        assert done.returncode == 0, done.stdout
        eventually("a user", lambda: subprocess.run(
            [BIN / "steward", "--nats", r.url, "users", "add", "zed", "--role", "readonly", "--keys", tmp_path / "keys"],
            capture_output=True, timeout=20).returncode == 0)


def test_without_keys_the_log_says_so(rig):
    rig.start_nats()
    e = rig.start_engine().wait_ready()
    assert "without credentials" in e.log()


def test_a_signature_that_the_library_would_not_send(tmp_path):
    """NATS.c drops one that begins with a zero byte. A server that asks for such a one first gets none, then a good one."""
    import nkeys
    subprocess.run([BIN / "steward", "users", "init", tmp_path / "keys"], check=True, capture_output=True, timeout=20)
    admin = tmp_path / "keys/admin.creds"
    key = nkeys.from_seed(bytearray(re.search(rb"(SU[A-Z2-7]{56})", admin.read_bytes())[1]))
    nonces = (f"nonce{i}" for i in range(100000))
    bad = next(n for n in nonces if key.sign(n.encode())[0] == 0)
    good = next(n for n in nonces if key.sign(n.encode())[0] != 0)
    got = []

    def serve(listener):
        for nonce in (bad, good):
            client, _ = listener.accept()
            with client:
                hello = {"server_id": "N", "version": "2.15.1", "max_payload": 1 << 20, "headers": True, "auth_required": True, "nonce": nonce, "proto": 1}
                client.sendall(b"INFO " + json.dumps(hello).encode() + b"\r\n")
                try:
                    got.append(client.recv(65536))
                except OSError:  # it hung up
                    got.append(b"")
                if got[-1]:
                    client.sendall(b"-ERR 'Authorization Violation'\r\n")

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        subprocess.run([BIN / "steward", "--nats", f"nats://127.0.0.1:{listener.getsockname()[1]}", "--creds", admin, "status"],
                       capture_output=True, timeout=30)
        thread.join(10)
    assert len(got) == 2 and got[0] == b"", got
    assert json.loads(got[1].split(b"\r\n")[0][8:])["sig"]
