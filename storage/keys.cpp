#include "storage/keys.hpp"

namespace steward::keys {
namespace {
std::string big_endian(uint64_t n) {
  std::string out(8, '\0');
  for (int i = 7; i >= 0; --i, n >>= 8) out[static_cast<size_t>(i)] = static_cast<char>(n & 255);
  return out;
}
} // namespace

uint64_t number(std::string_view b) {
  uint64_t n = 0;
  for (unsigned char c : b.substr(0, 8)) n = (n << 8) | c;
  return n;
}

std::string partition_prefix(partition_id p) { return std::string(1, static_cast<char>(p.value)); }
std::string entity(partition_id p, const entity_id& e) { return partition_prefix(p) + e.value; }
std::string turns_of(const entity_id& e) { return e.value + '\0'; }
std::string turn(const entity_id& e, uint64_t n) { return turns_of(e) + big_endian(n); }
std::string whole(const entity_id& e, uint64_t n) { return turn(e, n) + "w"; }
std::string timers_of(partition_id p) { return "timers/" + std::to_string(p.value) + "/"; }
std::string timer(partition_id p, const entity_id& e) { return timers_of(p) + e.value; }
std::string applied(partition_id p) { return "applied/" + std::to_string(p.value); }
std::string kb_applied() { return "applied/kb"; }
std::string tenants_applied() { return "applied/tenants"; }
std::string articles_of(const tenant_id& t) { return t.value + '\0'; }
std::string article(const tenant_id& t, const std::string& a) { return articles_of(t) + a; }
std::string vector(const std::string& model, const std::string& hash) { return model + '\0' + hash; }
// The later, the smaller: newest first.
std::string word(partition_id p, const tenant_id& t, const std::string& w, int64_t ms, const entity_id& e) {
  return word_of(p, t, w) + big_endian(~static_cast<uint64_t>(ms)) + e.value;
}
std::string word_of(partition_id p, const tenant_id& t, const std::string& w) {
  return partition_prefix(p) + t.value + '\0' + w + '\0';
}
std::string tenants_of(const tenant_id& t) { return t.value + '\0'; }
std::string tenant(const tenant_id& t, uint64_t v) { return tenants_of(t) + big_endian(v); }

} // namespace steward::keys
