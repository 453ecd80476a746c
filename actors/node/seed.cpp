#include "actors/node/seed.hpp"

#include "actors/defaults.hpp"
#include "actors/log.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

namespace steward {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string content_of(const fs::path& p) {
  std::ifstream in(p, std::ios::binary);
  std::ostringstream s;
  s << in.rdbuf();
  return s.str();
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code ec;
  for (auto& e : fs::recursive_directory_iterator(folder, ec))
    if (e.is_regular_file()) out.push_back(e.path());
  std::sort(out.begin(), out.end());
  return out;
}

template <class A>
result<A> ask(nats_client& nats, const std::string& subject, const std::string& body) {
  auto p = std::make_shared<std::promise<result<bus_message>>>();
  auto f = p->get_future();
  nats.request(subject, body, 10s, {}, [p](result<bus_message> r) { p->set_value(std::move(r)); });
  auto r = f.get();
  if (!r) return r.error();
  return decode<A>(r->data, {.bytes = 8 << 20});
}

bool has_any(nats_client& nats, const std::string& stream, const std::string& subject) {
  auto p = std::make_shared<std::promise<bool>>();
  auto f = p->get_future();
  nats.js_last(stream, subject, [p](result<std::optional<stored_message>> r) { p->set_value(r && r->has_value()); });
  return f.get();
}

/// Every node knows the tenant a moment after its version is in the log: asks again until then.
result<kb_import_result> import(nats_client& nats, const kb_import_request& q) {
  for (int tries = 0;; ++tries) {
    auto a = ask<kb_import_result>(nats, subjects::ops("one.kb_import"), encode(q));
    if (tries == 100 || !a || a->error.code != to_string(errc::unknown_tenant)) return a;
    std::this_thread::sleep_for(50ms);
  }
}

void bring_in(nats_client& nats, const engine_config& c, std::atomic<uint64_t>& kb_version,
              const std::function<void(const std::string&)>& say) {
  tenant_id t{c.seed_tenant};
  if (!has_any(nats, "TENANT", subjects::tenant(t))) {
    tenant_version v;
    v.tenant = t;
    v.by = "first start";
    for (auto& f : files_in(c.tenant_dir)) v.files[fs::relative(f, c.tenant_dir).string()].data = content_of(f);
    auto a = ask<ops_ack>(nats, subjects::ops("one.tenant_push"), encode(v));
    if (!a) return say("tenant " + t.value + " could not be pushed: " + a.error().message);
    if (!a->ok) return say("tenant " + t.value + " could not be pushed: " + a->error.message);
    say(a->text);
  }
  if (c.kb_dir.empty() || has_any(nats, "KB", "kb." + t.value + ".*")) return;
  size_t added = 0;
  for (auto& f : files_in(c.kb_dir)) {
    auto e = f.extension().string();
    kb_import_request q;
    q.tenant = t;
    q.path = fs::relative(f, c.kb_dir).string();
    q.format = e.empty() ? "" : e == ".htm" ? "html" : e.substr(1);
    if (q.format != "md" && q.format != "html" && q.format != "jsonl" && q.format != "csv") continue;
    q.content.data = content_of(f);
    auto a = import(nats, q);
    if (!a) return say("articles could not be imported: " + a.error().message);
    if (!a->error.empty()) return say("articles could not be imported: " + a->error.message);
    for (auto& b : a->broken) say("article is broken: " + b);
    kb_version = std::max(kb_version.load(), a->version);
    added += a->added.size() + a->changed.size();
  }
  say(std::to_string(added) + " articles of tenant " + t.value + " are imported");
}

} // namespace

std::thread seed_tenant(const std::shared_ptr<nats_client>& nats, const engine_config& c, seeding& progress,
                        std::function<void(const std::string&)> say) {
  if (c.tenant_dir.empty()) return progress.done = true, std::thread{};
  return std::thread([nats, c, &progress, say = std::move(say)] {
    bring_in(*nats, c, progress.kb_version, say);
    progress.done = true;
  });
}

} // namespace steward
