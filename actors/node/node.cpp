#include "actors/node/node.hpp"

#include "access/key_folder.hpp"
#include "access/sign_in.hpp"
#include "actors/channel/ingress.hpp"
#include "actors/cluster/cluster.hpp"
#include "actors/conversation/conversation_model.hpp"
#include "actors/customer/customer_model.hpp"
#include "actors/defaults.hpp"
#include "actors/entity/archivist.hpp"
#include "actors/entity/partition.hpp"
#include "actors/entity/store_worker.hpp"
#include "actors/forget/forgetter.hpp"
#include "actors/knowledge/knowledge.hpp"
#include "actors/log.hpp"
#include "actors/node/data_folder.hpp"
#include "actors/node/http_links.hpp"
#include "actors/node/level_gauges.hpp"
#include "actors/node/listening.hpp"
#include "actors/node/own_server.hpp"
#include "actors/node/rooms.hpp"
#include "actors/node/seed.hpp"
#include "actors/node/stream_guard.hpp"
#include "actors/seat/queue_model.hpp"
#include "actors/seat/seat_door.hpp"
#include "actors/seat/seat_model.hpp"
#include "actors/service/ops.hpp"
#include "actors/supervision/supervisor.hpp"
#include "actors/tally/tally_model.hpp"
#include "actors/tenant/tenants.hpp"

#include <atomic>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <condition_variable>
#include <csignal>
#include <thread>
#include <unistd.h>

namespace steward {

namespace {

using namespace std::chrono_literals;

struct system_config : caf::actor_system_config {
  explicit system_config(uint32_t threads) {
    add_message_types<caf::id_block::steward>();
    set("scheduler.policy", caf::atom("sharing"));
    set("scheduler.max-threads", threads);
    set("scheduler.max-throughput", size_t{48});
  }
};

class running_node final : public node {
public:
  ~running_node() override {
    if (!stopped_) stop();
  }

  status start(engine_config c) {
    env_ = std::make_shared<engine>();
    env_->config = std::move(c);
    env_->start_ms = static_cast<uint64_t>(now_ms());
    env_->figures = std::make_shared<metrics>();
    env_->tenants.store(none_);
    env_->kinds = {{'c', conversation_kind()}, {'u', customer_kind()}, {'q', queue_kind()},
                   {'h', shelf_kind()},        {'s', seat_kind()},     {tally_kind_letter, tally_kind()}};
    if (auto ok = open_folder(); !ok) return ok;
    if (auto ok = reach_log(); !ok) return ok;
    if (auto ok = make_shared_streams(*env_); !ok) return ok;
    auto seed = check_seed(*env_->nats, env_->config);
    if (!seed) return seed.error();
    seed_note_ = std::move(*seed);
    start_actors();
    if (auto ok = listen(); !ok) return ok;
    seeding_ = seed_tenant(env_->nats, env_->config, seeded_, [](const std::string& line) { log::info(line); });
    return success();
  }

  node_addresses addresses() const override {
    return {without_password(env_->config.nats_url),
            door_ ? "http://" + env_->config.http_host + ":" + std::to_string(door_->port()) : ""};
  }

  status wait_ready(const std::function<bool()>& stop_wanted) override {
    while (!stop_wanted()) {
      if (is_ready().ready) return success();
      if (seeded_.given_up) return seeded_.why;
      std::this_thread::sleep_for(20ms);
    }
    return {errc::stopping, "stopped before it was ready"};
  }

  std::vector<std::string> notes() const override {
    std::vector<std::string> out;
    if (!notice_.empty()) out.push_back(notice_);
    if (!seed_note_.empty()) out.push_back(seed_note_);
    auto v = parse_server_version("nats-server: v" + env_->nats->server().version);
    if (v && *v < server_version{2, 10, 0})
      out.push_back("nats-server " + v->text() +
                    " syncs its disk every two minutes: a power cut may lose what was accepted since. From 2.10 on "
                    "nothing accepted is lost ('scripts/setup run' fetches 2.15.1)");
    std::lock_guard lock(view_mutex_);
    for (auto& n : knowledge_notes_) out.push_back(n);
    return out;
  }

  bool stop() override;
  bool failed() const override { return failed_; }

private:
  status open_folder();
  status reach_log();
  void start_actors();
  std::vector<watched_room> watch_rooms();
  status listen();
  readiness is_ready();
  void refresh_view();
  void end_failed() {
    failed_ = true;
    kill(getpid(), SIGTERM);
  }

  engine_ptr env_;
  std::string notice_, seed_note_;
  own_server server_;
  std::unique_ptr<system_config> system_config_;
  std::unique_ptr<caf::actor_system> system_;
  std::unique_ptr<http_door> door_;
  subscription_list subscriptions_;
  std::shared_ptr<partition_list> partitions_ = std::make_shared<partition_list>();
  cluster_actor cluster_;
  supervisor_actor supervisor_;
  tenants_actor tenants_;
  rooms rooms_;
  std::shared_ptr<room_board> board_ = std::make_shared<room_board>();
  tenant_map none_ = std::make_shared<const std::map<tenant_id, tenant_ptr>>();
  mutable std::mutex view_mutex_;
  std::vector<std::string> knowledge_notes_;
  bool knowledge_ready_ = false;
  node_view view_;
  std::thread watcher_, seeding_;
  seeding seeded_;
  std::atomic<bool> stopping_{false};
  bool stopped_ = false;
  std::atomic<bool> failed_{false};
};

status running_node::open_folder() {
  auto opened = open_data_folder(
      env_->config.data, [this] { return stopping_.load(); },
      [this](const failure& f) {
        if (stopping_) return;
        log::error("store gives up, and the node ends: other nodes and the next start go on from the log",
                   {{"why", f.message}});
        end_failed();
      });
  if (!opened) return opened.error();
  env_->db = std::move(opened->db), env_->node = opened->node, notice_ = std::move(opened->notice);
  return success();
}

status running_node::reach_log() {
  auto& c = env_->config;
  if (auto ok = server_.start(c); !ok) return ok;
  if (c.nats_creds.empty())
    if (auto known = known_creds(c.nats_url, "engine.creds")) c.nats_creds = known->string();
  if (c.nats_creds.empty())
    log::warn("node uses NATS without credentials: whoever reaches that server may do everything",
              {{"url", without_password(c.nats_url)}});
  nats_config n;
  n.url = c.nats_url;
  n.creds_file = c.nats_creds;
  n.name = "stewardd " + env_->node.value;
  auto nats = nats_client::create(n);
  if (!nats) return nats.error();
  env_->nats = std::move(*nats);
  env_->figures->set(gauge::connected, 1);
  env_->nats->on_state([this, figures = env_->figures](connection_state s) {
    figures->set(gauge::connected, s == connection_state::connected ? 1 : 0);
    if (stopping_) return; // closed by ourselves
    if (s == connection_state::connected)
      log::info("node is connected to NATS again");
    else
      log::warn("node lost NATS", {{"state", s == connection_state::closed ? "closed" : "reconnecting"}});
  });
  return success();
}

/// Doors first, then what is there only when the tenants' actor is.
std::vector<watched_room> running_node::watch_rooms() {
  auto kept = [](auto& room, auto a) {
    room.set(a);
    return caf::actor_cast<caf::actor_addr>(a);
  };
  std::vector<watched_room> out;
  out.push_back({"seat-door", [this, kept](caf::actor_system& s) {
                   return kept(rooms_.seats, s.spawn<caf::detached>(run_seat_door, env_, cluster_));
                 }});
  for (size_t i = 0; i < rooms_.doors.size(); ++i)
    out.push_back({"door-" + std::to_string(i), [this, kept, i](caf::actor_system& s) {
                     return kept(rooms_.doors[i], s.spawn(run_ingress, env_, env_->tenants.load()));
                   }});
  out.push_back(
      {"forgetter",
       [this, kept](caf::actor_system& s) { return kept(rooms_.forgetter, s.spawn(run_forgetter, env_, cluster_)); },
       false, [this] { rooms_.forgetter.set({}); }});
  out.push_back({"ops",
                 [this, kept](caf::actor_system& s) {
                   return kept(rooms_.ops, s.spawn(run_ops, ops_links{env_, cluster_, partitions_, tenants_,
                                                                      [this] { return rooms_.forgetter.get(); }, board_,
                                                                      [this] { return notes(); },
                                                                      [this] { return addresses().http; }}));
                 },
                 false, [this] { rooms_.ops.set({}); }});
  out.push_back({"archivist", [this, kept](caf::actor_system& s) {
                   return kept(env_->archiving, s.spawn<caf::detached>(run_archivist, env_));
                 }});
  auto vital = [&](const char* name, auto which) {
    out.push_back({name, [which](caf::actor_system&) { return caf::actor_cast<caf::actor_addr>(which()); }, true});
  };
  vital("cluster", [this] { return cluster_; });
  vital("knowledge", [this] { return env_->knowledge; });
  vital("store", [this] { return env_->storing; });
  vital("tenants", [this] { return tenants_; });
  return out;
}

void running_node::start_actors() {
  auto threads = env_->config.scheduler_threads ? env_->config.scheduler_threads
                                                : std::max(2u, std::thread::hardware_concurrency());
  system_config_ = std::make_unique<system_config>(threads);
  system_ = std::make_unique<caf::actor_system>(*system_config_);
  env_->storing = system_->spawn<caf::detached>(run_store, env_);
  env_->knowledge = spawn_knowledge(*system_, env_, none_);
  cluster_ = system_->spawn(run_cluster, env_, partitions_);
  auto make = [env = env_, cluster = cluster_](caf::actor_system& s, uint8_t p, tenant_map t) {
    return s.spawn(run_partition, env, cluster, partition_id{p}, std::move(t));
  };
  auto watched = watch_rooms();
  auto some = partition_count + rooms_.doors.size() + 1, all = partition_count + watched.size();
  supervisor_ = system_->spawn(run_supervisor, env_, cluster_, partitions_, none_, make, std::move(watched), board_,
                               [this] { end_failed(); });
  auto open = [this](size_t from, size_t to) { // partitions, then rooms in the order of watch_rooms()
    for (auto n = from; n < to; ++n) caf::anon_send(supervisor_, atom::take_v, static_cast<uint8_t>(n));
    while (board_->all().size() < to) std::this_thread::sleep_for(1ms);
  };
  open(0, some);
  tenants_ = system_->spawn<caf::detached>(run_tenants, env_, [this](tenant_map m) {
    env_->tenants.store(m);
    for (auto& p : partitions_->all()) caf::anon_send(p, atom::tenants_v, m);
    caf::anon_send(supervisor_, atom::tenants_v, m);
    for (auto& d : rooms_.doors) caf::anon_send(d.get(), atom::tenants_v, m);
    caf::anon_send(env_->knowledge, atom::tenants_v, m);
  });
  open(some, all);
  watcher_ = std::thread([this, guard = stream_guard(env_), gauges = level_gauges(env_, partitions_)]() mutable {
    while (!stopping_) {
      refresh_view();
      guard.look();
      gauges.look(*system_, view_.mine); // only this thread changes it
      server_.keep_alive();
      std::this_thread::sleep_for(50ms);
    }
  });
}

status running_node::listen() {
  auto all = listen_to(*env_, rooms_, cluster_);
  if (!all) return all.error();
  subscriptions_ = std::move(*all);
  http_config h;
  h.host = env_->config.http_host;
  h.port = env_->config.http_port;
  h.root_tenant = env_->config.seed_tenant;
  h.trusted_proxies = env_->config.trusted_proxies;
  auto door = http_door::create(
      h, make_http_engine(
             env_, [this](const std::string& c) { return rooms_.door_of(c); }, [this] { return is_ready(); }));
  if (!door) return door.error();
  door_ = std::move(*door);
  return success();
}

/// What HTTP threads may read without asking an actor.
void running_node::refresh_view() {
  caf::scoped_actor self{*system_};
  self->request(cluster_, 2s, atom::view_v)
      .receive(
          [&](node_view& v) {
            std::lock_guard lock(view_mutex_);
            view_ = std::move(v);
          },
          [](const caf::error&) {});
  self->request(env_->knowledge, 2s, atom::view_v)
      .receive(
          [&](knowledge_view& v) {
            std::lock_guard lock(view_mutex_);
            knowledge_ready_ = v.ready && seeded_.done && !seeded_.given_up && v.kb_seq >= seeded_.kb_version;
            knowledge_notes_ = std::move(v.notes);
          },
          [](const caf::error&) {});
}

readiness running_node::is_ready() {
  std::lock_guard lock(view_mutex_);
  size_t owned = 0;
  for (auto& [n, p] : view_.living) owned += p.size();
  auto connected = env_->nats->state() == connection_state::connected;
  readiness r;
  r.ready = connected && owned >= partition_count && knowledge_ready_ && !stopping_;
  env_->figures->set(gauge::ready, r.ready ? 1 : 0);
  r.detail = std::string("{\"nats\":") + (connected ? "true" : "false") +
             ",\"partitions_owned\":" + std::to_string(owned) + ",\"partitions\":" + std::to_string(partition_count) +
             ",\"knowledge\":" + (knowledge_ready_ ? "true" : "false") + "}";
  return r;
}

/// 1. no more from outside  2. partitions finish and are released  3. actors end  4. store, NATS, its server
bool running_node::stop() {
  if (std::exchange(stopped_, true)) return true;
  stopping_ = true;
  server_.let_go();
  seeded_.stop = true;
  auto deadline = std::chrono::steady_clock::now() + defaults::stop_deadline;
  if (watcher_.joinable()) watcher_.join();
  if (seeding_.joinable()) seeding_.join();
  for (auto& d : rooms_.doors)
    if (auto door = d.get()) caf::anon_send(door, atom::stop_v);
  door_.reset();
  if (system_) {
    caf::scoped_actor self{*system_};
    auto connected = env_->nats->state() == connection_state::connected;
    for (auto& p : partitions_->all())
      if (p && connected) self->send(p, atom::release_v);
    auto all_free = [&] {
      size_t held = 0;
      for (auto& p : partitions_->all())
        if (p)
          self->request(p, 1s, atom::status_v)
              .receive([&](partition_status& s) { held += s.state != "none"; }, [&](const caf::error&) {});
      return held == 0;
    };
    while (connected && !all_free() && std::chrono::steady_clock::now() < deadline - 4s)
      std::this_thread::sleep_for(10ms);
    subscriptions_.clear();
    auto end = [&](auto& a) {
      if (a) self->send_exit(a, caf::exit_reason::user_shutdown);
      a = std::decay_t<decltype(a)>{};
    };
    auto end_held = [&](auto& room) {
      auto a = room.get();
      room.set({});
      end(a);
    };
    end(supervisor_), end_held(rooms_.ops), end_held(rooms_.forgetter), end(tenants_), end(cluster_),
        end_held(rooms_.seats);
    for (auto& d : rooms_.doors) end_held(d);
    for (auto p : partitions_->all()) end(p);
    for (uint8_t p = 0; p < partition_count; ++p) partitions_->set(p, {});
    end(env_->knowledge);
    end_held(env_->archiving);
    end(env_->storing);
  }
  // The actor system must end on the thread that made it (CAF keeps a logger per thread and waits for it), so the
  // deadline is kept by another.
  std::mutex mutex;
  std::condition_variable ended;
  bool done = false;
  std::thread watchdog([&] {
    std::unique_lock lock(mutex);
    if (ended.wait_until(lock, deadline, [&] { return done; })) return;
    log::error("stop passed its deadline, and the process ends without waiting");
    server_.stop(2s);
    std::_Exit(3);
  });
  if (env_->nats) env_->nats->flush();
  system_.reset(); // waits for every actor
  env_->nats.reset();
  {
    std::lock_guard lock(mutex);
    done = true;
  }
  ended.notify_all();
  watchdog.join();
  env_->db.reset();
  server_.stop(5s);
  return true;
}

} // namespace

result<std::unique_ptr<node>> node::start(engine_config c) {
  auto n = std::make_unique<running_node>();
  if (auto ok = n->start(std::move(c)); !ok) return ok.error();
  return std::unique_ptr<node>(std::move(n));
}

} // namespace steward
