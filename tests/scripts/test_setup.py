"""scripts/setup where no registry answers, and where what arrives is not what the list says.

Debian's packages are there in these tests (they run after the build); only the cache is varied.
"""
import os
import pathlib
import subprocess
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("STEWARD_CACHE") or pathlib.Path.home() / ".cache/steward")
CLOSED = "http://127.0.0.1:1"  # nobody listens on port 1


def setup(tmp, *args, cache, **more):
    """Runs scripts/setup cut off from every registry: proxies lead to a closed port, pip knows no index, mvn and npm fail."""
    tools = tmp / "tools"
    tools.mkdir(exist_ok=True)
    for tool in ("mvn", "npm"):
        (tools / tool).write_text('#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "[ERROR] no registry" >&2\nexit 1\n')
        (tools / tool).chmod(0o755)
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "STEWARD_CACHE": str(cache), "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    environment |= {name: CLOSED for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")} | more
    begun = time.monotonic()
    done = subprocess.run([ROOT / "scripts/setup", *args], env=environment, capture_output=True, text=True, timeout=120)
    return done, time.monotonic() - begun


def wheel(folder, name, version):
    """A wheel that pip takes and that is not the one of the list."""
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as file:
        file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{info}/RECORD", "")


def version_of(name):
    rows = [line.split("\t") for line in (ROOT / "scripts/packages.tsv").read_text().splitlines() if not line.startswith("#")]
    return next(row[2] for row in rows if row[1] == name)


def test_with_all_there_no_registry_is_asked_and_nothing_is_said(tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/have").symlink_to(CACHE / "have")  # as it is after a set-up
    for line in (ROOT / "scripts/packages.tsv").read_text().splitlines():
        kind, name, version, sha, _, steps = (line.split("\t") + [""] * 6)[:6]
        if steps != "int8" and kind in ("pypi", "maven", "npm") and not (CACHE / "have" / name.replace(":", "_")).exists():
            import pytest

            pytest.skip(f"{name} is not in the cache of this machine")
    (tmp_path / "cache/venv").symlink_to(CACHE / "venv")
    done, seconds = setup(tmp_path, "--quiet", "build", "test", "models", "run", cache=tmp_path / "cache")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert seconds < 5  # it takes a tenth of a second; the machine may be busy


def test_without_any_registry_it_goes_on_and_says_what_is_lost(tmp_path):
    done, _ = setup(tmp_path, "test", "models", "run", cache=tmp_path / "cache")
    assert done.returncode == 0, done.stderr
    assert "Debian's nats-server 2.9 is used" in done.stderr
    assert "answers come from the lexical index only" in done.stderr
    assert "contract tests in Python are skipped" in done.stderr
    assert not (tmp_path / "cache/bin").exists() and not (tmp_path / "cache/models").exists()
    assert not list((tmp_path / "cache").glob("tmp.*")), "temporary folders stay behind"


def test_what_failed_is_not_asked_for_again_at_once_when_quiet(tmp_path):
    setup(tmp_path, "run", cache=tmp_path / "cache")
    done, _ = setup(tmp_path, "--quiet", "run", cache=tmp_path / "cache")
    assert done.returncode == 0
    assert "downloading" not in done.stdout
    assert "Debian's nats-server 2.9 is used" in done.stderr


def test_a_file_with_another_checksum_is_refused(tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    wheel(wheels, "msgpack", version_of("msgpack"))
    done, _ = setup(tmp_path, "test", cache=tmp_path / "cache", PIP_FIND_LINKS=str(wheels))
    assert done.returncode == 0, done.stderr
    assert "its SHA-256 differs" in done.stderr
    assert not (tmp_path / "cache/wheels").exists()
    assert not (tmp_path / "cache/have/msgpack").exists()


def test_the_list_is_well_formed():
    seen = set()
    for line in (ROOT / "scripts/packages.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        kind, name, version, sha, need, steps, purpose = line.split("\t")
        assert kind in ("deb", "pypi", "maven", "npm") and need in ("must", "may") and purpose, line
        assert set(steps.split(",")) <= {"build", "test", "models", "run", "check", "int8"}, line
        assert (version, sha) == ("*", "-") if kind == "deb" else (version != "*" and len(sha) == 64), line
        assert (kind, name) not in seen, line
        seen.add((kind, name))


def test_an_unknown_step_is_refused(tmp_path):
    done, _ = setup(tmp_path, "everything", cache=tmp_path / "cache")
    assert done.returncode == 2 and "unknown step 'everything'" in done.stderr
