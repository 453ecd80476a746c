// What one client address may take: requests to the page's paths, and open sockets. Also who a client is behind trusted
// proxies. Thread-safe; bounded memory.
#pragma once
#include "messages/result.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace steward {

/// Addresses and networks whose X-Forwarded-For is believed.
class trusted_proxies {
public:
  static result<trusted_proxies> create(const std::vector<std::string>&);
  bool holds(const boost::asio::ip::address&) const;
  /// The nearest address that is not a proxy's own, from the right of X-Forwarded-For; the peer's when it is no proxy.
  std::string client(const boost::asio::ip::address& peer, std::string_view forwarded_for) const;

private:
  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

/// A token bucket; not thread-safe.
class token_bucket {
public:
  token_bucket(double per_second, double burst)
      : per_second_(per_second)
      , burst_(burst)
      , tokens_(burst) {}
  /// 0: goes through. Otherwise the milliseconds after which one more would.
  int64_t take(int64_t now_ms);

private:
  double per_second_, burst_, tokens_;
  int64_t at_ms_ = 0;
};

class client_limits {
public:
  client_limits(double per_second, double burst, uint32_t sockets, size_t most_addresses = 50'000)
      : per_second_(per_second)
      , burst_(burst)
      , most_sockets_(sockets)
      , most_(most_addresses) {}

  int64_t take(const std::string& address, int64_t now_ms);
  /// Null: this address has too many. Its end frees the place.
  std::shared_ptr<void> open_socket(const std::string& address);

private:
  struct entry {
    std::string address;
    token_bucket bucket;
  };
  std::mutex mutex_;
  double per_second_, burst_;
  uint32_t most_sockets_;
  size_t most_;
  std::list<entry> by_use_; // newest first; the oldest is forgotten
  std::unordered_map<std::string, std::list<entry>::iterator> index_;
  std::shared_ptr<std::pair<std::mutex, std::unordered_map<std::string, uint32_t>>> sockets_ =
      std::make_shared<std::pair<std::mutex, std::unordered_map<std::string, uint32_t>>>();
};

} // namespace steward
