#include "access/sign_in.hpp"

#include "access/nats_jwt.hpp"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <nats/nats.h>
#include <set>

namespace steward {
namespace {

constexpr natsStatus unsendable = NATS_ILLEGAL_STATE;

result<credentials> read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return {errc::bad_request, "cannot read the credentials file " + file};
  auto c = parse_creds(std::string{std::istreambuf_iterator<char>(in), {}});
  if (!c) return {c.error().code, file + ": " + c.error().message};
  return c;
}

natsStatus token(char** jwt, char** error, void* file) {
  auto c = read(*static_cast<const std::string*>(file));
  if (!c) return *error = ::strdup(c.error().message.c_str()), NATS_ERR;
  *jwt = ::strdup(c->jwt.c_str());
  return *jwt ? NATS_OK : NATS_NO_MEMORY;
}

natsStatus signature(char** error, unsigned char** out, int* length, const char* nonce, void* file) {
  auto c = read(*static_cast<const std::string*>(file));
  if (!c) return *error = ::strdup(c.error().message.c_str()), NATS_ERR;
  auto s = c->key.sign(nonce ? nonce : ""); // a server that asks nobody who he is sends none
  if (s[0] == 0) return unsendable;
  *out = static_cast<unsigned char*>(::malloc(s.size()));
  if (!*out) return NATS_NO_MEMORY;
  std::memcpy(*out, s.data(), s.size());
  *length = static_cast<int>(s.size());
  return NATS_OK;
}

// NATS.c may call when whoever connected is gone: names of files live as long as the program.
const std::string* kept(const std::string& file) {
  static std::mutex mutex;
  static auto* all = new std::set<std::string>;
  std::lock_guard lock(mutex);
  return &*all->insert(file).first;
}

} // namespace

std::string without_password(const std::string& url) {
  auto scheme = url.find("://");
  auto begin = scheme == std::string::npos ? 0 : scheme + 3;
  auto at = url.rfind('@');
  return at == std::string::npos || at < begin ? url : url.substr(0, begin) + url.substr(at + 1);
}

int connect_signed(natsConnection** out, natsOptions* o) {
  natsStatus s = NATS_OK;
  for (int i = 0; i < 8; ++i)
    if ((s = natsConnection_Connect(out, o)) != unsendable) break;
  return s;
}

status sign_in_with(natsOptions* o, const std::string& file) {
  if (auto c = read(file); !c) return c.error();
  auto* name = const_cast<std::string*>(kept(file));
  if (natsOptions_SetUserCredentialsCallbacks(o, token, name, signature, name) != NATS_OK)
    return {errc::internal, "out of memory"};
  return success();
}

} // namespace steward
