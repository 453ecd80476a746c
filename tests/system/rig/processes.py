"""Servers and engines as child processes: free ports, temporary folders, nothing left behind.

A child dies with its parent (PR_SET_PDEATHSIG by setpriv), so start them from the main thread only."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parents[1]
BIN = Path(os.environ.get("STEWARD_BIN_DIR", ROOT / "build/bin"))
CACHE = Path(os.environ.get("STEWARD_CACHE", Path.home() / ".cache/steward"))
SLOW = os.environ.get("STEWARD_SLOW") == "1"
TENANTS = ("alder", "birch")


def nats_binaries():
    """Newest first."""
    found = [CACHE / "bin/nats-server", Path("/usr/sbin/nats-server"), Path("/usr/bin/nats-server")]
    return [p for p in found if os.access(p, os.X_OK)]


def missing():
    """Why the tests cannot run here, or nothing."""
    for name in ("stewardd", "steward"):
        if not (BIN / name).exists():
            return f"{BIN / name} is not built (scripts/build, or set STEWARD_BIN_DIR)"
    return "" if nats_binaries() else "no nats-server (scripts/setup run)"


def eventually(what, check, within=20.0, every=0.05):
    """The first true value of check(); fails with `what` after `within` seconds."""
    deadline = time.monotonic() + within
    while True:
        got = check()
        if got:
            return got
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within:.0f} s: {what() if callable(what) else what}")
        time.sleep(every)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def accepts(port):
    with socket.socket() as s:
        s.settimeout(0.5)
        return s.connect_ex(("127.0.0.1", port)) == 0


class Process:
    def __init__(self, name, folder):
        self.name, self.folder, self.child, self.launches = name, Path(folder), None, 0
        self.folder.mkdir(parents=True, exist_ok=True)

    def launch(self, argv, env=None):
        self.launches += 1
        self.out = self.folder / f"{self.name}.{self.launches}.out"
        self.err = self.folder / f"{self.name}.{self.launches}.err"
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            self.child = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", *map(str, argv)], stdin=subprocess.DEVNULL,
                                          stdout=out, stderr=err, env={**os.environ, **(env or {})})
        return self

    @property
    def pid(self):
        return self.child.pid

    def alive(self):
        return self.child is not None and self.child.poll() is None

    def signal(self, number):
        if self.alive():
            os.kill(self.child.pid, number)

    def wait(self, within=20.0):
        try:
            return self.child.wait(within)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} still runs after {within:.0f} s") from None

    def kill(self):
        if self.child is not None:
            self.signal(signal.SIGKILL)
            self.child.wait()

    def terminate(self, within=20.0):
        self.signal(signal.SIGTERM)
        return self.wait(within)

    def pause(self):
        self.signal(signal.SIGSTOP)

    def wake(self):
        self.signal(signal.SIGCONT)

    def output(self):
        return self.out.read_text(errors="replace")

    def log(self):
        return self.err.read_text(errors="replace")


class Nats(Process):
    def __init__(self, folder, binary=None, max_file=None, extra=""):
        super().__init__("nats", folder)
        self.binary, self.port = binary or nats_binaries()[0], free_port()
        self.url, self.store = f"nats://127.0.0.1:{self.port}", self.folder / "jetstream"
        limit = f"max_file_store: {max_file}" if max_file else ""
        (self.folder / "nats.conf").write_text(  # pings as the engine's own server has them
            f'host: 127.0.0.1\nport: {self.port}\nping_interval: "2s"\nping_max: 2\njetstream {{ store_dir: "{self.store}"\n{limit} }}\n{extra}\n')

    def start(self):
        self.launch([self.binary, "-c", self.folder / "nats.conf"])
        eventually(lambda: "nats-server takes no connections:\n" + self.log()[-2000:],
                   lambda: not self.alive() or accepts(self.port))
        assert self.alive(), self.log()[-2000:]
        return self


class Engine(Process):
    def __init__(self, folder, name="stewardd", nats_url=None, tenant=None, articles=None, args=(), models="/nonexistent", keys=False):
        super().__init__(name, folder)
        self.data, self.nats_url, self.args, self.models = self.folder / "data", nats_url, list(args), models
        self.tenant, self.articles, self.url, self.http = tenant, articles, nats_url, None
        self.keys = keys  # a server of its own lets in only whom they made
        self.port = 0  # of its HTTP door; 0: a free one

    def start(self, env=None):
        where = ["--nats-url", self.nats_url] if self.nats_url else ["--spawn-nats", "0", *([] if self.keys else ["--open"])]
        seed = ["--tenant", TENANTS[0], "--tenant-dir", self.tenant, "--kb-dir", self.articles] if self.tenant else []
        return self.launch([BIN / "stewardd", "--data", self.data, *where, "--http", self.port, "--models", self.models,
                            *seed, *self.args], {"STEWARD_NATS_SYNC": "interval", **(env or {})})

    def wait_ready(self, within=30.0):
        def line():
            m = re.search(r"^ready (\S+) (\S+)$", self.output(), re.M)
            return m or not self.alive()
        m = eventually(lambda: f"{self.name} is not ready:\n{self.log()[-3000:]}", line, within)
        assert m is not True, f"{self.name} ended with {self.child.returncode}:\n{self.log()[-3000:]}"
        self.url, self.http = m.groups()
        return self

    @property
    def node(self):
        return (self.data / "node").read_text().strip()


class Rig:
    """Makes processes and ends them all."""

    def __init__(self, folder):
        self.folder, self.all, self.nats, self.count = Path(folder), [], None, 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for p in reversed(self.all):
            p.wake()
            p.kill()

    def start_nats(self, **options):
        self.nats = Nats(options.pop("folder", self.folder / "nats"), **options)
        self.all.append(self.nats)
        return self.nats.start()

    def engine(self, nats=True, tenant=HERE / "tenant", articles=HERE / "articles", args=(), models="/nonexistent", keys=False):
        """Not started."""
        self.count += 1
        name = f"engine{self.count}"
        e = Engine(self.folder / name, name, self.nats.url if nats and self.nats else None, tenant, articles, args, models, keys)
        self.all.append(e)
        return e

    def start_engine(self, env=None, **options):
        return self.engine(**options).start(env)

    @property
    def url(self):
        return self.nats.url if self.nats else next(e.url for e in self.all if isinstance(e, Engine) and e.url)

    def cli(self, *args, timeout=30):
        """Exit code and the JSON that `steward` printed (or its text)."""
        done = subprocess.run([BIN / "steward", "--nats", self.url, "--timeout", str(timeout), *map(str, args), "--json"],
                              capture_output=True, text=True, timeout=timeout + 30)
        try:
            return done.returncode, json.loads(done.stdout)
        except ValueError:
            return done.returncode, done.stdout + done.stderr

    def tenant_folder(self, name, **limits):
        """A copy of the test tenant with other limits."""
        target = self.folder / f"tenant-{name}"
        shutil.copytree(HERE / "tenant", target)
        file = target / "tenant.yaml"
        text = file.read_text()
        for key, value in limits.items():
            text, n = re.subn(rf"^(  {key}:).*$", rf"\1 {value}", text, flags=re.M)
            assert n == 1, key
        file.write_text(text)
        return target

    def push_tenant(self, name, **limits):
        code, said = self.cli("tenant", "push", self.tenant_folder(name, **limits), "-t", name)
        assert code == 0, said

    def seed(self):
        """The second tenant: same words, articles of its own, so that a reply of the other shows."""
        target = self.folder / "articles-birch"
        shutil.copytree(HERE / "articles", target)
        for f in target.iterdir():
            f.write_text(re.sub(r"^id: ", "id: birch-", f.read_text(), flags=re.M))
        self.push_tenant("birch")
        code, said = self.cli("kb", "import", target, "-t", "birch")
        assert code == 0, said
        eventually("the second tenant answers with its article", lambda: self.answers("birch"))
        return self

    def answers(self, tenant):
        code, said = self.cli("ask", "-t", tenant, "How do I reserve a study room?")
        return code == 0 and said.get("kind") == "answer"

    def nodes(self):
        code, said = self.cli("nodes", timeout=2)
        return {n["node"]: n for n in said["nodes"]} if isinstance(said, dict) and "nodes" in said else {}

    def owned(self):
        """Partitions that each node owns."""
        return {n: {p["partition"] for p in x["partitions"] if p["state"] == "mine"} for n, x in self.nodes().items()}
