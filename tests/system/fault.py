"""scripts/fault: faults in turn under load, then the invariants, as lines of JSON."""
import itertools
import json
import signal
import sys
import tempfile
import time

from rig.invariants import settle, verify
from rig.load import Load
from rig.processes import Rig, eventually

ALL = set(range(16))
STEPS = ("after_accept", "before_commit", "after_commit_sent", "after_commit", "after_store", "after_delivery", "after_take",
         "before_release")

# Longest silence for a customer where one of two engines died, where the nats-server did, where an engine slept. The
# last has no goal: NATS hands requests to a sleeper as well, and those wait until their sender sends again.
GOALS = {"stall_s": 4, "stall_nats_s": 12, "stall_pause_s": None}


def say(what):
    print(f"fault: {what}", file=sys.stderr, flush=True)


class Faults:
    def __init__(self, rig, load, engines):
        self.rig, self.load, self.engines = rig, load, engines
        self.turn = itertools.cycle((0, 1))

    def flows(self, messages=100, within=40):
        count = self.load.count()
        eventually("accepted goes on", lambda: self.load.count() > count + messages, within)

    def shared(self):
        """Each engine owns some, all are owned."""
        def check():
            owned = [self.rig.owned().get(e.node, set()) for e in self.engines]
            return all(owned) and set().union(*owned) == ALL
        def said():
            logs = "".join(f"\n--- {e.node} ({e.name}):\n{e.log()[-4000:]}" for e in self.engines)
            return f"the engines share the partitions: {self.rig.nodes()}{logs}"
        eventually(said, check, 40)

    def next(self):
        return self.engines[next(self.turn)]

    def kill_engine(self):
        e = self.next()
        e.kill()
        self.flows()
        e.start().wait_ready()

    def kill_nats(self):
        self.rig.nats.kill()
        self.rig.nats.start()
        self.flows()

    def pause(self, seconds):
        e, until = self.next(), time.monotonic() + seconds
        e.pause()
        time.sleep(max(0.0, until - time.monotonic()))
        e.wake()
        self.flows()

    def crash_at(self, step):
        """An orderly stop, a start that dies at the step, a start that lives."""
        e = self.next()
        e.terminate()
        e.start({"CRASH_AT": step if step == "before_release" else f"{step}:3"})
        if step == "before_release":
            e.wait_ready()
            self.shared()
            e.signal(signal.SIGTERM)
        code = e.wait(40)
        assert code == -signal.SIGKILL, f"{step}: {code}\n{e.log()[-1500:]}"
        self.flows()
        e.start().wait_ready()


def rounds(f):
    """The faults of a round, each with a name and the figure that its longest silence goes into."""
    yield "kill -9 of an engine", f.kill_engine, "stall_s"
    yield "kill -9 of nats-server", f.kill_nats, "stall_nats_s"
    yield "SIGSTOP for 3 s", lambda: f.pause(3), "stall_pause_s"
    for step in STEPS:
        yield f"CRASH_AT={step}", lambda s=step: f.crash_at(s), "stall_s"
    yield "SIGSTOP for 20 s", lambda: f.pause(20), "stall_pause_s"


def figure(name, value, unit, goal):
    print(json.dumps({"figure": name, "value": value, "unit": unit, "goal": goal}), flush=True)


def run(seconds, rig):
    rig.start_nats()
    engines = [rig.start_engine().wait_ready()]
    rig.seed()
    engines.append(rig.start_engine().wait_ready())
    stalls, done = dict.fromkeys(GOALS, None), 0
    load = Load(rig.url, conversations=20, pause=0.05)
    faults = Faults(rig, load, engines)
    with load:
        faults.flows()
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            for name, fault, silence in rounds(faults):
                if time.monotonic() - begun >= seconds and done:
                    break
                faults.shared()
                at = time.monotonic()
                fault()
                faults.shared()
                stall = load.stall(at)
                stalls[silence] = max(stalls[silence] or 0.0, stall)
                done += 1
                say(f"{name}: longest silence {stall:.2f} s; {load.count()} accepted")
    v = settle(rig.url, load.accepted)
    code, said = verify(rig)
    different = 0 if code == 0 else sum(p["different"] + p["missing"] + p["stale"] for p in said["partitions"]) or 1
    for name, bad in v.bad().items():
        say(f"{name}: {bad}")
    if code:
        say(f"verify: {said}")
    if load.refused:
        say(f"refused for good: {load.refused[:3]}")
    say(f"{done} faults, {load.count()} messages accepted, {load.retries} sent again, {v.copies} replies twice under their id")
    for name, value in v.counts.items():
        figure(name, value, "messages" if name in ("lost", "doubled", "reordered", "cross_tenant") else "records", 0)
    figure("unanswered", len(v.unanswered), "messages", 0)
    figure("different", different, "rows", 0)
    for name, value in stalls.items():
        if value is not None:  # none where the time was too short for such a fault
            figure(name, round(value, 2), "s", GOALS[name])
    return 0 if not v.bad() and not v.unanswered and not different and not load.refused else 1


def main():
    with tempfile.TemporaryDirectory(prefix="steward-fault-") as folder, Rig(folder) as rig:
        return run(float(sys.argv[1]), rig)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
