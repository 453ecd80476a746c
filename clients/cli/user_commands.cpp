// users add, list, revoke, init: who may speak to this installation. Works on the folder of keys, which lies on the
// machine that signs; the NATS server is told over the bus.
#include "access/key_folder.hpp"
#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"
#include "messages/audit.hpp"
#include "messages/subjects.hpp"

#include <charconv>

namespace steward::cli {
namespace {
namespace fs = std::filesystem;

struct options {
  std::string keys, name, role, tenant, valid = "90d", accounts;
};

// "90d", "12h", "2w", "forever" (0).
std::optional<int64_t> seconds_of(std::string_view s) {
  if (s == "forever") return 0;
  int64_t n = 0;
  auto [end, bad] = std::from_chars(s.data(), s.data() + s.size(), n);
  std::string_view unit(end, static_cast<size_t>(s.data() + s.size() - end));
  int64_t each = unit == "h" ? 3600 : unit == "d" ? 86400 : unit == "w" ? 7 * 86400 : 0;
  if (bad != std::errc{} || n < 1 || n > 100'000 || each == 0) return std::nullopt;
  return n * each;
}

result<key_folder> keys_of(const context& c, const options& o) {
  if (!o.keys.empty()) return key_folder::open(o.keys);
  if (auto known = known_creds(c.nats, "account.nk")) {
    std::error_code e;
    return key_folder::open(fs::canonical(known->parent_path(), e));
  }
  auto found = key_folder::open("data/keys");
  if (found) return found;
  return {errc::not_found, "no keys are known for " + c.nats +
                               ": name their folder with --keys DIR (DATA/keys of the stewardd that started the "
                               "server), or make some with `steward users init DIR`"};
}

// Where a platform team goes on reading after it was away. Made here, since who may make consumers may do more.
status make_reader(context& c, const std::string& user, const std::string& tenant) {
  auto bus = c.bus();
  if (!bus) return bus.error();
  auto api = [&](const char* verb) { return "$JS.API.CONSUMER." + std::string(verb) + ".REPLY." + user; };
  // One of an earlier user of that name may show another tenant's replies.
  if (auto gone = (*bus)->request(api("DELETE"), "", c.timeout(5)); !gone) return gone.error();
  auto made = (*bus)->request(api("DURABLE.CREATE"),
                              R"({"stream_name":"REPLY","config":{"durable_name":")" + user +
                                  R"(","filter_subject":"reply.)" + tenant +
                                  R"(.*.*","deliver_policy":"all","ack_policy":"explicit","ack_wait":30000000000,)"
                                  R"("max_deliver":-1,"max_ack_pending":1000,"replay_policy":"instant"}})",
                              c.timeout(5));
  if (!made) return made.error();
  if (made->data.find("\"error\"") != std::string::npos)
    return {errc::unavailable, "the stream of replies takes no reader: " + made->data.substr(0, 200)};
  return success();
}

/// Whoever has the keys is everybody, so the line says no more than that, and the account on this machine.
void tell_audit(context& c, const key_folder& keys, const char* action, const user_entry& whom) {
  audit_line l;
  l.user = "keys", l.proved = true, l.action = action, l.tenant = tenant_id(whom.tenant);
  l.time_ms = now_ms(), l.id = std::string(action) + ":" + whom.public_key + ":" + std::to_string(l.time_ms);
  l.on = whom.name + " (" + std::string(to_string(whom.is)) + ")";
  l.outcome = to_string(errc::ok), l.text = "by " + user_name() + " on the machine of the keys";
  auto told = [&]() -> status {
    auto bus = bus_session::connect({.url = c.nats, .creds_file = keys.creds("engine").string()});
    if (!bus) return bus.error();
    auto ack = bus->request(subjects::audit(l.user), encode(l), c.timeout(5));
    if (!ack) return ack.error();
    if (ack->data.find("\"error\"") != std::string::npos) return {errc::unavailable, ack->data.substr(0, 200)};
    return success();
  }();
  if (!told) put_error("It is done, but the audit log could not be told: " + safe_text(told.error().message) + "\n");
}

int add(context& c, const options& o) {
  role r;
  if (!from_string(o.role, r) || r == role::engine)
    return usage(c, "--role is one of admin, supervisor, agent, platform, readonly");
  auto valid = seconds_of(o.valid);
  if (!valid) return usage(c, "--valid is a time like 12h, 90d or 8w, or `forever`");
  auto keys = keys_of(c, o);
  if (!keys) return fail(c, keys.error()), exit_usage;
  if (!subjects::is_name(o.name)) return usage(c, "a user's name is 1 to 40 of a-z, 0-9, '-', '_'");
  auto made = keys->add(o.name, r, o.tenant, *valid, now_ms() / 1000);
  if (!made) return fail(c, made.error());
  if (r == role::platform)
    if (auto ok = make_reader(c, o.name, o.tenant); !ok) {
      (void)keys->revoke(o.name, now_ms() / 1000);
      return fail(c, ok.error());
    }
  tell_audit(c, *keys, "users_add", *made);
  auto file = keys->creds(o.name).string();
  if (c.json) {
    print_json(json_object()("name", made->name)("role", made->is)("tenant", made->tenant)("key", made->public_key)(
        "expires_s", made->expires_s)("file", file)("inbox_prefix", inbox_prefix(r, made->name)));
    return exit_ok;
  }
  put("User " + made->name + ", " + std::string(to_string(r)) + (made->tenant.empty() ? "" : " of " + made->tenant) +
      (made->expires_s ? ", until " + clock_time(made->expires_s * 1000) : "") + ".\nCredentials  " + file +
      "\n             hand this file over safely: whoever has it is " + made->name +
      ".\nUse          steward --creds FILE …   or STEWARD_CREDS=FILE\n             other NATS clients: inbox prefix " +
      inbox_prefix(r, made->name) + "\n");
  return exit_ok;
}

int list(context& c, const options& o) {
  auto keys = keys_of(c, o);
  if (!keys) return fail(c, keys.error()), exit_usage;
  auto all = keys->users();
  if (!all) return fail(c, all.error());
  auto now = now_ms() / 1000;
  auto state = [&](const user_entry& u) {
    return u.revoked_s ? "revoked" : u.expires_s && u.expires_s <= now ? "expired" : "active";
  };
  if (c.json) {
    std::string rows;
    for (auto& u : *all)
      rows += (rows.empty() ? "" : ",") +
              json_object()("name", u.name)("role", u.is)("tenant", u.tenant)("state", std::string(state(u)))(
                  "key", u.public_key)("made_s", u.made_s)("expires_s", u.expires_s)("revoked_s", u.revoked_s)
                  .text();
    return print_json(json_object().raw("users", "[" + rows + "]")), exit_ok;
  }
  auto own = "beside this installation's own admin (" + keys->creds("admin").string() + ")";
  if (all->empty()) return put("No user yet " + own + ": steward users add NAME --role agent --tenant demo\n"), exit_ok;
  table t({{"NAME"}, {"ROLE"}, {"TENANT"}, {"STATE"}, {"UNTIL"}, {"MADE"}});
  for (auto& u : *all) {
    std::string s = state(u);
    t.row({u.name, std::string(to_string(u.is)), u.tenant, cell(s, s == "active" ? colour::good : colour::dim),
           u.expires_s ? clock_time(u.expires_s * 1000) : "", clock_time(u.made_s * 1000)});
  }
  print_table(t);
  print_note(own);
  return exit_ok;
}

int revoke(context& c, const options& o) {
  auto keys = keys_of(c, o);
  if (!keys) return fail(c, keys.error()), exit_usage;
  if (auto ok = keys->revoke(o.name, now_ms() / 1000); !ok) return fail(c, ok.error());
  user_entry gone;
  gone.name = o.name;
  if (auto all = keys->users())
    for (auto& u : *all)
      if (u.name == o.name) gone = u;
  // From here on it is done for good; what may fail is that a running server does not know it yet.
  auto told = [&]() -> status {
    auto jwt = keys->account_jwt();
    if (!jwt) return jwt.error();
    auto bus = bus_session::connect({.url = c.nats, .creds_file = keys->creds("system").string()});
    if (!bus) return bus.error();
    auto answer = bus->request(key_folder::claims_subject, *jwt, c.timeout(5));
    if (!answer) return answer.error();
    return key_folder::claims_answer(answer->data);
  }();
  if (!told) {
    put_error("Revoked, but the NATS server at " + c.nats +
              " could not be told; a server that stewardd starts learns it at its next start.\n");
    return fail(c, told.error());
  }
  tell_audit(c, *keys, "users_revoke", gone);
  if (c.json)
    print_json(json_object()("ok", true)("name", o.name));
  else
    put("User " + o.name + " is revoked; its connections are closed.\n");
  return exit_ok;
}

int init(context& c, const options& o) {
  auto keys = key_folder::make(o.keys, now_ms() / 1000);
  if (!keys) return fail(c, keys.error());
  auto lines = keys->server_config(fs::absolute(o.accounts.empty() ? o.keys + "/accounts" : o.accounts));
  if (!lines) return fail(c, lines.error());
  if (c.json)
    print_json(json_object()("keys", keys->path().string())("config", *lines));
  else
    put("# Lines for your nats-server's configuration. stewardd: --nats-creds " + keys->creds("engine").string() +
        "\n" + *lines);
  return exit_ok;
}

} // namespace

void add_user_commands(command root, context& c) {
  auto group = root.group("users", "Who may speak to this installation, and in which role",
                          "  steward users add anna --role agent --tenant demo\n"
                          "  steward users add shopteam --role platform --tenant demo --valid 52w\n"
                          "  steward users list\n"
                          "  steward users revoke anna       her connections are closed at once");
  auto keys = [](command& cmd, const std::shared_ptr<options>& o) {
    cmd.option("--keys", o->keys, "DIR", "The installation's keys (those of the server that Steward started here)")
        .from_environment("STEWARD_KEYS");
  };
  auto a = std::make_shared<options>();
  auto adding =
      group.add("add", "Make a user and a file of credentials",
                "  steward users add anna --role agent --tenant demo\n"
                "  steward users add ops2 --role readonly --valid 8w\n\n"
                "Roles: admin; supervisor and agent (people on duty of one tenant); platform (a tenant's own\n"
                "programs: its channels, events and tools); readonly (looks on)");
  adding.argument("NAME", a->name, "1 to 40 of a-z 0-9 - _; an agent's seat has this name");
  adding.option("--role", a->role, "ROLE", "admin, supervisor, agent, platform or readonly");
  adding.option("--tenant,-t", a->tenant, "TENANT", "Of a supervisor, agent or platform team");
  adding.option("--valid", a->valid, "TIME", "How long: 12h, 90d, 8w or forever (90d)");
  keys(adding, a);
  adding.run(c, [a](context& x) { return add(x, *a); });
  auto l = std::make_shared<options>();
  auto listing = group.add("list", "All that were made, and which are still good", "  steward users list");
  keys(listing, l);
  listing.run(c, [l](context& x) { return list(x, *l); });
  auto r = std::make_shared<options>();
  auto revoking = group.add("revoke", "Void from now on, without a restart of anything", "  steward users revoke anna");
  revoking.argument("NAME", r->name, "As `steward users list` shows it");
  keys(revoking, r);
  revoking.run(c, [r](context& x) { return revoke(x, *r); });
  auto i = std::make_shared<options>();
  auto making = group.add("init", "Make keys for a NATS server of your own, and print the lines it needs",
                          "  steward users init keys --accounts /var/lib/nats/accounts >> nats-server.conf");
  making.argument("DIR", i->keys, "Where the keys are kept; what is there already stays");
  making.option("--accounts", i->accounts, "DIR", "A folder for that server's own use (DIR/accounts)");
  making.run(c, [i](context& x) { return init(x, *i); });
}

} // namespace steward::cli
