// A small HTTP server on a free local port that answers each request with what the test says.
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <functional>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace steward::test {

class embedding_server {
public:
  // Gets the request's headers and body; returns the whole HTTP answer, or "" to say nothing until the client leaves.
  using answer = std::function<std::string(const std::string& headers, const std::string& body)>;

  explicit embedding_server(answer reply)
      : reply_(std::move(reply)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 16);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/v1/embeddings";
    thread_ = std::thread([this] { serve(); });
  }
  embedding_server(const embedding_server&) = delete;
  ~embedding_server() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  static std::string ok(const std::string& json) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
           std::to_string(json.size()) + "\r\n\r\n" + json;
  }

  std::string url;
  std::atomic<int> requests{0};

private:
  void serve() {
    for (int peer = 0; (peer = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      std::string in;
      char chunk[4096];
      std::size_t head = std::string::npos, length = 0;
      for (ssize_t n = 0; (n = ::recv(peer, chunk, sizeof chunk, 0)) > 0;) {
        in.append(chunk, static_cast<std::size_t>(n));
        if (head == std::string::npos && (head = in.find("\r\n\r\n")) != std::string::npos) {
          const auto at = in.find("Content-Length: ");
          length = at < head ? std::stoul(in.substr(at + 16)) : 0;
          if (in.find("Expect: 100-continue") < head) {
            const char go[] = "HTTP/1.1 100 Continue\r\n\r\n";
            (void)!::send(peer, go, sizeof go - 1, MSG_NOSIGNAL);
          }
        }
        if (head != std::string::npos && in.size() >= head + 4 + length) break;
      }
      if (head != std::string::npos) {
        ++requests;
        const auto out = reply_(in.substr(0, head), in.substr(head + 4));
        if (out.empty())
          while (::recv(peer, chunk, sizeof chunk, 0) > 0) {
          }
        else
          (void)!::send(peer, out.data(), out.size(), MSG_NOSIGNAL);
      }
      ::close(peer);
    }
  }

  answer reply_;
  int listener_ = -1;
  std::thread thread_;
};

} // namespace steward::test
