#include "storage/archive_table.hpp"

#include "storage/keys.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t name_size = 27; // of an entity

std::string key_of(partition_id p, const entity_id& e) { return keys::entity(p, e); }

/// How many conversations hold one of these, at most `most`.
result<size_t> count_of(store& db, partition_id p, const tenant_id& t, const std::set<std::string>& forms,
                        size_t most) {
  size_t n = 0;
  for (auto& w : forms)
    if (auto ok = db.scan(table::words, keys::word_of(p, t, w), {}, scan_order::ascending,
                          [&](auto, auto) { return ++n < most; });
        !ok)
      return ok.error();
  return n;
}

bool holds(const archive_row& row, const std::set<std::string>& forms) {
  return std::any_of(forms.begin(), forms.end(), [&](auto& w) { return row.words.contains(w); });
}

} // namespace

result<archive_row> archived(store& db, partition_id p, const entity_id& e) {
  auto raw = db.get(table::archive, key_of(p, e));
  if (!raw) return raw.error();
  if (!*raw) return archive_row{};
  return decode<archive_row>(**raw, {.bytes = 8 << 20, .items = 1'000'000});
}

status archive_add(store& db, partition_id p, const entity_id& e, archive_row& row, uint64_t turn,
                   const std::map<std::string, int64_t>& said, const archive_limits& limits) {
  write_batch out;
  for (auto& [word, ms] : said) {
    auto there = row.words.find(word);
    if (there != row.words.end()) {
      if (ms - there->second < limits.renew_ms) continue;
      out.erase(table::words, keys::word(p, row.tenant, word, there->second, e));
      there->second = ms;
    } else if (row.words.size() < limits.words) {
      row.words.emplace(word, ms);
    } else {
      continue;
    }
    out.put(table::words, keys::word(p, row.tenant, word, ms, e), {});
  }
  row.turn = turn;
  out.put(table::archive, key_of(p, e), encode(row));
  return db.write(std::move(out));
}

status archive_erase(store& db, write_batch& out, partition_id p, const entity_id& e) {
  auto row = archived(db, p, e);
  if (!row) return row.error();
  for (auto& [word, ms] : row->words) out.erase(table::words, keys::word(p, row->tenant, word, ms, e));
  out.erase(table::archive, key_of(p, e));
  return success();
}

result<archive_hits> archive_search(store& db, partition_id p, const tenant_id& t,
                                    const std::vector<std::set<std::string>>& words, size_t limit,
                                    const archive_limits& limits) {
  archive_hits out;
  if (words.empty()) return out;
  size_t rarest = 0, fewest = SIZE_MAX;
  for (size_t i = 0; i < words.size(); ++i) {
    auto n = count_of(db, p, t, words[i], limits.rarity);
    if (!n) return n.error();
    if (*n == 0) return out;
    if (*n < fewest) fewest = *n, rarest = i;
  }
  std::vector<archive_hit> candidates;
  for (auto& w : words[rarest]) {
    auto prefix = keys::word_of(p, t, w);
    size_t seen = 0;
    auto ok = db.scan(table::words, prefix, {}, scan_order::ascending, [&](std::string_view key, std::string_view) {
      if (++seen > limits.visits) return out.more = true, false;
      key.remove_prefix(prefix.size());
      if (key.size() != 8 + name_size) return true; // another word, which begins with this one and a zero
      auto ms = static_cast<int64_t>(~keys::number(key));
      candidates.push_back({entity_id{std::string(key.substr(8))}, ms});
      return true;
    });
    if (!ok) return ok.error();
  }
  std::sort(candidates.begin(), candidates.end(),
            [](auto& a, auto& b) { return a.ms != b.ms ? a.ms > b.ms : a.conversation.value < b.conversation.value; });
  std::set<std::string> seen;
  for (auto& c : candidates) {
    if (!seen.insert(c.conversation.value).second) continue;
    auto row = archived(db, p, c.conversation);
    if (!row || !std::all_of(words.begin(), words.end(), [&](auto& forms) { return holds(*row, forms); })) continue;
    if (out.found.size() >= limit) return out.more = true, out;
    out.found.push_back(std::move(c));
  }
  return out;
}

} // namespace steward
