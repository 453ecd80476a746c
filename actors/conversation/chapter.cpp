#include "actors/conversation/chapter.hpp"

#include "messages/tally.hpp"

#include <algorithm>

namespace steward {
namespace {

class counter {
public:
  counter(const conversation_data& before, const decide_context& c)
      : data_(before)
      , mode_(before.mode)
      , waiting_since_ms_(before.waiting_since_ms)
      , queue_(before.queue)
      , now_ms_(c.now_ms)
      , tenant_(c.tenant)
      , chapter_(before.chapter) {}

  void on(const event_entry& e) {
    if (e.name == conversation_event::asked) {
      if (data_.blocked.empty() && data_.moved.empty() && is_over()) begin();
    } else if (e.name == conversation_event::replied) {
      if (auto b = decode<replied_body>(e.body.data)) replied(b->kind);
    } else if (e.name == conversation_event::mode) {
      if (auto b = decode<mode_body>(e.body.data)) mode(*b);
    }
  }

  /// It goes on with what another conversation brings, whose customer has signed in.
  void joined(const conversation_chapter& other) {
    if (other.begun_ms == 0) return;
    if (is_over()) {
      chapter_ = other;
      return;
    }
    count(other.day, {"outcome", other.queue, other.outcome, -1}); // two that are one from here on
    auto& c = chapter_;
    if (c.wait_ms == 0) c.wait_ms = other.wait_ms;
    if (c.person_ms == 0) c.person_ms = other.person_ms;
    c.responded = c.responded || other.responded;
    if (other.outcome == "handed" || c.outcome == "open") turn_out(other.outcome, other.queue);
  }

  void rated(uint64_t stars) {
    auto& c = chapter_;
    if (c.begun_ms == 0 || stars < 1 || stars > 5) return;
    count(today(), {"rating", c.queue, c.responded ? "person" : "ai", static_cast<int64_t>(stars)});
  }

  const conversation_chapter& chapter() const { return chapter_; }
  const std::map<std::string, std::vector<tally_change>>& days() const { return days_; }

private:
  /// Its clock has a time zone, which takes a while: few turns count anything.
  std::string today() const { return tenant_.day_at(now_ms_); }

  bool is_over() const {
    if (chapter_.begun_ms == 0 || chapter_.ended_ms != 0) return true;
    return mode_ == conversation_mode::ai && now_ms_ - data_.last_ms > chapter_rests_ms;
  }

  void count(const std::string& day, tally_change c) {
    auto& all = days_[day];
    auto same = std::find_if(all.begin(), all.end(), [&](auto& x) {
      return c.what == "outcome" && x.what == c.what && x.queue == c.queue && x.key == c.key;
    });
    if (same == all.end()) return all.push_back(std::move(c));
    same->value += c.value;
    if (same->value == 0) all.erase(same);
    if (all.empty()) days_.erase(day);
  }

  void span(const char* what, const std::string& queue, int64_t since_ms) {
    count(today(), {what, queue, {}, std::max<int64_t>(0, now_ms_ - since_ms) / 1000});
  }

  void begin() {
    auto& c = chapter_;
    if (c.begun_ms != 0 && now_ms_ - (c.ended_ms ? c.ended_ms : data_.last_ms) <= chapter_reopens_ms)
      count(c.day, {"reopened", c.queue, c.outcome, 1});
    c = {};
    c.begun_ms = now_ms_, c.day = today(), c.outcome = "open";
    count(c.day, {"outcome", {}, c.outcome, 1});
  }

  void turn_out(const std::string& outcome, const std::string& queue) {
    auto& c = chapter_;
    if (c.outcome == outcome && c.queue == queue) return;
    count(c.day, {"outcome", c.queue, c.outcome, -1});
    c.outcome = outcome, c.queue = queue;
    count(c.day, {"outcome", c.queue, c.outcome, 1});
  }

  void replied(reply_kind kind) {
    auto& c = chapter_;
    if (c.begun_ms == 0) return;
    if (kind == reply_kind::answer && c.outcome == "open") turn_out("ai", {});
    if (kind != reply_kind::message || c.responded) return;
    c.responded = true;
    if (c.wait_ms != 0) span("first_response", queue_, c.wait_ms);
  }

  void mode(const mode_body& b) {
    auto was = std::exchange(mode_, b.mode);
    auto& c = chapter_;
    if (b.mode == conversation_mode::closed && b.reason == "moved") return void(c = {}); // it is counted there now
    auto to_people = b.mode == conversation_mode::waiting || b.mode == conversation_mode::person;
    if (to_people && (c.begun_ms == 0 || c.ended_ms != 0)) begin();
    if (c.begun_ms == 0 || c.ended_ms != 0) return;
    if (c.person_ms != 0) span("handle", queue_, std::exchange(c.person_ms, 0));
    if (was == conversation_mode::waiting && b.mode == conversation_mode::person)
      span("wait", queue_, waiting_since_ms_);
    if (was == conversation_mode::waiting && b.mode == conversation_mode::closed)
      span("abandoned", queue_, waiting_since_ms_);
    if (b.mode == conversation_mode::waiting) {
      queue_ = b.queue, waiting_since_ms_ = now_ms_;
      if (c.wait_ms == 0) c.wait_ms = now_ms_;
    }
    if (b.mode == conversation_mode::person) c.person_ms = now_ms_;
    if (to_people) {
      // A seat that wins what waits is the end of a transfer, not another.
      if (b.reason != "given") count(today(), {"transfer", queue_, b.reason, 1});
      turn_out("handed", queue_);
    } else if (b.mode == conversation_mode::ai) {
      if (c.outcome == "handed") turn_out(c.responded ? "person" : "open", queue_);
    } else {
      ended(was, b.reason);
    }
  }

  void ended(conversation_mode was, const std::string& reason) {
    auto& c = chapter_;
    c.ended_ms = now_ms_;
    if (reason == "blocked") return turn_out("blocked", queue_);
    if (reason != "customer_ended") return turn_out("person", queue_);
    if (was == conversation_mode::waiting) return turn_out("left", queue_);
    if (was == conversation_mode::person) return turn_out(c.responded ? "person" : "left", queue_);
  }

  const conversation_data& data_;
  conversation_mode mode_;
  int64_t waiting_since_ms_;
  std::string queue_;
  int64_t now_ms_;
  const tenant_config& tenant_;
  conversation_chapter chapter_;
  std::map<std::string, std::vector<tally_change>> days_;
};

} // namespace

void count_chapter(decision& d, const conversation_data& before, const decide_context& c, const entity_id& me,
                   const tenant_id& tenant) {
  counter n(before, c);
  auto join =
      std::find_if(d.events.begin(), d.events.end(), [](auto& e) { return e.name == conversation_event::joined; });
  if (join == d.events.end())
    for (auto& e : d.events) n.on(e);
  else if (auto b = decode<joined_body>(join->body.data))
    n.joined(b->of.chapter);
  if (c.message.kind == in_kind::entity && c.message.topic == "customer_ended")
    if (auto note = decode<duty_note>(c.message.body.data);
        note && !before.customer.empty() && note->from == customer_id(tenant, before.customer))
      n.rated(note->number);
  if (!(n.chapter() == before.chapter)) d.events.push_back({conversation_event::counted, {encode(n.chapter())}});
  for (auto& [day, changes] : n.days())
    d.replies.push_back({out_kind::entity,
                         {},
                         tally_id(tenant, day, partition_of(tenant, me)),
                         "count",
                         {encode(tally_note{day, changes})}});
}

} // namespace steward
