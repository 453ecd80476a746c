"""What Prometheus reads: every figure that the description promises, and that it moves."""
import http.client
import re

from rig.load import request
from rig.processes import eventually


def figures(engine):
    c = http.client.HTTPConnection(engine.http.removeprefix("http://"), timeout=10)
    c.request("GET", "/metrics")
    answer = c.getresponse()
    text = answer.read().decode()
    c.close()
    assert answer.status == 200
    assert all(re.fullmatch(r"(# (HELP|TYPE) \S+ .+|[a-z_]+(\{[^}]*\})? [-+0-9.eInfa]+)", line) for line in text.splitlines()), text
    return {name: float(value) for name, value in re.findall(r"^(\S+) (\S+)$", text, re.M)}


def test_figures_move(rig):
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    before = figures(engine)
    assert before["steward_waiting"] == before["steward_awake"] == before["steward_log_lag"] == 0
    for peer, text in (("asks", "How do I reserve a study room?"), ("wonders", "zxqv wvut"), ("wants", "I want to talk to a librarian")):
        assert request(rig.url, f"say.alder.kiosk.{peer}", {"id": "m1", "text": text})["ok"]
    assert not request(rig.url, "say.alder.fax.asks", {"id": "m1", "text": "x"})["ok"]

    moved = {"steward_turns_total": 3, "steward_accepted_total": 3, "steward_answered_total": 1, "steward_unknown_total": 1,
             "steward_handovers_total": 1, "steward_waiting": 1, "steward_awake": 3,
             **{f'steward_step_seconds_count{{step="{s}"}}': 1 for s in ("accept", "decide", "look_up", "commit", "deliver", "turn")}}
    eventually(lambda: {k: figures(engine).get(k) for k in moved}, lambda: all(figures(engine)[k] >= v for k, v in moved.items()))
    now = figures(engine)
    assert now["steward_reading_back"] == 0 and now["steward_waiting"] == 1 and now["steward_connected"] == 1 and now["steward_partitions"] == 16 and now["steward_refused_total"] == 1
    for name in ("encoder_asked", "lexical_settled", "cached", "restarts", "dead_letters", "fenced", "redelivered", "parked", "masked"):
        assert f"steward_{name}_total" in now
    code, said = rig.cli("restart", "door-0")
    assert code == 0, said
    eventually("restarts are counted", lambda: figures(engine)["steward_restarts_total"] >= 1)
    eventually("all is decided", lambda: figures(engine)["steward_log_lag"] == 0)
    rig.nats.kill()
    eventually("the connection is told", lambda: figures(engine)["steward_connected"] == 0)
