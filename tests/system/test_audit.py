"""The audit log: who did what, by the name that the NATS server proves. Users and keys: test_users.py."""
import asyncio
import json
import os
import subprocess

import msgpack
import nats
import pytest

from rig.load import connect, run
from rig.processes import BIN, Rig, eventually


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    with Rig(tmp_path_factory.mktemp("audit")) as r:
        r.engine1 = r.start_engine(keys=True).wait_ready()
        r.keys = r.engine1.data / "keys"
        for name, role, *more in (("anna", "admin"), ("bob", "admin"), ("looker", "readonly"), ("sue", "supervisor", "-t", "alder")):
            code, said = r.cli("users", "add", name, "--role", role, *more)
            assert code == 0, said
        yield r


def as_user(r, name, *words):
    done = subprocess.run([BIN / "steward", "--nats", r.url, "--creds", str(r.keys / f"users/{name}.creds"), "--timeout", "20", *words, "--json"],
                          capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout)


def lines(r, *words, who="anna"):
    code, said = as_user(r, who, "audit", *words)
    assert code == 0, said
    return said["lines"]


async def session(r, name, errors):
    async def note(e):
        errors.append(str(e))
    inbox = "_INBOX" if name in ("anna", "bob") else "_INBOX." + name
    return await nats.connect(r.url, user_credentials=str(r.keys / f"users/{name}.creds"), error_cb=note, inbox_prefix=inbox, allow_reconnect=False)


def test_nobody_acts_in_anothers_name(secure):
    """Two admins; one tries the other's name, the plain subject, and a name in the payload."""
    folder = secure.tenant_folder("birch")
    code, said = as_user(secure, "anna", "tenant", "push", folder, "-t", "birch")
    assert code == 0, said

    async def go():
        errors = []
        bob = await session(secure, "bob", errors)
        drain = msgpack.packb({"by": "anna"})
        for subject in ("by.anna.node.nobody.drain", "node.nobody.drain", "ops.one.tenant_rollback", "audit.anna", "audit.bob"):
            with pytest.raises(Exception):
                await bob.request(subject, drain, timeout=1)
        await bob.flush()
        assert len(errors) == 5 and all("permissions violation" in e for e in errors), errors
        # Under his own name the payload's claim counts for nothing.
        answer = msgpack.unpackb((await bob.request("by.bob.ops.one.tenant_rollback", msgpack.packb({"tenant": "birch", "number": 99, "by": "anna"}), timeout=10)).data)
        assert not answer["ok"], answer
        await bob.close()
    run(go())

    def both():
        mine = lines(secure, "--user", "bob")
        return len(mine) == 1 and mine[0]["outcome"] and mine
    bobs = eventually("bob's line has its outcome", both)
    assert (bobs[0]["action"], bobs[0]["tenant"], bobs[0]["on"], bobs[0]["proved"]) == ("tenant_rollback", "birch", "99", True)
    assert bobs[0]["outcome"] not in ("", "ok")
    annas = eventually("anna's push has its outcome", lambda: [x for x in lines(secure, "--user", "anna") if x["outcome"] == "ok"])
    assert [x["action"] for x in annas] == ["tenant_push"]
    versions = secure.cli("tenant", "list", "-t", "birch")[1]
    assert "anna" in json.dumps(versions), versions


def test_what_is_done_has_a_line(secure):
    """Operators, a supervisor and who holds the keys."""
    async def go():
        nc = await connect(secure.url)  # as the engine
        ask = msgpack.packb({"id": "1", "text": "I want to talk to a human"})
        ack = msgpack.unpackb((await nc.request("say.alder.kiosk.zoe", ask, timeout=10)).data)
        assert ack["ok"], ack
        errors = []
        sue = await session(secure, "sue", errors)
        took = msgpack.unpackb((await sue.request("seat.alder.sue.take_over", msgpack.packb({"id": "t1", "conversation": ack["conversation"]}), timeout=10)).data)
        assert took["ok"], took
        # A colleague looks at what sue has, twice; sue reads her own.
        async def whose(seat):
            return msgpack.unpackb((await nc.request(f"seat.alder.{seat}.read", msgpack.packb({"conversation": ack["conversation"]}), timeout=10)).data)["row"].get("seat")
        while await whose("sue") != "sue":
            await asyncio.sleep(0.05)
        for seat in ("olga", "olga", "sue"):
            await whose(seat)
        for c in (nc, sue):
            await c.close()
        return ack["conversation"]
    conversation = run(go())
    assert as_user(secure, "anna", "conversations", "reply", conversation, "Good day.", "-t", "alder")[0] == 0
    assert as_user(secure, "bob", "conversations", "close", conversation, "-t", "alder")[0] == 0
    assert as_user(secure, "bob", "restart", "partition-3")[0] == 0
    assert as_user(secure, "bob", "dead-letters", "drop", "4711")[0] != 0
    assert secure.cli("users", "add", "tmp", "--role", "readonly")[0] == 0
    assert secure.cli("users", "revoke", "tmp")[0] == 0

    def seen():
        every = lines(secure, "--since", "1h", "--limit", "100")
        assert [x["user"] for x in every if x["action"] == "look"] in ([], ["olga"])
        got = {(x["user"], x["action"]): x for x in every}
        want = {("sue", "take_over"), ("olga", "look"), ("anna", "reply"), ("bob", "close"), ("bob", "restart"), ("bob", "dead_letter_drop"),
                ("keys", "users_add"), ("keys", "users_revoke")}
        return want <= set(got) and all(got[k]["outcome"] for k in want) and got
    got = eventually("a line for each", seen)
    assert got["anna", "reply"]["entity"] == conversation == got["sue", "take_over"]["entity"]
    assert got["bob", "dead_letter_drop"]["outcome"] == "not_found"
    assert "tmp" in got["keys", "users_revoke"]["on"]
    assert all(x["proved"] for (_, what), x in got.items() if what != "look")  # an engine may ask in a seat's name
    assert "Good day" not in json.dumps(list(got.values()), default=str) and "kiosk" not in json.dumps(list(got.values()), default=str)
    # Who it was is looked up for who reads it, as long as it is known.
    def shown():
        return subprocess.run([BIN / "steward", "--nats", secure.url, "audit"], capture_output=True, text=True, timeout=60).stdout
    eventually(shown, lambda: any("take_over" in x and f"{conversation[:9]} kiosk zoe" in x for x in shown().splitlines()))


def test_admins_alone_read_it(secure):
    assert lines(secure, who="bob")
    for name in ("looker", "sue"):
        code, said = as_user(secure, name, "audit")
        assert code == 4 and said["error"]["code"] == "unauthorized", said
    assert as_user(secure, "anna", "audit", "--since", "yesterday")[0] == 2
