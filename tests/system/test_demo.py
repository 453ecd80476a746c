"""The demo tenant on the least that a machine may have: Debian's nats-server where it is here, and no embedding model."""
import subprocess
import time

from rig.processes import ROOT, nats_binaries


def is_old(binary):
    return " v2.9." in subprocess.run([binary, "--version"], capture_output=True, text=True).stdout


def test_with_the_least(rig):
    old = next((b for b in nats_binaries() if is_old(b)), None)
    rig.start_nats(binary=old)
    engine = rig.engine(tenant=ROOT / "scripts/demo/tenant", articles=ROOT / "scripts/demo/kb").start().wait_ready()
    said = engine.output()
    for language in ("en", "zh"):
        assert f"note: language {language} is answered by words alone: no embedding model" in said, said
    if old:
        assert "note: nats-server 2.9" in said and "From 2.10 on nothing accepted is lost" in said, said
    code, answer = rig.cli("ask", "-t", "alder", "Do you ship to Spain?")
    assert code == 0 and answer["kind"] == "answer" and answer["citations"][0]["article"] == "shipping-eu", answer
    assert engine.terminate() == 0
    begun = time.monotonic()
    engine.start().wait_ready()
    took = time.monotonic() - begun
    print(f"second start with the demo's data: {took:.1f} s (goal 5)")
    assert took < 10
