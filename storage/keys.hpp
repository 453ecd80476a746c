// The grammar of keys. Numbers are big-endian, so that they sort. Stored: do not change.
#pragma once
#include "messages/envelope.hpp"

#include <string>

namespace steward::keys {

std::string entity(partition_id, const entity_id&); // also of the table of the waiting
std::string turn(const entity_id&, uint64_t turn);
std::string whole(const entity_id&, uint64_t turn); // of turns: a snapshot taken after this turn; sorts behind it
std::string turns_of(const entity_id&);             // prefix
std::string timers_of(partition_id);                // meta, prefix: entities that have set a timer
std::string timer(partition_id, const entity_id&);
std::string partition_prefix(partition_id);
std::string applied(partition_id); // meta: applied_marker
std::string kb_applied();          // meta
std::string tenants_applied();     // meta
std::string article(const tenant_id&, const std::string& article);
std::string articles_of(const tenant_id&);
std::string vector(const std::string& model, const std::string& text_hash);
std::string tenant(const tenant_id&, uint64_t version);
std::string tenants_of(const tenant_id&);

std::string word(partition_id, const tenant_id&, const std::string& word, int64_t ms, const entity_id&);
std::string word_of(partition_id, const tenant_id&, const std::string& word); // prefix

uint64_t number(std::string_view eight_bytes);

} // namespace steward::keys
