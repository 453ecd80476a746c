#include "clients/cli/context.hpp"
#include "access/key_folder.hpp"
#include "clients/cli/terminal.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <pwd.h>
#include <unistd.h>

namespace steward::cli {

int exit_code_of(errc code) {
  switch (code) {
  case errc::ok: return exit_ok;
  case errc::unavailable:
  case errc::timeout:
  case errc::stopping: return exit_no_answer;
  default: return exit_refused;
  }
}

result<bus_session*> context::bus() {
  if (!session) {
    if (creds.empty())
      if (auto known = known_creds(nats, "admin.creds")) creds = known->string();
    bus_session::options o{.url = nats, .creds_file = creds};
    if (!creds.empty()) {
      std::ifstream in(creds);
      if (!in) return failure{errc::bad_request, "cannot read the credentials file " + creds};
      auto who = bearer_of(std::string{std::istreambuf_iterator<char>(in), {}});
      if (who) {
        user = who->name, role = to_string(who->is), home = who->tenant,
        o.inbox_prefix = inbox_prefix(who->is, who->name);
        // The server drops what is not allowed without a word to the asker: better said here than waited for.
        may_ask = [rights = rights_of(who->is, who->name, who->tenant)](std::string_view s) {
          return may_publish(rights, s);
        };
      }
    }
    auto s = bus_session::connect(o);
    if (!s) {
      auto f = s.error();
      if (f.code == errc::unavailable)
        f.message += ".\n  Start Steward with scripts/run, or name another server with --nats URL or NATS_URL.";
      return f;
    }
    session.emplace(std::move(*s));
  }
  return &*session;
}

bus_session::duration context::timeout(double default_s) const {
  return bus_session::duration(static_cast<int64_t>((timeout_s > 0 ? timeout_s : default_s) * 1000));
}

int fail(const context& c, const failure& f) {
  if (c.json) {
    json_object inner;
    inner("code", to_string(f.code))("message", f.message);
    print_json(json_object().raw("error", inner.text()));
  } else {
    put_error(painted("steward:", colour::bad, use_colours(2)) + " " + safe_text(f.message) + "\n");
  }
  return exit_code_of(f.code);
}

int fail(const context& c, const problem& p) { return fail(c, failure_of(p)); }

int usage(const context& c, const std::string& what) {
  fail(c, failure{errc::bad_request, what});
  return exit_usage;
}

int print_ack(const context& c, const ops_ack& a) {
  if (!a.ok) return fail(c, failure{errc::internal, "the engine did not do it and did not say why"});
  if (c.json)
    put(full_json(a) + "\n");
  else
    put(safe_text(a.text.empty() ? "Done." : a.text) + "\n");
  return exit_ok;
}

void print_json(const json_object& o) { put(o.text() + "\n"); }
void print_table(const table& t) { put(t.text(terminal_width(), out_colours())); }
void print_note(const std::string& s) {
  auto width = terminal_width();
  auto mark = painted("!", colour::warn, out_colours());
  for (auto& line : width > 20 ? wrapped(one_line(s), width - 2) : std::vector{one_line(s)})
    put(std::exchange(mark, " ") + " " + line + "\n");
}
bool out_colours() { return use_colours(1); }

failure failure_of(const problem& p) { return {errc_from(p.code), p.message}; }

int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string user_name() {
  if (auto entry = getpwuid(getuid()); entry && entry->pw_name) return entry->pw_name;
  return "operator";
}

namespace {
/// The name on this machine as a subject may hold it; where the server has no keys, it is no more than that.
std::string asker_name() {
  std::string out;
  for (unsigned char ch : user_name())
    if (out.size() < 40) out += std::isalnum(ch) || ch == '-' || ch == '_' ? static_cast<char>(std::tolower(ch)) : '_';
  return out;
}
} // namespace

status allowed(const context& c, const std::string& subject) {
  if (!c.may_ask || c.may_ask(subject)) return success();
  return {errc::unauthorized, "user " + c.user + ", " + c.role + ", may not ask this (" + subject +
                                  ").\n  --creds FILE or STEWARD_CREDS names another user."};
}

result<bus_session::message> send_and_wait(context& c, const std::string& wanted, std::string_view payload,
                                           double default_timeout_s) {
  auto bus = c.bus();
  if (!bus) return bus.error();
  auto subject = subjects::is_action(wanted) ? subjects::by(c.user.empty() ? asker_name() : c.user, wanted) : wanted;
  if (auto ok = allowed(c, subject); !ok) return ok.error();
  auto m = (*bus)->request(subject, payload, c.timeout(default_timeout_s));
  if (!m) return advice(c, subject, m.error());
  return m;
}

failure advice(const context& c, const std::string& subject, const failure& f) {
  auto begins = [&](std::string_view x) { return subject.rfind(x, 0) == 0; };
  auto where = c.session ? c.session->where() : c.nats;
  if (f.code == errc::timeout)
    return {f.code, f.message + ".\n  It may have happened all the same. --timeout SECONDS waits longer."};
  if (f.code != errc::unavailable || f.message.find("nobody answers") == std::string::npos) return f;
  if (begins("engine."))
    return {f.code, "no engine owns partition " + subject.substr(7, subject.rfind('.') - 7) +
                        " at the moment.\n  `steward status` shows which do; a takeover lasts a few seconds."};
  if (begins("node."))
    return {f.code, "no node '" + subject.substr(5, subject.rfind('.') - 5) +
                        "' answers.\n  `steward nodes` lists those that do."};
  return {f.code, "NATS at " + where +
                      " is there, but no engine answers.\n  Start one with scripts/run, or name another server with "
                      "--nats URL or NATS_URL."};
}

failure refusal(std::string_view answer, const failure& f) {
  auto ack = decode<ops_ack>(answer);
  if (ack && !ack->error.empty()) return failure_of(ack->error);
  return {errc::internal,
          "an engine's answer cannot be read (" + f.message + "): are steward and stewardd of the same version?"};
}

result<entity_id> find_conversation(context& c, const tenant_id& tenant, const std::string& id) {
  constexpr size_t whole = 27; // a letter and 26 of hash
  auto well_formed = !id.empty() && id[0] == 'c' && id.size() <= whole &&
                     id.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") == std::string::npos;
  if (!well_formed)
    return {errc::not_found, "'" + id +
                                 "' is no conversation: ids begin with c and hold 26 letters and digits more.\n"
                                 "  `steward conversations list` shows them; their beginning is enough."};
  if (id.size() == whole) return entity_id(id);
  auto all = call_all<conversation_list>(c, "conversations", {.tenant = tenant, .entity = entity_id(id), .limit = 100});
  if (!all) return all.error();
  std::set<std::string> fits;
  for (auto& list : all->found)
    for (auto& row : list.rows)
      if (row.conversation.value.rfind(id, 0) == 0 && row.tenant == tenant) fits.insert(row.conversation.value);
  if (fits.size() == 1) return entity_id(*fits.begin());
  if (fits.empty()) return {errc::not_found, "tenant " + tenant.value + " has no conversation that begins with " + id};
  std::string some;
  for (auto& f : fits) some += "\n  " + f;
  return {errc::conflict, "more than one conversation begins with " + id + ":" + some};
}

} // namespace steward::cli
