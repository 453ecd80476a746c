// Fills the turn log as if so many conversations had each asked one question: the records are what the conversation
// itself decides, under other names, written to TURN_<p> through NATS. For the restart figure.
//
//   bench_fill_log --url nats://… [--tenant demo] [--conversations 100000] [--outstanding 4000]
#include "actors/bus/nats_client.hpp"
#include "actors/conversation/conversation_model.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>

using namespace steward;
using namespace std::chrono_literals;

namespace {
[[noreturn]] void die(const std::string& why) {
  std::fprintf(stderr, "bench_fill_log: %s\n", why.c_str());
  std::_Exit(1);
}
} // namespace

int main(int argc, char** argv) {
  std::string url, tenant_name = "demo";
  size_t conversations = 100'000, outstanding = 4000;
  for (int i = 1; i + 1 < argc; i += 2) {
    std::string n = argv[i], v = argv[i + 1];
    if (n == "--url") url = v;
    if (n == "--tenant") tenant_name = v;
    if (n == "--conversations") conversations = std::stoull(v);
    if (n == "--outstanding") outstanding = std::stoull(v);
  }
  nats_config config;
  config.url = url, config.name = "bench_fill_log";
  auto bus = nats_client::create(config);
  if (!bus) die(bus.error().message);

  // One conversation decides one turn; the others get its record under their own names.
  tenant_id tenant{tenant_name};
  channel_id kiosk{"kiosk"};
  entity_kinds kinds{{'c', conversation_kind()}};
  knowledge_result k;
  k.outcome = verdict::answer, k.confidence = 0.93, k.language = "en", k.step = "cache", k.version = 60;
  k.candidates.push_back({"returns-worn", "Returning boots that were worn", 0, "Which boots", std::string(450, 'x'),
                          "kb/en/returns-worn.md", 0.9});
  auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  auto record_of = [&](size_t i) {
    peer_id peer{"filled" + std::to_string(i)};
    say_request q;
    q.id = "m1", q.text = "can I bring back boots that I have worn twice in the rain?";
    in_message m;
    m.tenant = tenant, m.from = {kiosk, {}, peer}, m.accepted_ms = now.count();
    m.entity = conversation_id(tenant, kiosk, {}, peer);
    m.id = inbound_id(tenant, kiosk, {}, peer, q.id);
    m.body.data = encode(q);
    auto s = fresh_entity(kinds, tenant, m.entity);
    if (!s) die(s.error().message);
    static const tenant_config plain;
    return decide_turn(*s, m, {1, i + 1}, {encode(k)}, plain, now.count());
  };

  std::mutex mutex;
  std::condition_variable changed;
  size_t under_way = 0, bytes = 0;
  std::array<uint64_t, partition_count> last{};
  uint64_t n = 0;
  for (size_t i = 0; i < conversations; ++i) {
    auto r = record_of(i);
    r.node = node_id{"nfilled"}, r.epoch = 1, r.n = ++n;
    auto p = partition_of(tenant, r.entity);
    auto data = encode(r);
    bytes += data.size();
    {
      std::unique_lock lock(mutex);
      if (!changed.wait_for(lock, 30s, [&] { return under_way < outstanding; })) die("the log does not answer");
      ++under_way;
    }
    (*bus)->js_publish(subjects::turn(p, tenant, r.entity), data, {}, 30s, [&, p](result<publish_ack> ack) {
      if (!ack) die("publish: " + ack.error().message);
      std::lock_guard lock(mutex);
      last[p.value] = std::max(last[p.value], ack->seq);
      --under_way;
      changed.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  if (!changed.wait_for(lock, 60s, [&] { return under_way == 0; })) die("the log does not answer");
  // What an owner writes within a second: all of it is delivered.
  for (uint8_t p = 0; p < partition_count; ++p) {
    turn_record floors;
    floors.kind = record_kind::floors;
    floors.node = node_id{"nfilled"}, floors.epoch = 1, floors.n = ++n;
    floors.out_floor = last[p];
    ++under_way;
    (*bus)->js_publish(subjects::floors({p}), encode(floors), {}, 30s, [&](result<publish_ack> ack) {
      if (!ack) die("publish: " + ack.error().message);
      std::lock_guard done(mutex);
      --under_way;
      changed.notify_one();
    });
  }
  if (!changed.wait_for(lock, 60s, [&] { return under_way == 0; })) die("the log does not answer");
  std::printf("{\"conversations\":%zu,\"record_bytes\":%zu}\n", conversations,
              bytes / std::max<size_t>(1, conversations));
}
