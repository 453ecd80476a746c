// An engine in memory behind the door's functions: conversations are lists, answers come on a thread of its own. It can
// be told to misbehave.
#pragma once
#include "actors/http/http_door.hpp"
#include "actors/http/page.hpp"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace steward::test {

class fake_engine {
public:
  fake_engine()
      : thread_([this] { run(); }) {}
  ~fake_engine() { stop(); }

  void stop() {
    {
      std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  http_engine functions() {
    http_engine e;
    e.say = [this](door_message m, std::function<void(accept_ack)> answer) {
      later([this, m = std::move(m), answer = std::move(answer)] {
        accept_ack a;
        {
          std::lock_guard lock(mutex_);
          said_.push_back(m);
          if (silent) {
            kept_.push_back(answer); // never called
            changed_.notify_all();
            return;
          }
          a = next_ack;
        }
        a.id = m.body.id;
        if (a.ok) add(m.peer.value, m.body.text);
        answer(a);
        if (twice) answer(a);
        changed_.notify_all();
      });
    };
    e.feed = [this](tenant_id t, peer_id p, uint64_t from, uint32_t limit, std::function<void(feed_page)> answer) {
      later([this, t, p, from, limit, answer = std::move(answer)] {
        feed_page page;
        {
          std::lock_guard lock(mutex_);
          ++asked_;
          if (silent) {
            kept_feeds_.push_back(answer);
            changed_.notify_all();
            return;
          }
          if (t.value == "nobody") page.error = {"unknown_tenant", "no tenant 'nobody' here"};
          if (feed_error.code.size()) page.error = feed_error;
          auto& all = items_[p.value];
          for (auto i = from; page.error.empty() && i <= all.size() && page.items.size() < limit; ++i)
            page.items.push_back(all[i - 1]);
          page.next = page.items.empty() ? from : page.items.back().seq + 1;
          page.mode = mode, page.name = name, page.place = place, page.from_s = wait.first, page.to_s = wait.second;
        }
        answer(page);
        changed_.notify_all();
      });
    };
    e.watch = [this](tenant_id, peer_id p, std::function<void()> f) -> std::shared_ptr<void> {
      std::lock_guard lock(mutex_);
      auto id = ++last_watch_;
      watches_[id] = {p.value, std::move(f)};
      changed_.notify_all();
      return {nullptr, [this, id](void*) {
                std::lock_guard lock(mutex_);
                watches_.erase(id);
                changed_.notify_all();
              }};
    };
    e.event = [this](door_event m, std::function<void(accept_ack)> answer) {
      later([this, m = std::move(m), answer = std::move(answer)] {
        accept_ack a;
        {
          std::lock_guard lock(mutex_);
          events_.push_back(m);
          a = next_ack;
        }
        answer(a);
        changed_.notify_all();
      });
    };
    e.sign_in = [this](door_sign_in s, std::function<void(accept_ack)> answer) {
      later([this, s = std::move(s), answer = std::move(answer)] {
        accept_ack a;
        {
          std::lock_guard lock(mutex_);
          sign_ins_.push_back(s);
          a = next_ack;
        }
        answer(a);
        changed_.notify_all();
      });
    };
    e.types = [this](tenant_id, peer_id p) {
      std::lock_guard lock(mutex_);
      typing_.push_back(p.value);
      changed_.notify_all();
    };
    e.watch_typing = [this](tenant_id, peer_id, std::function<void(typing_note)> f) -> std::shared_ptr<void> {
      std::lock_guard lock(mutex_);
      auto kept = std::make_shared<std::function<void(typing_note)>>(std::move(f));
      typed_ = kept;
      changed_.notify_all();
      return kept;
    };
    e.page = [this](tenant_id t) -> result<std::shared_ptr<const page_facts>> {
      if (t.value == "nobody") return {errc::unknown_tenant, "there is no tenant 'nobody' here"};
      if (t.value == "not_read") return {errc::unavailable, "the tenants are not read yet"};
      auto f = std::make_shared<page_facts>(facts);
      f->tenant = t.value, f->out_of_hours = out_of_hours;
      return std::shared_ptr<const page_facts>(std::move(f));
    };
    e.ready = [this] {
      std::lock_guard lock(mutex_);
      return readiness{is_ready, is_ready ? R"({"ready":true})" : R"({"ready":false,"reasons":["no NATS"]})"};
    };
    e.metrics = [] { return std::string("steward_turns_total 7\n"); };
    return e;
  }

  /// Adds a line to a feed and signals.
  void add(const std::string& peer, const std::string& text, speaker by = speaker::ai) {
    std::vector<std::function<void()>> signals;
    {
      std::lock_guard lock(mutex_);
      auto& all = items_[peer];
      feed_item i;
      i.seq = all.size() + 1, i.text = text, i.by = by, i.id = peer + ":" + std::to_string(i.seq);
      all.push_back(i);
      for (auto& [id, w] : watches_)
        if (w.first == peer && !deaf) signals.push_back(w.second);
    }
    for (auto& f : signals) f();
  }

  /// Waits until `what` holds; false after 20 s.
  template <class F>
  bool until(F what) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), what);
  }
  bool until_watched(size_t n) {
    return until([this, n] { return watches_.size() == n; });
  }
  bool until_asked(size_t n) {
    return until([this, n] { return asked_ >= n; });
  }
  bool until_said(size_t n) {
    return until([this, n] { return said_.size() >= n; });
  }
  std::vector<door_message> said() {
    std::lock_guard lock(mutex_);
    return said_;
  }
  std::vector<door_event> events() {
    std::lock_guard lock(mutex_);
    return events_;
  }
  std::vector<door_sign_in> sign_ins() {
    std::lock_guard lock(mutex_);
    return sign_ins_;
  }
  size_t asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  /// The answers that were held back while silent, to be given when nobody waits any more.
  std::vector<std::function<void(accept_ack)>> kept() {
    std::lock_guard lock(mutex_);
    return kept_;
  }

  bool until_typing(const std::string& peer) {
    return until([&] { return typing_ == std::vector<std::string>{peer}; });
  }
  /// Somebody types in the conversation that is watched; false when none is.
  bool type(typing_note n) {
    if (!until([this] { return !typed_.expired(); })) return false;
    if (auto f = std::shared_ptr<std::function<void(typing_note)>>(typed_)) (*f)(std::move(n));
    return true;
  }
  void set_mode(std::string m, std::string n, uint32_t p = 0, std::pair<uint32_t, uint32_t> seconds = {}) {
    std::lock_guard lock(mutex_);
    mode = std::move(m), name = std::move(n), place = p, wait = seconds;
  }

  accept_ack next_ack{.ok = true, .conversation = entity_id{"cabc"}};
  problem feed_error;
  page_facts facts{.name = "Larch & <Tarn>",
                   .languages = {"en", "zh"},
                   .greeting = {{"en", "Hello **you** <b>"}},
                   .questions = {{"en", {"Where is \"it\"?"}}}};
  std::string mode = "ai", name; // of every conversation
  uint32_t place = 0;
  std::atomic<bool> out_of_hours{false};
  std::pair<uint32_t, uint32_t> wait;
  bool silent = false, twice = false, deaf = false, is_ready = true;

private:
  void later(std::function<void()> f) {
    {
      std::lock_guard lock(mutex_);
      work_.push_back(std::move(f));
    }
    changed_.notify_all();
  }
  void run() {
    for (;;) {
      std::function<void()> f;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return done_ || !work_.empty(); });
        if (work_.empty()) return;
        f = std::move(work_.front());
        work_.pop_front();
      }
      f();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> work_;
  bool done_ = false;
  std::vector<door_message> said_;
  std::vector<door_event> events_;
  std::vector<door_sign_in> sign_ins_;
  std::vector<std::function<void(accept_ack)>> kept_;
  std::vector<std::function<void(feed_page)>> kept_feeds_;
  std::map<std::string, std::vector<feed_item>> items_;
  std::map<uint64_t, std::pair<std::string, std::function<void()>>> watches_;
  uint64_t last_watch_ = 0;
  std::vector<std::string> typing_;
  std::weak_ptr<std::function<void(typing_note)>> typed_;
  size_t asked_ = 0;
  std::thread thread_;
};

} // namespace steward::test
