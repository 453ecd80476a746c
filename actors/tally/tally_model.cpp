// Messages: from conversations and customers "count" (a tally_note). It sends none.
#include "actors/tally/tally_model.hpp"
#include "actors/entity/data_model.hpp"
#include "messages/codec_impl.hpp"

namespace steward {
namespace {

constexpr const char* counted = "counted";
constexpr size_t most_changes = 32;

class tally_model final : public data_model<tally_data> {
public:
  void apply(const event_entry& e) override {
    if (e.name != counted) return;
    if (auto n = decode<tally_note>(e.body.data)) data_.add(*n);
  }
  decision decide(const decide_context& c) const override {
    decision d;
    if (c.message.kind != in_kind::entity || c.message.topic != "count") return d;
    auto n = decode<tally_note>(c.message.body.data);
    if (n && n->changes.size() <= most_changes) d.events.push_back({counted, c.message.body});
    return d;
  }
};

} // namespace

entity_kind_definition tally_kind() {
  entity_kind_definition out;
  out.name = "tally";
  out.make = [](const tenant_id&, const entity_id&) -> std::unique_ptr<entity_model> {
    return std::make_unique<tally_model>();
  };
  out.keep_days = tally_keep_days;
  return out;
}

} // namespace steward
