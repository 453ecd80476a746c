#include "actors/customer/customer_model.hpp"
#include "actors/entity/data_model.hpp"
#include "messages/codec_impl.hpp"
#include "messages/forget.hpp"
#include "messages/seat.hpp"
#include "messages/tally.hpp"

namespace steward {

/// Data of the event `chat_ended`: the customer ended a conversation.
struct chat_end {
  entity_id conversation;
  uint64_t stars = 0; // 1 to 5, where they were given
  template <class F>
  void fields(F& f) {
    f("conversation", conversation), f("stars", stars);
  }
};

/// Body of a conversation's word that it begins: its id, of all that stands there.
struct begun_conversation {
  entity_id id;
  template <class F>
  void fields(F& f) {
    f("id", id);
  }
};

/// Data of the event `answer_rated`.
struct answer_rating {
  bool right = false;
  template <class F>
  void fields(F& f) {
    f.required("right", right);
  }
};

} // namespace steward

STEWARD_CODEC(steward::chat_end)
STEWARD_CODEC(steward::begun_conversation)
STEWARD_CODEC(steward::answer_rating)
STEWARD_CODEC(steward::timeline_entry)
STEWARD_CODEC(steward::customer_change)
STEWARD_CODEC(steward::customer_data)

namespace steward {
namespace {

constexpr size_t kept = 20;
constexpr size_t kept_bytes = 256 << 10; // of their data, since one record of the log holds all of it
constexpr const char* happened = "happened";
constexpr const char* forgotten = "forgotten";
constexpr const char* met = "met";
constexpr const char* blocked = "blocked";
constexpr const char* unblocked = "unblocked";

bool is_conversation(const entity_id& e) {
  return e.value.size() == 27 && e.value[0] == static_cast<char>(entity_kind::conversation);
}

class customer_model final : public data_model<customer_data> {
public:
  void apply(const event_entry& e) override {
    if (e.name == forgotten) data_ = {};
    if (e.name == met || e.name == blocked || e.name == unblocked) return apply_change(e);
    if (e.name != happened) return;
    auto t = decode<timeline_entry>(e.body.data);
    if (!t) return;
    ++data_.events;
    data_.recent.push_back(std::move(*t));
    auto& all = data_.recent;
    size_t bytes = 0, keep = 0; // the newest is kept however large
    while (keep < std::min(all.size(), kept) && (bytes += all[all.size() - 1 - keep].data.msgpack.size()) <= kept_bytes)
      ++keep;
    all.erase(all.begin(), all.end() - static_cast<ptrdiff_t>(std::max<size_t>(keep, 1)));
  }

  decision decide(const decide_context& c) const override {
    if (auto f = read_forget(c.message)) return f->names(c.message.entity) ? decision{{{forgotten, {}}}} : decision{};
    timeline_entry t;
    t.time_ms = c.now_ms;
    if (c.message.kind == in_kind::event) {
      auto e = decode<event_request>(c.message.body.data);
      if (!e) return {};
      t.what = c.message.topic;
      t.id = e->id;
      t.data = e->data;
      decision d;
      d.events.push_back({happened, {encode(t)}});
      if (t.what == "chat_ended") end_conversation(d, c.message, t.data);
      if (t.what == "answer_rated") count_rating(d, c, t.data);
      return d;
    } else if (c.message.kind == in_kind::entity) {
      t.what = c.message.topic;
      t.id = c.message.id.value;
      if (t.what == blocked || t.what == unblocked) return change_block(c, std::move(t));
      if (t.what == "conversation") return meet(c, std::move(t));
      if (t.what == "signed_in") t.data.msgpack = c.message.body.data; // which visitor it was, and his conversation
    } else {
      return {};
    }
    return {{{happened, {encode(t)}}}, {}, {}, {}};
  }

private:
  void apply_change(const event_entry& e) {
    auto x = decode<customer_change>(e.body.data);
    if (!x) return;
    if (e.name == blocked) data_.blocked = x->by;
    if (e.name == unblocked) data_.blocked.clear();
    if (x->conversation.empty()) return;
    std::erase(data_.conversations, x->conversation);
    // One that was told of a block must hear when it is lifted.
    auto most = data_.blocked.empty() ? kept : 10 * kept;
    while (data_.conversations.size() >= most) data_.conversations.erase(data_.conversations.begin());
    data_.conversations.push_back(x->conversation);
  }

  static void tell(decision& d, const decide_context& c, const entity_id& whom, const char* topic,
                   const std::string& by) {
    duty_note n;
    n.from = c.message.entity, n.seat = by;
    d.replies.push_back({out_kind::entity, {}, whom, topic, {encode(n)}});
  }

  /// A conversation begins: of one who is blocked it ends at once.
  decision meet(const decide_context& c, timeline_entry t) const {
    decision d;
    d.events.push_back({happened, {encode(t)}});
    auto b = decode<begun_conversation>(c.message.body.data);
    if (!b || !is_conversation(b->id)) return d;
    d.events.push_back({met, {encode(customer_change{b->id, {}})}});
    if (!data_.blocked.empty()) tell(d, c, b->id, blocked, data_.blocked);
    return d;
  }

  /// Blocked in one conversation is blocked in all that are known, and so is the lifting of it.
  decision change_block(const decide_context& c, timeline_entry t) const {
    auto n = decode<duty_note>(c.message.body.data);
    auto& which = n ? n->ticket.conversation : c.message.entity;
    if (!n || !is_conversation(which) || (t.what == blocked && n->seat.empty()) ||
        (t.what == blocked) == !data_.blocked.empty())
      return {};
    decision d;
    auto topic = t.what == blocked ? blocked : unblocked;
    d.events.push_back({happened, {encode(t)}});
    d.events.push_back({topic, {encode(customer_change{which, n->seat})}});
    for (auto& other : data_.conversations)
      if (other != which) tell(d, c, other, topic, n->seat);
    return d;
  }

  /// The conversation checks that it is this customer's.
  static void end_conversation(decision& d, const in_message& m, const value& data) {
    auto end = decode<chat_end>(data.msgpack);
    if (!end || !is_conversation(end->conversation)) return;
    duty_note n;
    n.from = m.entity, n.number = end->stars;
    d.replies.push_back({out_kind::entity, {}, end->conversation, "customer_ended", {encode(n)}});
  }

  static void count_rating(decision& d, const decide_context& c, const value& data) {
    auto rating = decode<answer_rating>(data.msgpack);
    if (!rating) return;
    auto& t = c.message.tenant;
    auto day = c.tenant.day_at(c.now_ms);
    tally_note n{day, {{"answer", {}, rating->right ? "right" : "wrong", 1}}};
    d.replies.push_back(
        {out_kind::entity, {}, tally_id(t, day, partition_of(t, c.message.entity)), "count", {encode(n)}});
  }
};

std::vector<feed_item> timeline(const turn_record& r) {
  std::vector<feed_item> out;
  for (auto& e : r.events)
    if (auto t = decode<timeline_entry>(e.body.data)) {
      feed_item i;
      i.seq = r.turn, i.time_ms = t->time_ms, i.by = speaker::system, i.id = t->id, i.kind = t->what;
      i.text = t->data.empty() ? std::string{} : json_of(t->data.msgpack);
      out.push_back(std::move(i));
    }
  return out;
}

} // namespace

entity_kind_definition customer_kind() {
  return {"customer",
          [](const tenant_id&, const entity_id&) -> std::unique_ptr<entity_model> {
            return std::make_unique<customer_model>();
          },
          timeline,
          {}};
}

} // namespace steward
