#include "actors/tenant/tenants.hpp"

#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "actors/tenant/calendar.hpp"

#include <algorithm>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <filesystem>

namespace steward {
namespace {

using self_ptr = tenants_actor::stateful_pointer<tenants_state>;
constexpr size_t kept_versions = 20;

void read_stream(self_ptr self) {
  auto& s = self->state;
  s.reading.reset();
  auto me = caf::actor_cast<tenants_actor>(self->address());
  s.reading = s.env->nats->js_read({"TENANT", {}, s.last_seq + 1, 64}, [in = s.in, me](read_event e) {
    bool first;
    {
      std::lock_guard lock(in->mutex);
      first = in->waiting.empty();
      in->waiting.push_back(std::move(e));
    }
    if (first) caf::anon_send(me, atom::wake_v);
  });
  s.reading->grant(1'000'000);
}

/// Asked until it is known: from there on "unknown tenant" is true.
void look_at_stream(self_ptr self) {
  auto me = caf::actor_cast<tenants_actor>(self->address());
  self->state.env->nats->js_info("TENANT", [me, in = self->state.in](result<stream_info> i) {
    {
      std::lock_guard lock(in->mutex);
      in->created_ns = i ? i->created_ns : 0;
    }
    caf::anon_send(me, atom::marker_v, i ? i->last_seq : i.error().code == errc::not_found ? 0 : UINT64_MAX);
  });
}

/// Nodes look at different moments, so that one of them restores a deleted stream and the others find it done.
void look_again(self_ptr self) {
  auto pause = 500 + static_cast<int64_t>(hash64(self->state.env->node.value) % 500);
  self->delayed_send(self, std::chrono::milliseconds(pause), atom::internal_v, atom::tick_v);
}

/// What its opening hours need of this machine.
status attach_calendar(const engine& env, tenant_config& c) {
  if (auto zone = system_zone(c.time_zone)) c.clock = *zone;
  if (c.hours.holidays.empty()) return success();
  auto days = read_holidays(env.config.cache + "/calendars", c.hours.holidays);
  if (!days) return days.error();
  c.holidays = std::move(*days);
  return success();
}

void take_version(tenants_state& s, tenant_version v) {
  auto read = read_tenant(v.tenant, v.files);
  if (!read.problems.empty()) { // a newer engine may have checked it by other rules
    log::error("tenant version has errors, and the one before stays",
               {{"tenant", v.tenant.value}, {"why", to_string(read.problems)}});
    return;
  }
  read.config.version = v.version;
  if (auto ok = attach_calendar(*s.env, read.config); !ok)
    log::warn("tenant keeps no holidays", {{"tenant", v.tenant.value}, {"why", ok.error().message}});
  log::info("node takes a tenant version", {{"tenant", v.tenant.value}, {"version", v.version}});
  s.current[v.tenant] = std::make_shared<const tenant_config>(std::move(read.config));
  auto& all = s.versions[v.tenant];
  all[v.version] = std::move(v);
  while (all.size() > kept_versions) all.erase(all.begin());
}

void take_events(self_ptr self) {
  auto& s = self->state;
  std::vector<read_event> events;
  {
    std::lock_guard lock(s.in->mutex);
    events.swap(s.in->waiting);
  }
  auto news = false;
  for (auto& e : events) {
    if (e.lost) {
      log::info("tenants lose their reading", {{"why", e.lost->message}});
      look_again(self);
      continue;
    }
    s.last_seq = e.message.seq;
    auto p = decode<part>(e.message.data);
    if (!p) continue;
    auto whole = s.joiner.add(std::move(*p));
    if (!whole || !*whole) continue;
    auto v = decode<tenant_version>(**whole, {.bytes = 64 << 20});
    if (!v) {
      log::error("tenant version does not decode", {{"why", v.error().message}});
      continue;
    }
    v->version = e.message.seq;
    take_version(s, std::move(*v));
    news = true;
  }
  if (news) s.changed(std::make_shared<const std::map<tenant_id, tenant_ptr>>(s.current));
  s.env->tenants_read = s.last_seq >= s.target;
}

ops_ack refused(errc c, std::string why) { return {false, {}, {std::string(to_string(c)), std::move(why)}}; }

/// Publishes the version's parts one after the other and answers when the last is in.
void publish(const engine_ptr& env, std::shared_ptr<std::vector<part>> parts, size_t at, tenant_id t, std::string reply,
             std::string warnings) {
  env->nats->js_publish(
      subjects::tenant(t), encode((*parts)[at]), {}, defaults::publish_timeout, [=](result<publish_ack> ack) {
        if (!ack)
          return env->nats->publish(
              reply, encode(refused(errc::unavailable, "the log cannot be reached now: " + ack.error().message)));
        if (at + 1 < parts->size()) return publish(env, parts, at + 1, t, reply, warnings);
        env->nats->publish(
            reply,
            encode(ops_ack{true, "tenant " + t.value + " is at version " + std::to_string(ack->seq) + warnings, {}}));
      });
}

/// One part after the other, in the order in which the versions were made.
void publish_again(const engine_ptr& env, std::shared_ptr<std::vector<std::pair<std::string, std::string>>> all,
                   size_t at, std::function<void(status)> done) {
  if (at == all->size()) return done(success());
  env->nats->js_publish((*all)[at].first, (*all)[at].second, {}, defaults::publish_timeout,
                        [=](result<publish_ack> ack) {
                          if (!ack) return done(ack.error());
                          publish_again(env, all, at + 1, done);
                        });
}

/// The stream is gone: it is made anew with the versions that this node knows.
void restore(self_ptr self) {
  auto& s = self->state;
  auto limit = static_cast<size_t>(s.env->nats->server().max_payload) / 2;
  std::map<uint64_t, const tenant_version*> in_order;
  for (auto& [t, all] : s.versions)
    for (auto& [n, v] : all) in_order[n] = &v;
  auto again = std::make_shared<std::vector<std::pair<std::string, std::string>>>();
  for (auto& [n, v] : in_order)
    for (auto& p : to_parts(v->tenant.value + "/" + std::to_string(n) + "/" + s.env->node.value, encode(*v), limit))
      again->emplace_back(subjects::tenant(v->tenant), encode(p));
  auto streams = subjects::all_streams();
  auto definition = std::find_if(streams.begin(), streams.end(), [](auto& d) { return d.name == "TENANT"; });
  auto done = [me = caf::actor_cast<tenants_actor>(self->address())](status ok) {
    if (!ok) log::error("stream TENANT cannot be made anew in whole", {{"why", ok.error().message}});
    caf::anon_send(me, atom::internal_v, atom::tick_v);
  };
  log::warn("stream was gone, and is made anew",
            {{"stream", "TENANT"}, {"versions", static_cast<uint64_t>(in_order.size())}});
  s.env->nats->js_ensure(*definition, s.env->config.replicas, [env = s.env, again, done](result<stream_info> made) {
    if (!made) return done(made.error());
    publish_again(env, again, 0, done);
  });
}

/// The stream was looked at: read on, read another incarnation from its first, or make it anew.
void on_stream(self_ptr self, uint64_t last_seq) {
  auto& s = self->state;
  uint64_t created;
  {
    std::lock_guard lock(s.in->mutex);
    created = s.in->created_ns;
  }
  if (last_seq == UINT64_MAX) return look_again(self); // the log is away
  if (created == 0 && s.incarnation != 0) return restore(self);
  if (created != s.incarnation) {
    s.incarnation = created;
    s.last_seq = 0;
    s.versions.clear(); // they are numbered anew; `current` stays until its next version comes
    std::lock_guard lock(s.in->mutex);
    s.in->waiting.clear(); // of the stream that was
  }
  s.target = last_seq;
  s.env->tenants_read = s.last_seq >= s.target;
  read_stream(self);
}

void push(tenants_state& s, tenant_version v, const std::string& reply) {
  auto answer = [&](const ops_ack& a) { s.env->nats->publish(reply, encode(a)); };
  if (!subjects::is_name(v.tenant.value))
    return answer(refused(errc::bad_request, "a tenant's name is 1 to 40 of a-z, 0-9, '-', '_'"));
  auto read = read_tenant(v.tenant, v.files);
  if (!read.problems.empty()) return answer(refused(errc::bad_request, to_string(read.problems)));
  // A machine without calendars cannot say that a region is wrong; one that has them can.
  if (auto ok = attach_calendar(*s.env, read.config);
      !ok && std::filesystem::exists(s.env->config.cache + "/calendars"))
    return answer(refused(errc::bad_request, "tenant.yaml: 'hours/holidays': " + ok.error().message));
  auto warnings = read.warnings.empty() ? std::string() : "\n" + to_string(read.warnings);
  if (v.check_only) return answer({true, "the folder is valid" + warnings, {}});
  v.time_ms = now_ms();
  auto limit = static_cast<size_t>(s.env->nats->server().max_payload) / 2;
  auto name = v.tenant.value + "/" + std::to_string(v.time_ms) + "/" + s.env->node.value;
  auto t = v.tenant;
  publish(s.env, std::make_shared<std::vector<part>>(to_parts(name, encode(v), limit)), 0, t, reply, warnings);
}

void on_request(tenants_state& s, const bus_message& m) {
  auto verb = m.subject.substr(m.subject.rfind('.') + 1);
  auto answer = [&](const auto& a) { s.env->nats->publish(m.reply, encode(a)); };
  if (verb == "tenant_push" || verb == "tenant_check") {
    auto v = decode<tenant_version>(m.data, {.bytes = 8 << 20});
    if (!v) return answer(refused(v.error().code, v.error().message));
    if (verb == "tenant_check") v->check_only = true;
    return push(s, std::move(*v), m.reply);
  }
  auto q = decode<ops_request>(m.data);
  if (!q) return answer(refused(q.error().code, q.error().message));
  if (verb == "tenant_list") {
    tenant_list out;
    for (auto& [t, all] : s.versions)
      if (q->tenant.empty() || q->tenant == t)
        for (auto& [n, v] : all)
          out.rows.push_back(
              {t, n, v.time_ms, v.by, s.current.at(t)->version == n, static_cast<uint32_t>(v.files.size())});
    return answer(out);
  }
  auto all = s.versions.find(q->tenant);
  if (all == s.versions.end())
    return answer(refused(errc::unknown_tenant, "there is no tenant '" + q->tenant.value + "' here"));
  auto v = all->second.find(q->number);
  if (v == all->second.end())
    return answer(refused(errc::not_found, "tenant " + q->tenant.value + " has no version " +
                                               std::to_string(q->number) + " any more: see 'steward tenant list'"));
  auto again = v->second;
  again.by = q->by;
  again.check_only = false;
  push(s, std::move(again), m.reply);
}

} // namespace

tenants_actor::behavior_type run_tenants(self_ptr self, engine_ptr env, std::function<void(tenant_map)> changed) {
  self->state.env = std::move(env);
  self->state.changed = std::move(changed);
  look_at_stream(self);
  return {
      [self](atom::ops, bus_message& m) { on_request(self->state, m); },
      [self](atom::wake) { take_events(self); },
      [self](atom::internal, atom::tick) { look_at_stream(self); },
      [self](atom::marker, uint64_t last_seq) { on_stream(self, last_seq); },
  };
}

} // namespace steward
