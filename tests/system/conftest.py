import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "python"))  # nkeys, where it is not installed
from rig.processes import Rig, missing  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes more than 40 s; runs with STEWARD_SLOW=1")


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    reason = missing()
    if reason:
        for item in items:
            if here in Path(item.path).parents:
                item.add_marker(pytest.mark.skip(reason="SKIP: " + reason))


@pytest.fixture
def rig(tmp_path):
    with Rig(tmp_path) as r:
        yield r


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One NATS and its seeded engine for the tests of a module that leave both as they found them."""
    with Rig(tmp_path_factory.mktemp("shared")) as r:
        r.start_nats()
        r.start_engine().wait_ready()
        r.seed()
        yield r


@pytest.fixture(scope="module")
def staffed(tmp_path_factory):
    """An engine for the tests of people on duty; seats and peers have names of their own per test."""
    with Rig(tmp_path_factory.mktemp("seats")) as r:
        r.start_nats()
        r.start_engine({"STEWARD_SEAT_SILENCE_MS": "1500"}).wait_ready()
        for name in ("away", "offer", "line"):
            folder = r.tenant_folder(name)
            if name == "offer":
                (folder / "tenant.yaml").open("a").write("queues:\n  main: {mode: offer, offer_seconds: 5, misses: 2}\n")
            code, said = r.cli("tenant", "push", folder, "-t", name)
            assert code == 0, said
        yield r
