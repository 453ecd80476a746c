#include "actors/node/seed.hpp"

#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "actors/node/tenant_folder.hpp"

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

struct source {
  nats_client& nats;
  const engine_config& config;
  seeding& progress;
  const std::function<void(const std::string&)>& say;
};

std::string content_of(const fs::path& p) {
  std::ifstream in(p, std::ios::binary);
  std::ostringstream s;
  s << in.rdbuf();
  return s.str();
}

result<std::vector<fs::path>> files_in(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code ec;
  auto it = fs::recursive_directory_iterator(folder, ec);
  for (; !ec && it != fs::recursive_directory_iterator(); it.increment(ec))
    if (std::error_code none; it->is_regular_file(none)) out.push_back(it->path());
  if (ec) return {errc::bad_request, folder.string() + ": the folder of articles cannot be read: " + ec.message()};
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

bool may_pass(const std::string& code) {
  for (auto e : {errc::unavailable, errc::timeout, errc::overloaded, errc::stopping, errc::unknown_tenant})
    if (code == to_string(e)) return true; // unknown: a node knows a tenant a moment after its version is in the log
  return false;
}

/// Asks until it is done, refused for good, or a minute has passed. Both requests may be repeated: a folder that is
/// pushed twice is one more version of the same, an article that is imported twice is unchanged.
template <class A, class Q>
result<A> insist(const source& s, const std::string& subject, const Q& q) {
  auto until = std::chrono::steady_clock::now() + 60s;
  for (auto pause = 50ms;; pause = std::min<std::chrono::milliseconds>(pause * 2, 1000ms)) {
    auto a = ask<A>(s.nats, subject, encode(q));
    auto code = a ? a->error.code : std::string(to_string(a.error().code));
    if (code.empty()) return a;
    if (!may_pass(code) || s.progress.stop || std::chrono::steady_clock::now() > until)
      return a ? result<A>(errc::bad_request, a->error.message) : a;
    std::this_thread::sleep_for(pause);
  }
}

result<bool> has_any(nats_client& nats, const std::string& stream, const std::string& subject) {
  auto p = std::make_shared<std::promise<result<bool>>>();
  auto f = p->get_future();
  nats.js_last(stream, subject, [p](result<std::optional<stored_message>> r) {
    p->set_value(r ? result<bool>(r->has_value()) : r.error());
  });
  return f.get();
}

bool is_article(const std::string& format) {
  return format == "md" || format == "html" || format == "jsonl" || format == "csv";
}

status bring_in_tenant(const source& s, const tenant_id& t) {
  auto there = has_any(s.nats, "TENANT", subjects::tenant(t));
  if (!there) return there.error();
  if (*there) return success();
  auto files = read_tenant_folder(s.config.tenant_dir, t);
  if (!files) return files.error();
  tenant_version v;
  v.tenant = t;
  v.by = "first start";
  v.files = std::move(*files);
  auto a = insist<ops_ack>(s, subjects::ops("one.tenant_push"), v);
  if (!a) return {a.error().code, "tenant " + t.value + " could not be pushed: " + a.error().message};
  s.say(a->text);
  return success();
}

status bring_in_articles(const source& s, const tenant_id& t) {
  if (s.config.kb_dir.empty()) return success();
  auto there = has_any(s.nats, "KB", "kb." + t.value + ".*");
  if (!there) return there.error();
  if (*there) return success();
  auto files = files_in(s.config.kb_dir);
  if (!files) return files.error();
  size_t added = 0, broken = 0;
  for (auto& f : *files) {
    if (s.progress.stop) return success();
    auto e = f.extension().string();
    kb_import_request q;
    q.tenant = t;
    q.path = fs::relative(f, s.config.kb_dir).string();
    q.format = e.empty() ? "" : e == ".htm" ? "html" : e.substr(1);
    if (!is_article(q.format)) continue;
    q.content.data = content_of(f);
    auto a = insist<kb_import_result>(s, subjects::ops("one.kb_import"), q);
    if (!a) return {a.error().code, f.string() + ": the articles could not be imported: " + a.error().message};
    for (auto& b : a->broken) log::warn("article is broken, and left out", {{"where", b}});
    broken += a->broken.size();
    s.progress.kb_version = std::max(s.progress.kb_version.load(), a->version);
    added += a->added.size() + a->changed.size();
  }
  s.say(std::to_string(added) + " articles of tenant " + t.value + " are imported" +
        (broken ? ", " + std::to_string(broken) + " broken ones left out" : ""));
  return success();
}

} // namespace

result<std::string> check_seed(nats_client& nats, const engine_config& c) {
  if (c.tenant_dir.empty()) return std::string{};
  tenant_id t{c.seed_tenant};
  if (std::error_code ec; !c.kb_dir.empty() && !fs::is_directory(c.kb_dir, ec))
    return {errc::bad_request, c.kb_dir + ": --kb-dir names no folder"};
  if (!subjects::is_name(t.value))
    return {errc::bad_request, "--tenant: a tenant's name is 1 to 40 of a-z, 0-9, '-', '_', not '" + t.value + "'"};
  auto files = read_tenant_folder(c.tenant_dir, t);
  if (files) return std::string{};
  auto there = has_any(nats, "TENANT", subjects::tenant(t));
  if (!there) return there.error();
  auto& what = files.error().message;
  if (!*there)
    return {errc::bad_request,
            "the folder of tenant " + t.value + " has errors, and there is no earlier version:\n" + what};
  std::istringstream in(what);
  for (std::string line; std::getline(in, line);) log::warn("tenant's folder has an error", {{"where", line}});
  auto note = "the folder " + c.tenant_dir + " has errors and is not used: tenant " + t.value +
              " goes on with the version that is in the log ('steward tenant check' names the lines)";
  log::warn(note);
  return note;
}

std::thread seed_tenant(const std::shared_ptr<nats_client>& nats, const engine_config& c, seeding& progress,
                        std::function<void(const std::string&)> say) {
  if (c.tenant_dir.empty()) return progress.done = true, std::thread{};
  return std::thread([nats, c, &progress, say = std::move(say)] {
    source s{*nats, c, progress, say};
    tenant_id t{c.seed_tenant};
    auto ok = bring_in_tenant(s, t);
    if (ok) ok = bring_in_articles(s, t);
    if (!ok) {
      progress.why = ok.error();
      progress.given_up = true;
    }
    progress.done = true;
  });
}

} // namespace steward
