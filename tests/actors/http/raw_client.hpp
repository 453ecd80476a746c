// A client that sends the very bytes it is given, and reads answers as they come. Blocking, with a deadline.
#pragma once
#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <map>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace steward::test {

struct raw_answer {
  int status = 0;                             // 0: closed without an answer
  std::map<std::string, std::string> headers; // lower case
  std::string body;
};

class raw_client {
public:
  explicit raw_client(uint16_t port, int receive_buffer = 0) {
    fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
    timeval t{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &t, sizeof t);
    if (receive_buffer) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in a{};
    a.sin_family = AF_INET, a.sin_port = htons(port), a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&a), sizeof a) != 0) throw std::runtime_error("connect");
  }
  raw_client(raw_client&& x) noexcept
      : fd_(x.fd_)
      , in_(std::move(x.in_)) {
    x.fd_ = -1;
  }
  ~raw_client() { close(); }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  void end_sending() { ::shutdown(fd_, SHUT_WR); }

  bool send(std::string_view s) {
    while (!s.empty()) {
      auto n = ::send(fd_, s.data(), s.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      s.remove_prefix(static_cast<size_t>(n));
    }
    return true;
  }

  /// Up to and with `end`; what there was when the other side closes.
  std::string read_until(std::string_view end) {
    for (;;) {
      if (auto at = in_.find(end); at != in_.npos) return take(at + end.size());
      if (!more()) return take(in_.size());
    }
  }
  std::string read_bytes(size_t n) {
    while (in_.size() < n && more()) {
    }
    return take(std::min(n, in_.size()));
  }
  /// True when the other side closed (or reset) within the deadline; what comes before is dropped.
  bool closed() {
    for (;;) {
      in_.clear();
      char b[4096];
      auto n = ::recv(fd_, b, sizeof b, 0);
      if (n == 0 || (n < 0 && errno == ECONNRESET)) return true;
      if (n < 0) return false;
    }
  }

  raw_answer head() {
    raw_answer a;
    auto h = read_until("\r\n\r\n");
    if (h.size() < 12) return a;
    a.status = std::atoi(h.c_str() + 9);
    for (size_t at = h.find("\r\n") + 2; at < h.size() - 2;) {
      auto end = h.find("\r\n", at), colon = h.find(": ", at);
      auto name = h.substr(at, colon - at);
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
      auto& value = a.headers[name]; // one that stands twice: both
      (value += value.empty() ? "" : ", ") += h.substr(colon + 2, end - colon - 2);
      at = end + 2;
    }
    return a;
  }
  raw_answer answer() {
    auto a = head();
    if (auto at = a.headers.find("content-length"); at != a.headers.end()) a.body = read_bytes(std::stoul(at->second));
    return a;
  }
  raw_answer ask(std::string_view request) {
    send(request);
    return answer();
  }
  raw_answer get(const std::string& target, const std::string& headers = {}) {
    return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
  }
  raw_answer post(const std::string& target, const std::string& body, const std::string& headers = {}) {
    return ask("POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
               headers + "\r\n" + body);
  }

  /// The next chunk of a chunked body; empty at its end.
  std::string chunk() {
    auto size = read_until("\r\n");
    auto n = std::strtoul(size.c_str(), nullptr, 16);
    auto data = read_bytes(n);
    read_bytes(2);
    return data;
  }
  /// The next server-sent event that carries data; empty when the stream has ended. Comments are counted.
  std::string event() {
    for (;;) {
      if (auto at = events_.find("\n\n"); at != events_.npos) {
        auto e = events_.substr(0, at);
        events_.erase(0, at + 2);
        if (e.find("data: ") != e.npos) return e;
        if (e.starts_with(":")) ++comments;
        continue;
      }
      auto c = chunk();
      if (c.empty()) return {};
      events_ += c;
    }
  }
  int comments = 0;
  int fd() const { return fd_; }

private:
  std::string take(size_t n) {
    auto out = in_.substr(0, n);
    in_.erase(0, n);
    return out;
  }
  bool more() {
    char b[16384];
    auto n = ::recv(fd_, b, sizeof b, 0);
    if (n <= 0) return false;
    in_.append(b, static_cast<size_t>(n));
    return true;
  }
  int fd_ = -1;
  std::string in_, events_;
};

} // namespace steward::test
