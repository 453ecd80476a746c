// Follows one conversation's feed for one client: the next page as soon as there is one. Gapless and without doubles,
// whatever signals are lost: only sequence numbers count. All calls and callbacks on the strand.
#pragma once
#include "actors/http/http_shared.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

namespace steward {

class feed_follower : public std::enable_shared_from_this<feed_follower> {
public:
  feed_follower(http_core&, boost::asio::any_io_executor strand, tenant_id, peer_id, uint64_t from, uint32_t limit);

  /// Calls `done` once: with what is new, or when mode, name or place changed, or with an empty page after `longest`,
  /// or with an error. One at a time.
  void next(std::chrono::seconds longest, std::function<void(feed_page)> done);
  /// Its client has said something: an answer is waited for.
  void expect();
  /// An outstanding `next` is answered at once with what is known; later ones too.
  void stop();
  uint64_t from() const { return from_; }
  boost::asio::any_io_executor strand() { return strand_; }

private:
  using clock = std::chrono::steady_clock;
  void ask();
  void on_page(uint64_t round, feed_page);
  void on_change();
  bool waits_for_something() const;
  void look_later();
  void wait_until(clock::time_point);
  void on_timer();
  void finish(feed_page);

  http_core& core_;
  boost::asio::any_io_executor strand_;
  tenant_id tenant_;
  peer_id peer_;
  uint64_t from_;
  uint32_t limit_;
  std::function<void(feed_page)> done_;
  std::shared_ptr<void> watch_;
  boost::asio::steady_timer timer_;
  clock::time_point deadline_;
  feed_page last_;      // without items: conversation, mode, name, place
  uint64_t round_ = 0;  // of questions; an answer to an older one is void
  bool known_ = false;  // `last_` is of this conversation
  bool expects_ = true; // until an answer has come, or nothing for as long as `next` may take
  bool unseen_ = false; // something was said that the feed has not shown yet
  bool asking_ = false, dirty_ = false, stopped_ = false;
};

} // namespace steward
