"""The include table of scripts/include_check.py: what it lets through and what it stops."""
import importlib.util
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("steward_include_check", ROOT / "scripts/include_check.py")
sys.dont_write_bytecode = True
includes = importlib.util.module_from_spec(spec)
spec.loader.exec_module(includes)


def stopped(path, header, quoted=False):
    return list(includes.why_not(path, header, quoted, lambda _: True))


@pytest.mark.parametrize(
    "path, header",
    [
        ("storage/keys.cpp", "messages/ids.hpp"),
        ("actors/bus/nats_client.cpp", "nats.h"),
        ("storage/rocks_store.cpp", "rocksdb/db.h"),
        ("messages/codec_impl.hpp", "msgpack.hpp"),
        ("messages/codec.cpp", "nlohmann/json.hpp"),
        ("actors/entity/shell.cpp", "actors/actors.hpp"),
        ("actors/entity/shell.cpp", "actors/entity/floors_core.hpp"),
        ("actors/node.cpp", "actors/bus/nats_client.hpp"),
        ("actors/node.cpp", "caf/actor_system.hpp"),
        ("tests/actors/bus/x_test.cpp", "actors/bus/nats_client.hpp"),
        ("messages/ids.hpp", "vector"),
    ],
)
def test_right(path, header):
    assert stopped(path, header) == []


@pytest.mark.parametrize(
    "path, header",
    [
        ("messages/ids.hpp", "storage/store.hpp"),
        ("messages/ids.cpp", "caf/atom.hpp"),
        ("storage/keys.cpp", "actors/actors.hpp"),
        ("storage/keys.cpp", "rocksdb/db.h"),
        ("storage/text_table.cpp", "faiss/IndexFlat.h"),
        ("clients/cli/main.cpp", "storage/store.hpp"),
        ("clients/cli/main.cpp", "nats/nats.h"),
        ("actors/node.cpp", "caf/all.hpp"),
        ("actors/log.hpp", "spdlog/spdlog.h"),
        ("messages/chat.hpp", "msgpack/adaptor/map.hpp"),
        ("actors/entity/shell.cpp", "actors/bus/nats_connection.hpp"),
        ("actors/actors.hpp", "actors/bus/nats_connection.hpp"),
        ("actors/supervision/restart_policy.cpp", "caf/actor.hpp"),
        ("actors/knowledge/retriever.cpp", "openvino/openvino.hpp"),
        ("actors/channel/web_channel.cpp", "boost/beast/http.hpp"),
    ],
)
def test_wrong(path, header):
    assert stopped(path, header)


def test_a_path_that_is_not_from_the_root_is_named_with_its_line(tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages/ids.hpp").write_text('#pragma once\n#include "error.hpp"\n')
    assert list(includes.check(tmp_path, ["messages/ids.hpp"])) == [
        'messages/ids.hpp:2: "error.hpp": no such file below the root (ours are included by full path, others with <>)'
    ]
