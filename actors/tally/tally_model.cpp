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
    if (c.message.kind != in_kind::entity) return d;
    std::optional<tally_note> all;
    auto take = [&](const std::string& topic, const bytes& body) {
      auto n = topic == "count" ? decode<tally_note>(body.data) : result<tally_note>{failure{errc::bad_request, {}}};
      if (!n || n->changes.size() > most_changes) return;
      if (all)
        all->join(*n);
      else
        all = std::move(*n);
    };
    for (auto& g : c.message.gathered) take(g.topic, g.body);
    take(c.message.topic, c.message.body);
    if (all) d.events.push_back({counted, {encode(*all)}});
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
  out.gathers = true;
  out.keep_days = tally_keep_days;
  return out;
}

} // namespace steward
