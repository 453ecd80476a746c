#include "actors/bus/pending_requests.hpp"

namespace steward {

uint64_t pending_requests::add(handler f, time deadline) {
  std::lock_guard lock(mutex_);
  auto token = ++last_;
  waiting_.emplace(token, std::move(f));
  deadlines_.emplace(deadline, token);
  return token;
}

pending_requests::handler pending_requests::take(uint64_t token) {
  std::lock_guard lock(mutex_);
  auto it = waiting_.find(token);
  if (it == waiting_.end()) return {};
  auto f = std::move(it->second);
  waiting_.erase(it);
  return f;
}

std::vector<pending_requests::handler> pending_requests::take_due(time now) {
  std::vector<handler> out;
  std::lock_guard lock(mutex_);
  for (; !deadlines_.empty() && deadlines_.top().first <= now; deadlines_.pop()) {
    auto it = waiting_.find(deadlines_.top().second);
    if (it == waiting_.end()) continue;
    out.push_back(std::move(it->second));
    waiting_.erase(it);
  }
  return out;
}

std::vector<pending_requests::handler> pending_requests::take_all() {
  std::vector<handler> out;
  std::lock_guard lock(mutex_);
  for (auto& [token, f] : waiting_) out.push_back(std::move(f));
  waiting_.clear();
  deadlines_ = {};
  return out;
}

std::optional<pending_requests::time> pending_requests::next() {
  std::lock_guard lock(mutex_);
  while (!deadlines_.empty() && !waiting_.contains(deadlines_.top().second)) deadlines_.pop();
  if (deadlines_.empty()) return std::nullopt;
  return deadlines_.top().first;
}

} // namespace steward
