"""What customers pick when they are asked back: shown, accepted by a person, learnt."""
import json
import shutil
import subprocess

from rig.load import request
from rig.processes import BIN, ROOT, eventually

QUESTION, ARTICLE = "cost of shipping a parcel within germany", "shipping-costs"


def say(rig, who, text, n):
    said = request(rig.url, f"say.alder.kiosk.{who}", {"id": str(n), "text": text, "customer": who})
    assert said["ok"], said

    def reply():
        code, view = rig.cli("conversations", "show", said["conversation"], "-t", "alder")
        return code == 0 and next((i for i in view["items"] if i["in_reply_to"] == str(n)), None)
    return eventually(f"a reply to {text}", reply)


def test_what_customers_pick_is_learnt(rig):
    rig.start_nats()
    rig.engine(tenant=ROOT / "scripts/demo/tenant", articles=ROOT / "scripts/demo/kb").start().wait_ready()
    label = say(rig, "ann", QUESTION, 1)["choices"]
    for who in ("bob", "cleo", "dan"):
        choice = say(rig, who, QUESTION, 1)
        place = [c["article"] for c in choice["citations"]].index(ARTICLE)
        picked = say(rig, who, label[place] if who == "bob" else str(place + 1), 2)
        assert picked["kind"] == "answer" and picked["citations"][0]["article"] == ARTICLE
    rating = {"id": "rated", "customer": "dan", "data": {"reply": picked["id"], "right": False}}
    assert request(rig.url, "event.alder.answer_rated", rating)["ok"]

    def shown():
        code, found = rig.cli("nlu", "picks", "-t", "alder")
        assert code == 0, found
        return found["doubted"] == 1 and found
    found = eventually("the rating counts", shown)
    assert [(p["text"], p["article"], p["weight"]) for p in found["picks"]] == [(QUESTION, ARTICLE, 2)], found
    lines = subprocess.run([BIN / "steward", "--nats", rig.url, "nlu", "picks", "-t", "alder", "--lines"], capture_output=True, text=True)
    assert json.loads(lines.stdout) == {"question": QUESTION, "expected": [ARTICLE], "language": "en"}, lines

    folder = rig.folder / "demo"
    shutil.copytree(ROOT / "scripts/demo/tenant", folder)
    with (folder / "questions.jsonl").open("a") as f:
        f.write(lines.stdout)
    code, said = rig.cli("tenant", "push", folder, "-t", "alder")
    assert code == 0, said

    def learnt():
        code, answer = rig.cli("ask", "-t", "alder", QUESTION)
        return code == 0 and answer["kind"] == "answer" and answer["citations"][0]["article"] == ARTICLE
    eventually("the question is answered at once", learnt)
