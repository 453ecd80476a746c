#include "actors/bus/server_hello.hpp"

#include <netdb.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steward {
namespace {

std::string first_line(const addrinfo& a, std::chrono::steady_clock::time_point deadline) {
  std::string out;
  int fd = ::socket(a.ai_family, a.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, a.ai_protocol);
  if (fd < 0) return out;
  bool connecting = ::connect(fd, a.ai_addr, a.ai_addrlen) != 0;
  bool alive = !connecting || errno == EINPROGRESS;
  while (alive && out.find('\n') == out.npos && out.size() < 65536) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd p{fd, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&p, 1, static_cast<int>(left.count())) <= 0) break;
    char buffer[4096];
    auto n = ::recv(fd, buffer, sizeof buffer, 0);
    if (n > 0) out.append(buffer, static_cast<size_t>(n));
    alive = n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
  }
  ::close(fd);
  return out;
}

} // namespace

std::optional<std::string> version_in_hello(std::string_view line) {
  auto start = line.find('{'), end = line.rfind('}');
  if (!line.starts_with("INFO") || start == line.npos || end == line.npos || end < start) return std::nullopt;
  auto j = nlohmann::json::parse(line.substr(start, end - start + 1), nullptr, false);
  if (!j.is_object() || !j.contains("version") || !j["version"].is_string()) return std::nullopt;
  return j["version"].get<std::string>();
}

std::optional<std::string> server_version_at(std::string_view url, std::chrono::milliseconds limit) {
  if (auto at = url.find("://"); at != url.npos) url.remove_prefix(at + 3);
  if (auto at = url.rfind('@'); at != url.npos) url.remove_prefix(at + 1);
  url = url.substr(0, url.find('/'));
  auto colon = url.rfind(':');
  if (url.ends_with(']')) colon = url.npos;
  std::string host(url.substr(0, colon)), port(colon == url.npos ? "4222" : url.substr(colon + 1));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return std::nullopt;
  auto deadline = std::chrono::steady_clock::now() + limit;
  std::optional<std::string> out;
  for (auto* a = found; a && !out; a = a->ai_next) out = version_in_hello(first_line(*a, deadline));
  ::freeaddrinfo(found);
  return out;
}

} // namespace steward
