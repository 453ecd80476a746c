// An installation's keys on disk, and the users that were made with them. Who can read this folder is everybody.
//
//   operator.nk account.nk system.nk     secret seeds (mode 0600, like all that follows)
//   operator.jwt account.jwt system.jwt  what the NATS server is given
//   engine.creds admin.creds system.creds
//   users.json users/NAME.creds          who was made, until when, and who was revoked
//
// Blocks on the disk. Several programs may use one folder at once: what changes it holds its lock.
#pragma once
#include "access/nats_jwt.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace steward {

struct user_entry {
  std::string name;
  role is = role::agent;
  std::string tenant;
  std::string public_key;
  int64_t made_s = 0, expires_s = 0, revoked_s = 0; // Unix seconds; 0: never
};

class key_folder {
public:
  /// Makes what is missing; a second call changes nothing.
  static result<key_folder> make(const std::filesystem::path&, int64_t now_s);
  /// not_found: no keys there.
  static result<key_folder> open(const std::filesystem::path&);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path creds(const std::string& name) const; // of engine, admin, system, or a user

  /// The lines for a nats-server's configuration. `accounts` is a folder for the server's own use, filled here at each
  /// of its starts; it must be writable for the server, which keeps there what it is told later.
  result<std::string> server_config(const std::filesystem::path& accounts) const;

  /// A new user and its file. conflict: the name is taken by one who is neither revoked nor expired.
  result<user_entry> add(const std::string& name, role, const std::string& tenant, int64_t valid_s, int64_t now_s);
  result<std::vector<user_entry>> users() const;
  /// Void from now on. The new account JWT is in account_jwt(); the server learns it at its next start, or by a request
  /// to `claims_subject` with the file creds("system").
  status revoke(const std::string& name, int64_t now_s);
  result<std::string> account_jwt() const;
  std::string account_key() const; // the public one; empty when it cannot be read
  static constexpr const char* claims_subject = "$SYS.REQ.CLAIMS.UPDATE";
  /// Pure: what the server answered.
  static status claims_answer(std::string_view);

private:
  explicit key_folder(std::filesystem::path p)
      : path_(std::move(p)) {}
  status save(const std::vector<user_entry>&) const;
  status sign_account(const std::vector<user_entry>&, int64_t now_s) const;
  std::filesystem::path path_;
};

// Where programs on one machine find each other's keys: a link per address of a server that Steward started, in
// $STEWARD_CACHE/run (~/.cache/steward/run).
void remember_keys(std::string_view nats_url, const key_folder&);
/// The file of that name (`admin.creds`) for a server on this machine; nothing when none is known.
std::optional<std::filesystem::path> known_creds(std::string_view nats_url, const std::string& file);

} // namespace steward
