"""Fifty secrets that customers type are in no file afterwards: not the engine's, not its store's, not NATS'."""
import http.client
import json
import random
import subprocess

from rig.load import request
from rig.processes import BIN, eventually


def luhn(body):
    total = sum(d if i % 2 else (d * 2 - 9 if d > 4 else d * 2) for i, d in enumerate(map(int, reversed(body))))
    return body + str(-total % 10)


def secrets(random):
    """(text, forms in which it must not be found)"""
    out = []
    for i in range(20):
        n = luhn("4" + "".join(random.choice("0123456789") for _ in range(14)))
        parts = [n[k:k + 4] for k in range(0, 16, 4)]
        shown = (n, " ".join(parts), "-".join(parts), ".".join(parts))[i % 4]
        out.append((f"Please charge my card {shown} for the overdue book", [n, shown]))
    for i in range(10):
        n = f"{random.randint(100, 660):03}-{random.randint(10, 99)}-{random.randint(1000, 9999)}"
        out.append((f"My social security number is {n}, can I reserve a study room?", [n, n.replace("-", "")]))
    for i in range(20):
        n = "Zq" + "".join(random.choice("abcdefghkmnpqrstuvwxyz23456789") for _ in range(12))
        text = (f"my password is {n}", f"password: {n} and I lost my library card", f"mi contraseña es {n}", f"我的密码是{n}")[i % 4]
        out.append((text, [n]))
    return out


def test_planted_secrets(rig):
    rig.start_nats()
    engine = rig.start_engine(args=["--log-level", "debug"]).wait_ready()
    planted = secrets(random.Random(7))
    assert len(planted) == 50
    for i, (text, _) in enumerate(planted):
        if i % 2:
            assert request(rig.url, "say.alder.kiosk.secretive", {"id": f"m{i}", "text": text})["ok"]
        else:
            c = http.client.HTTPConnection(engine.http.removeprefix("http://"), timeout=10)
            c.request("POST", "/v1/alder/conversations/secretive/messages", json.dumps({"id": f"m{i}", "text": text}))
            assert c.getresponse().status == 202
            c.close()
        # What a customer typed into a form reaches us as an event of the platform team.
        assert request(rig.url, "event.alder.form", {"id": f"m{i}", "customer": "c1", "data": {"fields": [{"note": text}]}})["ok"]
    key = "Zq" + "k3y" * 5
    planted.append(("", [key]))
    assert request(rig.url, "event.alder.form", {"id": "key", "customer": "c1", "data": {"form": {"new_password": key}}})["ok"]
    # Refusals must not write it down either, nor must events of the log.
    request(rig.url, "say.alder.fax.secretive", {"id": "r1", "text": planted[0][0]})
    request(rig.url, "say.alder.kiosk.secretive", {"id": "r2", "text": planted[0][0] * 200})
    eventually("all are decided", lambda: all(p["undecided"] == 0 and p["in_floor"] >= p["in_last"]
                                              for n in rig.nodes().values() for p in n["partitions"]))
    done = subprocess.run([BIN / "steward", "--nats", rig.url, "conversations", "list", "--json"], capture_output=True, text=True)
    assert "secretive" in done.stdout
    (rig.folder / "list.txt").write_text(done.stdout)
    assert engine.terminate() == 0
    rig.nats.terminate()

    files = [f for f in rig.folder.rglob("*") if f.is_file()]
    assert any(f.suffix == ".blk" for f in files) and any(f.parent.name == "state" for f in files)
    found, markers = [], 0
    for f in files:
        data = f.read_bytes()
        markers += data.count(b"[password]") + data.count(b"[card]")
        found += [(str(f.relative_to(rig.folder)), form) for text, forms in planted for form in forms if form.encode() in data]
    assert not found, found[:10]
    assert markers >= 90, "the markers show that the search looks at the right bytes"
