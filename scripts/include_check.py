#!/usr/bin/env python3
"""Checks who includes what. The tables below are the rules; the code below them only applies them.

usage: include_check.py [ROOT]      prints file:line: what is wrong; exit code 1 when anything is
Paths are relative to the root; patterns are those of fnmatch, where * also fits slashes.
"""
import fnmatch
import pathlib
import re
import subprocess
import sys

# A room may include from these rooms. messages <- storage <- actors; messages <- clients; access (keys) is for both ends.
DIRECTIONS = {
    "messages": ["messages"],
    "access": ["messages", "access"],
    "storage": ["messages", "storage"],
    "actors": ["messages", "access", "storage", "actors"],
    "clients": ["messages", "access", "clients"],
    "tests": ["messages", "access", "storage", "actors", "clients", "tests"],
    "bench": ["messages", "access", "storage", "actors", "clients", "bench", "tests"],
}

# A heavy or dangerous header: who may include it. Headers that are not named here are free.
ONLY = [
    # header           files that may include it                                            why
    ("caf/all.hpp",    [],                                                                  "include the single headers of CAF"),
    ("caf/*",          ["actors/*", "tests/*", "bench/*"],                                  "CAF stays in actors/"),
    ("rocksdb/*",      ["storage/rocks_store.cpp"],                                         "RocksDB has one user"),
    ("faiss/*",        ["storage/vector_index.cpp"],                                        "faiss has one user"),
    ("xapian.h",       ["storage/text_index.cpp"],                                          "Xapian has one user"),
    ("nats.h",         ["actors/bus/*.cpp", "actors/bus/nats_messages.hpp", "clients/bus_session.cpp", "access/sign_in.cpp", "tests/*", "bench/*"], "NATS is spoken in one place per side"),
    ("nats/*",         ["actors/bus/*.cpp", "actors/bus/nats_messages.hpp", "clients/bus_session.cpp", "access/sign_in.cpp", "tests/*", "bench/*"], "NATS is spoken in one place per side"),
    ("openssl/*",      ["access/customer_token.cpp", "tests/*"],                            "signatures are checked in one place"),
    ("boost/beast*",   ["actors/http/*", "tests/*", "bench/*"],                             "HTTP has one room"),
    ("curses.h",       ["clients/cli/curses_screen.cpp"],                                   "the terminal has one user"),
    ("openvino/*",     ["actors/understanding/openvino_embedder.cpp"],                      "OpenVINO has one user"),
    ("nlohmann/*",     ["*.cpp"],                                                           "too heavy for a header"),
    ("spdlog/*",       ["*.cpp"],                                                           "too heavy for a header"),
    ("msgpack*",       ["*.cpp", "messages/codec_impl.hpp"],                                "too heavy for a header"),
]

# Pure files decide; they reach nothing outside. File pattern: headers that they may not include.
PURE = ["*_policy.hpp", "*_policy.cpp", "*_core.hpp", "*_core.cpp"]
PURE_MAY_NOT = ["caf/*", "nats.h", "nats/*", "rocksdb/*", "faiss/*", "boost/asio*", "boost/beast*", "storage/rocks_store.hpp", "actors/actors.hpp"]

# Rooms inside actors/ meet in the headers directly below actors/ (actors.hpp, type_ids.hpp, ...), never in each other's.
ROOMS_INSIDE = "actors"
KNOWS_ALL_ROOMS = ["actors/node.cpp", "actors/node.hpp", "actors/node/*", "actors/main.cpp", "actors/simulation/*"]

# (including file or pattern, included header): why this one is right. Keep it short.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("tests/access/site_keys.hpp", "nlohmann/json.hpp"): "claims of tokens, as two tests write them",
    # Contracts: the headers behind which a room stands. Free of CAF, so that what includes them stays light.
    ("*", "actors/bus/nats_client.hpp"): "the log, as every actor reaches it",
    ("*", "actors/bus/read_whole.hpp"): "the same, where a thread may wait",
    ("*", "actors/entity/entity_model.hpp"): "what a kind of entity is; a room per kind implements it",
    ("*", "actors/entity/data_model.hpp"): "the same, for a state that is one struct",
    ("*", "actors/entity/partition_core.hpp"): "its tickets and shared messages are what actors hand over",
    ("*", "actors/http/http_door.hpp"): "what the door hands over",
    ("*", "actors/tenant/tenant_config.hpp"): "a tenant as data",
    ("*", "actors/tenant/opening_hours.hpp"): "pure: when people are at the desk",
    ("*", "actors/tenant/masking.hpp"): "a pure function of the door's policy",
    ("actors/forget/*", "actors/entity/archive_reads.hpp"): "and what can be found of them",
    ("actors/forget/*", "actors/entity/store_forget.hpp"): "what a store holds of the forgotten, free of actors",
    ("*", "actors/supervision/crash_point.hpp"): "one line at each step that the kill tests know",
    ("*", "actors/supervision/restart_policy.hpp"): "a pure policy",
    ("*", "actors/supervision/room_board.hpp"): "what the supervisor writes and operators read",
    ("actors/conversation/*", "actors/understanding/built_in_intents.hpp"): "a pure function of a text",
    ("*", "actors/watch/metrics.hpp"): "figures are counted where they happen",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def fits(path, patterns):
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def room_inside(path):
    """actors/bus/x.hpp -> bus; None for a file directly below actors/ or outside it."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == ROOMS_INSIDE else None


def why_not(path, header, quoted, exists):
    """The reasons why the file may not include the header; quoted: with "", so a path of ours."""
    if any(fits(path, [file]) and header == named for file, named in EXCEPTIONS):
        return
    for pattern, allowed, reason in ONLY:
        if fits(header, [pattern]) and not fits(path, allowed):
            yield f"<{header}> may not be included here: {reason}"
            break
    if fits(path, PURE) and fits(header, PURE_MAY_NOT):
        yield f"<{header}>: a pure file includes neither actors, nor storage engines, nor the network"
    room, target = path.split("/")[0], header.split("/")[0]
    if target in DIRECTIONS and room in DIRECTIONS and target not in DIRECTIONS[room]:
        yield f'"{header}": {room}/ may include only {", ".join(DIRECTIONS[room])}'
    inside = room_inside(header)
    if inside and room == ROOMS_INSIDE and not fits(path, KNOWS_ALL_ROOMS) and inside != room_inside(path):
        yield f'"{header}": rooms inside {ROOMS_INSIDE}/ meet in {ROOMS_INSIDE}/actors.hpp, not in each other\'s headers'
    if quoted and not exists(header):
        yield f'"{header}": no such file below the root (ours are included by full path, others with <>)'


def check(root, paths):
    root = pathlib.Path(root)
    for path in paths:
        for number, line in enumerate((root / path).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            found = INCLUDE.match(line)
            if found:
                quoted, header = found.group(1) == '"', found.group(2)
                for reason in why_not(path, header, quoted, lambda h: (root / h).is_file()):
                    yield f"{path}:{number}: {reason}"


def tracked(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "*.cpp", "*.hpp"], check=True, capture_output=True, text=True)
    return [path for path in listed.stdout.splitlines() if (pathlib.Path(root) / path).is_file()]


def main(root):
    paths = tracked(root)
    problems = list(check(root, paths))
    for problem in problems:
        print(problem)
    print(f"includes: {len(paths)} files, {len(problems)} problem{'' if len(problems) == 1 else 's'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "."))
