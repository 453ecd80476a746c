// Drives a partition_core by hand and shows what it asks for as text, one word per action.
#pragma once
#include "actors/entity/partition_core.hpp"

#include <boost/test/unit_test.hpp>

namespace steward {

inline std::string describe(const core_action& a) {
  auto s = [](auto x) { return std::to_string(x); };
  struct visitor {
    decltype(s) n;
    std::string operator()(const action::read_tail&) const { return "tail"; }
    std::string operator()(const action::publish& x) const {
      auto& r = *x.record;
      auto kind = r.kind == record_kind::turn ? (r.entity.empty() ? "dead" : "turn:" + r.entity.value)
                                              : std::string(to_string(r.kind));
      return kind + "@" + n(x.expected) + (x.behind ? "<" + n(x.behind) : "") + "[" + n(r.in_floor) + "," +
             n(r.out_floor) + "]" + (r.released ? "released" : "");
    }
    std::string operator()(const action::read_record& x) const { return "read:" + n(x.seq); }
    std::string operator()(const action::read_in& x) const { return "in>" + n(x.after); }
    std::string operator()(const action::grant&) const { return ""; }
    std::string operator()(const action::replay& x) const { return "replay:" + n(x.from) + "-" + n(x.to); }
    std::string operator()(const action::hand& x) const {
      auto kind = x.message->kind == in_kind::say ? "" : "(" + std::string(to_string(x.message->kind)) + ")";
      return "hand:" + x.entity.value + "/" + n(x.seq) + kind + (x.attempt > 1 ? "#" + n(x.attempt) : "");
    }
    std::string operator()(const action::deliver& x) const { return "deliver:" + n(x.seq) + "." + n(x.k); }
    std::string operator()(const action::park& x) const { return "park:" + n(x.seq) + "." + n(x.k); }
    std::string operator()(const action::committed& x) const { return "committed:" + n(x.seq); }
    std::string operator()(const action::stand_down& x) const { return "stand_down:" + std::string(to_string(x.why)); }
    std::string operator()(const action::took_over& x) const { return "took:" + n(x.seq) + "/" + n(x.epoch); }
  };
  return std::visit(visitor{s}, a);
}

struct driver {
  core_config config;
  std::unique_ptr<partition_core> core;
  int64_t now = 1000;
  // The last ticket of each kind, and the last records.
  ticket tail = 0, published = 0, record = 0, reading = 0, replay = 0;
  std::map<entity_id, ticket> hands;
  shared_record last_record, first_record; // of the last actions
  std::vector<ticket> all_published;

  driver() {
    config.self = node_id{"n1"};
    config.partition = {3};
    remake();
  }
  void remake() { core = std::make_unique<partition_core>(config); }

  std::string actions() {
    std::string out;
    first_record.reset();
    for (auto& a : core->take_actions()) {
      if (auto* x = std::get_if<action::publish>(&a); x && !first_record) first_record = x->record;
      if (auto* x = std::get_if<action::read_tail>(&a)) tail = x->t;
      if (auto* x = std::get_if<action::publish>(&a))
        published = x->t, last_record = x->record, all_published.push_back(x->t);
      if (auto* x = std::get_if<action::read_record>(&a)) record = x->t;
      if (auto* x = std::get_if<action::read_in>(&a)) reading = x->t;
      if (auto* x = std::get_if<action::replay>(&a)) replay = x->t;
      if (auto* x = std::get_if<action::hand>(&a)) hands[x->entity] = x->t;
      auto s = describe(a);
      if (!s.empty()) out += (out.empty() ? "" : " ") + s;
    }
    return out;
  }
  std::string take(tail_view v = {}) {
    if (v.in_created == 0) v.in_created = 50;
    if (v.turn_created == 0) v.turn_created = 60;
    core->take(now);
    BOOST_TEST(actions() == "tail");
    core->on_tail(tail, v);
    return actions();
  }
  std::string own(tail_view v = {}) { // taken without trouble
    auto before = v.last_seq;
    take(std::move(v));
    return ack(before + 1);
  }
  std::string ack(uint64_t seq) {
    core->on_published(published, publish_outcome::acknowledged, seq);
    return actions();
  }
  std::string outcome(publish_outcome o) {
    core->on_published(published, o, 0);
    return actions();
  }
  std::string found(std::optional<turn_record> r) {
    core->on_record(record, std::move(r));
    return actions();
  }
  static shared_message message(const std::string& entity, const std::string& id = "") {
    auto m = std::make_shared<in_message>();
    m->tenant = tenant_id{"t"}, m->entity = entity_id{entity}, m->id = message_id{id};
    return m;
  }
  uint64_t consumer_seq = 0;
  std::string in(uint64_t seq, const std::string& entity) {
    core->on_message(reading, seq, ++consumer_seq, message(entity));
    return actions();
  }
  std::string decide(const std::string& entity, std::vector<outgoing> replies = {}, std::vector<timer> timers = {}) {
    decision_record d;
    d.record.tenant = tenant_id{"t"}, d.record.entity = entity_id{entity};
    d.record.replies = std::move(replies), d.record.timers = std::move(timers);
    core->decided(hands[entity_id{entity}], std::move(d));
    return actions();
  }
  std::string drop(const std::string& entity) {
    core->dropped(hands[entity_id{entity}]);
    return actions();
  }
  std::string fail(const std::string& entity) {
    core->failed(hands[entity_id{entity}], "it threw");
    return actions();
  }
  std::string after(int64_t ms) {
    core->tick(now += ms);
    return actions();
  }
};

inline outgoing to_peer(const std::string& p) {
  return {out_kind::peer, {channel_id{"web"}, account_id{}, peer_id{p}}, {}, "", {}};
}

} // namespace steward
