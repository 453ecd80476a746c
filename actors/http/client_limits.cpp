#include "actors/http/client_limits.hpp"

#include <algorithm>
#include <cmath>

namespace steward {

namespace ip = boost::asio::ip;

namespace {

ip::address plain(const ip::address& a) {
  return a.is_v6() && a.to_v6().is_v4_mapped() ? ip::address(ip::make_address_v4(ip::v4_mapped, a.to_v6())) : a;
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

// IPv6 customers own a /64: one address of it is all of it.
std::string key_of(const ip::address& a) {
  if (a.is_v4()) return a.to_string();
  return ip::network_v6(a.to_v6(), 64).canonical().to_string();
}

} // namespace

result<trusted_proxies> trusted_proxies::create(const std::vector<std::string>& texts) {
  trusted_proxies out;
  for (auto& text : texts) {
    boost::system::error_code ec;
    auto slash = text.find('/') != text.npos;
    if (auto v4 = ip::make_network_v4(slash ? text : text + "/32", ec); !ec) {
      out.v4_.push_back(v4.canonical());
    } else if (auto v6 = ip::make_network_v6(slash ? text : text + "/128", ec); !ec) {
      out.v6_.push_back(v6.canonical());
    } else {
      return {errc::bad_request, "trusted proxy '" + text + "' is no address or network such as 10.0.0.0/8"};
    }
  }
  return out;
}

bool trusted_proxies::holds(const ip::address& given) const {
  auto a = plain(given);
  if (a.is_v4())
    return std::any_of(v4_.begin(), v4_.end(),
                       [&](auto& n) { return ip::network_v4(a.to_v4(), n.prefix_length()).canonical() == n; });
  return std::any_of(v6_.begin(), v6_.end(), [&](auto& n) {
    return ip::network_v6(a.to_v6(), n.prefix_length()).canonical().to_string() == n.to_string();
  });
}

std::string trusted_proxies::client(const ip::address& peer, std::string_view forwarded) const {
  auto nearest = plain(peer);
  while (holds(nearest) && !forwarded.empty()) {
    auto comma = forwarded.rfind(',');
    auto last = trimmed(comma == forwarded.npos ? forwarded : forwarded.substr(comma + 1));
    forwarded = comma == forwarded.npos ? std::string_view{} : forwarded.substr(0, comma);
    boost::system::error_code ec;
    auto before = ip::make_address(std::string(last), ec);
    if (ec) break; // not an address: nothing behind it can be believed
    nearest = plain(before);
  }
  return key_of(nearest);
}

int64_t token_bucket::take(int64_t now_ms) {
  if (at_ms_ && now_ms > at_ms_)
    tokens_ = std::min(burst_, tokens_ + per_second_ * static_cast<double>(now_ms - at_ms_) / 1000);
  at_ms_ = std::max(at_ms_, now_ms);
  if (tokens_ >= 1) return tokens_ -= 1, 0;
  return std::max<int64_t>(1, static_cast<int64_t>(std::ceil((1 - tokens_) / per_second_ * 1000)));
}

int64_t client_limits::take(const std::string& address, int64_t now_ms) {
  std::lock_guard lock(mutex_);
  auto at = index_.find(address);
  if (at == index_.end()) {
    if (index_.size() >= most_) {
      index_.erase(by_use_.back().address);
      by_use_.pop_back();
    }
    by_use_.push_front({address, token_bucket(per_second_, burst_)});
    at = index_.emplace(address, by_use_.begin()).first;
  } else {
    by_use_.splice(by_use_.begin(), by_use_, at->second);
  }
  return at->second->bucket.take(now_ms);
}

std::shared_ptr<void> client_limits::open_socket(const std::string& address) {
  std::lock_guard lock(sockets_->first);
  auto& n = sockets_->second[address];
  if (n >= most_sockets_) return nullptr;
  ++n;
  return {this, [all = sockets_, address](void*) {
            std::lock_guard lock(all->first);
            auto at = all->second.find(address);
            if (at != all->second.end() && --at->second == 0) all->second.erase(at);
          }};
}

} // namespace steward
