#include "actors/customer/customer_model.hpp"
#include "actors/entity/data_model.hpp"
#include "messages/codec_impl.hpp"

STEWARD_CODEC(steward::timeline_entry)
STEWARD_CODEC(steward::customer_data)

namespace steward {
namespace {

constexpr size_t kept = 20;
constexpr const char* happened = "happened";

class customer_model final : public data_model<customer_data> {
public:
  void apply(const event_entry& e) override {
    if (e.name != happened) return;
    auto t = decode<timeline_entry>(e.body.data);
    if (!t) return;
    ++data_.events;
    if (data_.recent.size() == kept) data_.recent.erase(data_.recent.begin());
    data_.recent.push_back(std::move(*t));
  }

  decision decide(const decide_context& c) const override {
    timeline_entry t;
    t.time_ms = c.now_ms;
    if (c.message.kind == in_kind::event) {
      auto e = decode<event_request>(c.message.body.data);
      if (!e) return {};
      t.what = c.message.topic;
      t.id = e->id;
      t.data = e->data;
    } else if (c.message.kind == in_kind::entity) {
      t.what = c.message.topic;
      t.id = c.message.id.value;
    } else {
      return {};
    }
    return {{{happened, {encode(t)}}}, {}, {}, {}};
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
