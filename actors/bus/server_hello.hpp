// What a NATS server says first on every connection: one line, INFO and a JSON object, before any TLS.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace steward {

/// Connects, reads the line, closes; blocks for at most `limit`. `url`: nats://[user@]host[:port]. The server's
/// version, or nullopt when nothing that speaks NATS answers there.
std::optional<std::string> server_version_at(std::string_view url, std::chrono::milliseconds limit);

/// Pure part: the version in "INFO {…}".
std::optional<std::string> version_in_hello(std::string_view line);

} // namespace steward
