#include "actors/answer_cache.hpp"

#include "actors/entity/entity_model.hpp"
#include "actors/folded_text.hpp"

namespace steward {
std::string answer_cache::key_of(const knowledge_query& q) {
  auto text = folded_text(q.text);
  std::string out;
  out.reserve(q.tenant.value.size() + q.language.size() + q.pick.size() + q.before.size() + text.size() + 4);
  for (auto part : {&q.tenant.value, &q.language, &q.pick, &q.before}) (out += *part) += '\0';
  if (!q.search) out += '\0';
  for (auto& m : q.meant) (out += m) += '\0';
  return out += text;
}

std::shared_ptr<const bytes> answer_cache::find(const std::string& key, int64_t now_ms) {
  auto& s = of(key);
  std::lock_guard lock(s.mutex);
  auto i = s.index.find(key);
  if (i == s.index.end() || (i->second->until_ms != 0 && now_ms >= i->second->until_ms)) return nullptr;
  s.by_use.splice(s.by_use.begin(), s.by_use, i->second);
  return i->second->answer;
}

void answer_cache::keep(uint64_t generation, const std::string& key, bytes answer, int64_t until_ms) {
  auto it = std::make_shared<const bytes>(std::move(answer));
  auto& s = of(key);
  std::lock_guard lock(s.mutex);
  if (generation != generation_) return;
  if (auto i = s.index.find(key); i != s.index.end()) {
    i->second->answer = std::move(it), i->second->until_ms = until_ms;
    return;
  }
  if (s.by_use.size() >= most_ && !s.by_use.empty()) {
    s.index.erase(s.by_use.back().key);
    s.by_use.pop_back();
  }
  s.by_use.push_front({key, std::move(it), until_ms});
  s.index.emplace(s.by_use.front().key, s.by_use.begin());
}

// First the number, then the entries: who keeps in between is either emptied out or refused.
void answer_cache::forget() {
  ++generation_;
  for (auto& s : shards_) {
    std::lock_guard lock(s.mutex);
    s.index.clear();
    s.by_use.clear();
  }
}

} // namespace steward
