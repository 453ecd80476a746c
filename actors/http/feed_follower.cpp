#include "actors/http/feed_follower.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace steward {
namespace {

/// About `s`, half as much to either side: who came together, as after a restart, shall not look again together.
std::chrono::milliseconds about(std::chrono::seconds s) {
  thread_local std::minstd_rand random{std::random_device{}()};
  return std::uniform_int_distribution<int64_t>(500, 1500)(random) * std::chrono::milliseconds(s.count());
}

} // namespace

feed_follower::feed_follower(http_core& core, boost::asio::any_io_executor strand, tenant_id tenant, peer_id peer,
                             uint64_t from, uint32_t limit)
    : core_(core)
    , strand_(strand)
    , tenant_(std::move(tenant))
    , peer_(std::move(peer))
    , from_(std::max<uint64_t>(from, 1))
    , limit_(limit)
    , timer_(strand) {}

void feed_follower::next(std::chrono::seconds longest, std::function<void(feed_page)> done) {
  done_ = std::move(done);
  deadline_ = clock::now() + longest;
  if (stopped_) return finish({});
  // The signal is ordered before the question: what comes in between is found by one of the two.
  if (!watch_ && longest.count() > 0)
    watch_ = core_.engine.watch(
        tenant_, peer_, through_gate(core_.gate, shared_from_this(), [](feed_follower& self) { self.on_change(); }));
  ask();
}

void feed_follower::stop() {
  stopped_ = true;
  watch_.reset();
  if (done_) finish({});
}

void feed_follower::ask() {
  asking_ = true, dirty_ = false;
  auto round = ++round_;
  wait_until(clock::now() + std::chrono::seconds(core_.config.answer_s));
  core_.engine.feed(tenant_, peer_, from_, limit_,
                    through_gate(core_.gate, shared_from_this(), [round](feed_follower& self, feed_page page) {
                      self.on_page(round, std::move(page));
                    }));
}

void feed_follower::on_page(uint64_t round, feed_page page) {
  if (round != round_ || !asking_ || !done_) return;
  asking_ = false;
  // A conversation that has not begun has an empty feed: pages open the feed before their customer has said anything.
  if (page.error.code == to_string(errc::not_found)) page = {};
  if (!page.error.empty()) return finish(std::move(page));
  auto& items = page.items;
  std::stable_sort(items.begin(), items.end(), [](auto& a, auto& b) { return a.seq < b.seq; });
  uint64_t after = from_;
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const feed_item& i) {
                               if (i.seq < after) return true;
                               after = i.seq + 1;
                               return false;
                             }),
              items.end());
  // Never back: an owner that has just taken over may not have caught up.
  from_ = items.empty() ? std::max(from_, page.next) : after;
  if (!items.empty()) {
    auto own = [](auto& i) { return i.by == speaker::customer; };
    if (std::any_of(items.begin(), items.end(), own)) unseen_ = false;
    expects_ = unseen_ || own(items.back()); // a late reply to what was said before is not the one awaited
    return finish(std::move(page));
  }
  // Who speaks, or the place in the queue, may change without a word.
  auto changed = known_ && (page.mode != last_.mode || page.name != last_.name || page.place != last_.place ||
                            page.from_s != last_.from_s || page.to_s != last_.to_s);
  last_ = std::move(page), known_ = true;
  if (changed) return finish({});
  if (clock::now() >= deadline_) return expects_ = unseen_ = false, finish({});
  if (dirty_) return ask();
  look_later();
}

void feed_follower::expect() {
  unseen_ = true;
  if (std::exchange(expects_, true) || asking_ || !done_) return;
  look_later(); // not first at the end of a wait that began when there was nothing to wait for
}

void feed_follower::look_later() {
  auto soon = clock::now() + about(std::chrono::seconds(core_.config.recheck_s));
  wait_until(waits_for_something() ? std::min(deadline_, soon) : deadline_);
}

/// A lost signal is missed by those who wait for an answer, a place or a person. Of all the others, who have theirs and
/// may never write again, there are a hundred times as many.
bool feed_follower::waits_for_something() const {
  return expects_ || last_.mode == "waiting" || last_.mode == "person";
}

void feed_follower::on_change() {
  if (asking_)
    dirty_ = true;
  else if (done_)
    ask();
}

void feed_follower::wait_until(clock::time_point when) {
  timer_.expires_at(when);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code ec) {
    if (auto self = weak.lock(); self && !ec) self->on_timer();
  });
}

void feed_follower::on_timer() {
  if (!done_ || clock::now() < timer_.expiry()) return; // armed anew since
  if (asking_) {
    asking_ = false;
    feed_page late;
    late.error = {std::string(to_string(errc::timeout)), "the conversation's owner did not answer in time; try again"};
    return finish(std::move(late));
  }
  if (clock::now() >= deadline_) return expects_ = false, finish({});
  ask();
}

// `done` may let go of this follower: nothing is touched after it.
void feed_follower::finish(feed_page page) {
  timer_.cancel();
  asking_ = false;
  if (page.error.empty()) {
    if (page.items.empty()) {
      page = last_;
    } else {
      last_.conversation = page.conversation, last_.mode = page.mode, last_.name = page.name, last_.place = page.place;
      last_.from_s = page.from_s, last_.to_s = page.to_s;
      known_ = true;
    }
  }
  page.next = from_;
  auto done = std::move(done_);
  done_ = nullptr;
  done(std::move(page));
}

} // namespace steward
