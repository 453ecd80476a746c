"""The demo tenant on the least that a machine may have (Debian's nats-server where it is here, and no embedding model), and
the engine with the real models, which no other system test waits for."""
import subprocess
import time

import pytest
from rig.processes import CACHE, ROOT, eventually, nats_binaries


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


def test_the_encoder_answers(rig):
    """An engine that was linked with another allocator ended here: nothing else ran it with its models."""
    models = CACHE / "models"
    if not (models / "bge-small-en-v15/model.onnx").exists():
        pytest.skip("SKIP: no embedding model (scripts/setup models)")
    rig.start_nats()
    tenant = rig.tenant_folder("encoded")
    config = tenant / "tenant.yaml"
    config.write_text(config.read_text().replace("\nknowledge:\n", "\nknowledge:\n  models: {en: bge-small-en-v15}\n"))
    engine = rig.engine(tenant=tenant, models=models).start().wait_ready(120)
    assert "no embedding model" not in engine.output()
    text = "what happens when I bring a novel back too late"

    def search():
        assert engine.alive(), engine.log()[-2000:]
        return rig.cli("kb", "search", "-t", "alder", text)[1]

    # Words answer at once; the encoder comes when it has read the articles.
    found = eventually("the encoder is asked", lambda: (f := search())["step"] == "encoder" and f, 120)
    assert found["hits"][0]["dense"] > 0, found
    code, answer = rig.cli("ask", "-t", "alder", text)
    assert code == 0 and answer["reply"], answer
    assert engine.terminate() == 0
