#include "access/key_folder.hpp"
#include "messages/subjects.hpp"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <unistd.h>

namespace steward {
namespace fs = std::filesystem;
namespace {
using json = nlohmann::json;

result<std::string> read(const fs::path& p) {
  std::ifstream in(p, std::ios::binary);
  if (!in) return {errc::not_found, "cannot read " + p.string()};
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

// Whole or not at all, and for nobody else to read.
status write(const fs::path& p, std::string_view text) {
  auto tmp = p.string() + ".new";
  ::unlink(tmp.c_str());
  int fd = ::open(tmp.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  auto done = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!done || ::rename(tmp.c_str(), p.c_str()) != 0) return {errc::unavailable, "cannot write " + p.string()};
  return success();
}

struct locked {
  explicit locked(const fs::path& folder)
      : fd(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (fd >= 0) ::flock(fd, LOCK_EX);
  }
  ~locked() {
    if (fd >= 0) ::close(fd);
  }
  locked(const locked&) = delete;
  int fd;
};

result<nkey> key_in(const fs::path& p) {
  auto text = read(p);
  if (!text) return text.error();
  auto key = nkey::from_seed(*text);
  if (!key) return {key.error().code, p.string() + ": " + key.error().message};
  return key;
}

status make_all(const fs::path& dir, int64_t now_s) {
  auto op = nkey::make(nkey_kind::operator_key), account = nkey::make(nkey_kind::account),
       system = nkey::make(nkey_kind::account);
  std::vector<std::pair<std::string, std::string>> files = {
      {"operator.nk", op.seed() + "\n"},
      {"account.nk", account.seed() + "\n"},
      {"system.nk", system.seed() + "\n"},
      {"operator.jwt", operator_jwt(op, "steward", system.public_key(), now_s) + "\n"},
      {"account.jwt", account_jwt(op, {"steward", account.public_key(), true, {}}, now_s) + "\n"},
      {"system.jwt", account_jwt(op, {"system", system.public_key(), false, {}}, now_s) + "\n"},
      {"users.json", "{\"users\": []}\n"}};
  auto creds = [&](const nkey& by, const std::string& name, role r) {
    auto user = nkey::make(nkey_kind::user);
    auto jwt = user_jwt(by, {name, user.public_key(), rights_of(r, name, ""), {"role:" + std::string(to_string(r))}, 0},
                        now_s);
    files.emplace_back(name + ".creds", creds_text(jwt, user.seed()));
  };
  creds(account, "engine", role::engine);
  creds(account, "admin", role::admin);
  creds(system, "system", role::engine);
  for (auto& [name, text] : files)
    if (auto ok = write(dir / name, text); !ok) return ok;
  return success();
}

} // namespace

result<key_folder> key_folder::open(const fs::path& p) {
  std::error_code e;
  if (!fs::exists(p / "account.nk", e)) return {errc::not_found, "no keys in " + p.string()};
  return key_folder(fs::absolute(p));
}

result<key_folder> key_folder::make(const fs::path& p, int64_t now_s) {
  if (auto there = open(p)) return there;
  std::error_code e;
  fs::create_directories(fs::absolute(p).parent_path(), e);
  // Ready beside it, then named: a crash on the way leaves no half of it.
  auto tmp = p.string() + ".new";
  fs::remove_all(tmp, e);
  fs::create_directories(fs::path(tmp) / "users", e);
  if (e) return {errc::unavailable, "cannot make " + tmp + ": " + e.message()};
  fs::permissions(tmp, fs::perms::owner_all, e);
  if (auto ok = make_all(tmp, now_s); !ok) return ok.error();
  fs::rename(tmp, p, e);
  if (e) {
    if (auto there = open(p)) return there; // another was first
    return {errc::unavailable, "cannot make " + p.string() + ": " + e.message()};
  }
  return open(p);
}

fs::path key_folder::creds(const std::string& name) const {
  auto own = name == "engine" || name == "admin" || name == "system";
  return own ? path_ / (name + ".creds") : path_ / "users" / (name + ".creds");
}

result<std::string> key_folder::account_jwt() const {
  auto text = read(path_ / "account.jwt");
  if (text && text->ends_with('\n')) text->pop_back();
  return text;
}

std::string key_folder::account_key() const {
  auto key = key_in(path_ / "account.nk");
  return key ? key->public_key() : "";
}

result<std::string> key_folder::server_config(const fs::path& accounts) const {
  std::string preload;
  std::error_code e;
  fs::create_directories(accounts, e);
  auto system = key_in(path_ / "system.nk");
  if (!system) return system.error();
  for (auto name : {"account", "system"}) {
    auto key = key_in(path_ / (std::string(name) + ".nk"));
    auto jwt = read(path_ / (std::string(name) + ".jwt"));
    if (!key) return key.error();
    if (!jwt) return jwt.error();
    jwt->erase(jwt->find_last_not_of('\n') + 1);
    // This folder of keys is the truth; the server's own is a copy that is made anew at each start.
    if (auto ok = write(accounts / (key->public_key() + ".jwt"), *jwt); !ok) return ok.error();
  }
  auto quoted = [](const fs::path& p) { return json(p.string()).dump(); };
  return "operator: " + quoted(path_ / "operator.jwt") + "\nsystem_account: " + system->public_key() +
         "\nresolver {\n  type: full\n  dir: " + quoted(accounts) + "\n  allow_delete: false\n  interval: \"2m\"\n}\n";
}

result<std::vector<user_entry>> key_folder::users() const {
  auto text = read(path_ / "users.json");
  if (!text) return text.error();
  auto all = json::parse(*text, nullptr, false);
  std::vector<user_entry> out;
  if (!all.is_object() || !all.contains("users") || !all["users"].is_array())
    return {errc::corrupt, (path_ / "users.json").string() + " cannot be read"};
  for (auto& j : all["users"]) {
    user_entry u;
    if (!j.is_object()) continue;
    u.name = j.value("name", ""), u.tenant = j.value("tenant", ""), u.public_key = j.value("key", "");
    u.made_s = j.value("made_s", int64_t(0)), u.expires_s = j.value("expires_s", int64_t(0));
    u.revoked_s = j.value("revoked_s", int64_t(0));
    from_string(j.value("role", ""), u.is);
    out.push_back(std::move(u));
  }
  return out;
}

status key_folder::save(const std::vector<user_entry>& all) const {
  json list = json::array();
  for (auto& u : all)
    list.push_back({{"name", u.name},
                    {"role", to_string(u.is)},
                    {"tenant", u.tenant},
                    {"key", u.public_key},
                    {"made_s", u.made_s},
                    {"expires_s", u.expires_s},
                    {"revoked_s", u.revoked_s}});
  return write(path_ / "users.json", json{{"users", list}}.dump(1) + "\n");
}

result<user_entry> key_folder::add(const std::string& name, role r, const std::string& tenant, int64_t valid_s,
                                   int64_t now_s) {
  if (!subjects::is_name(name)) return {errc::bad_request, "a user's name is 1 to 40 of a-z, 0-9, '-', '_'"};
  if (name == "engine" || name == "system" || name == "admin")
    return {errc::bad_request, "the name '" + name + "' is taken by Steward itself"};
  if (needs_tenant(r) && !subjects::is_name(tenant))
    return {errc::bad_request, "role " + std::string(to_string(r)) + " is of one tenant: say which with --tenant"};
  locked hold(path_);
  auto all = users();
  if (!all) return all.error();
  for (auto& u : *all)
    if (u.name == name && !u.revoked_s && (!u.expires_s || u.expires_s > now_s))
      return {errc::conflict, "there is a user '" + name + "' already; `steward users revoke " + name + "` first"};
  auto account = key_in(path_ / "account.nk");
  if (!account) return account.error();
  auto key = nkey::make(nkey_kind::user);
  user_entry u{name, r, needs_tenant(r) ? tenant : "", key.public_key(), now_s, valid_s > 0 ? now_s + valid_s : 0, 0};
  std::vector<std::string> tags = {"role:" + std::string(to_string(r))};
  if (!u.tenant.empty()) tags.push_back("tenant:" + u.tenant);
  auto jwt = user_jwt(*account, {name, u.public_key, rights_of(r, name, u.tenant), tags, u.expires_s}, now_s);
  // Listed before its file is there: what can be used can be revoked.
  all->push_back(u);
  if (auto ok = save(*all); !ok) return ok.error();
  if (auto ok = write(creds(name), creds_text(jwt, key.seed())); !ok) return ok.error();
  return u;
}

status key_folder::sign_account(const std::vector<user_entry>& all, int64_t now_s) const {
  auto op = key_in(path_ / "operator.nk"), account = key_in(path_ / "account.nk");
  if (!op) return op.error();
  if (!account) return account.error();
  account_claims a{"steward", account->public_key(), true, {}};
  for (auto& u : all)
    if (u.revoked_s && (!u.expires_s || u.expires_s > now_s)) a.revoked[u.public_key] = u.revoked_s;
  return write(path_ / "account.jwt", steward::account_jwt(*op, a, now_s) + "\n");
}

status key_folder::revoke(const std::string& name, int64_t now_s) {
  locked hold(path_);
  auto all = users();
  if (!all) return all.error();
  bool found = false;
  for (auto& u : *all)
    if (u.name == name && !u.revoked_s) u.revoked_s = std::max(now_s, u.made_s), found = true;
  if (!found) return {errc::not_found, "there is no user '" + name + "', or it is revoked already"};
  if (auto ok = save(*all); !ok) return ok;
  if (auto ok = sign_account(*all, now_s); !ok) return ok;
  std::error_code e;
  fs::remove(creds(name), e);
  return success();
}

status key_folder::claims_answer(std::string_view text) {
  auto j = json::parse(text, nullptr, false);
  if (j.is_object() && j.contains("data") && j["data"].is_object() && j["data"].value("code", 0) == 200)
    return success();
  std::string why(text.substr(0, 200));
  if (j.is_object() && j.contains("error") && j["error"].is_object()) why = j["error"].value("description", why);
  return {errc::unavailable, "the NATS server did not take the new account: " + why};
}

namespace {

fs::path place_of(std::string_view url) {
  auto from = url.find("://");
  auto address = std::string(from == url.npos ? url : url.substr(from + 3));
  if (auto at = address.rfind('@'); at != address.npos) address.erase(0, at + 1);
  address.erase(std::min(address.find_first_of("/, "), address.size()));
  if (address.rfind("localhost", 0) == 0) address.replace(0, 9, "127.0.0.1");
  if (address.find(':') == address.npos) address += ":4222";
  if (address.rfind("127.0.0.1:", 0) != 0) return {};
  auto cache = std::getenv("STEWARD_CACHE"), home = std::getenv("HOME");
  fs::path root = cache && *cache ? fs::path(cache) : home && *home ? fs::path(home) / ".cache/steward" : fs::path();
  return root.empty() ? fs::path() : root / "run" / ("nats-" + address.substr(10));
}

} // namespace

void remember_keys(std::string_view url, const key_folder& keys) {
  auto link = place_of(url);
  if (link.empty()) return;
  std::error_code e;
  fs::create_directories(link.parent_path(), e);
  // Of servers whose keys are gone, and what stood under this address.
  for (auto& f : fs::directory_iterator(link.parent_path(), e))
    if (std::error_code gone; f.is_symlink(gone) && (f.path() == link || !fs::exists(f.path(), gone)))
      fs::remove(f.path(), gone);
  fs::create_directory_symlink(keys.path(), link, e);
}

std::optional<fs::path> known_creds(std::string_view url, const std::string& file) {
  auto link = place_of(url);
  std::error_code e;
  if (link.empty() || !fs::exists(link / file, e)) return std::nullopt;
  return link / file;
}

} // namespace steward
