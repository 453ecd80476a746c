#include "actors/entity/archive_reads.hpp"

#include "actors/entity/store_reads.hpp"
#include "actors/entity/store_worker.hpp"
#include "storage/archive_table.hpp"
#include "storage/keys.hpp"
#include "storage/text_index.hpp"

#include <algorithm>
#include <optional>

namespace steward {
namespace {

constexpr size_t text_words = 4'000; // of one message: all that 4,000 characters have
constexpr size_t most_turns = 1'000; // of a conversation, looked through for a line
constexpr size_t snippet_before = 60, snippet_bytes = 160;
constexpr size_t closer_bytes = 16 << 10; // of one piece without blanks
constexpr decode_limits record_limits{.bytes = 8 << 20};

problem as_problem(const failure& f) { return {std::string(to_string(f.code)), f.message}; }

/// No AI: what it says stands in the articles.
bool is_searched(const feed_item& i) { return i.by == speaker::customer || i.by == speaker::person; }

std::vector<std::string> languages_of(const engine& env, const tenant_id& t) {
  auto tenants = env.tenants.load();
  auto i = tenants->find(t);
  return i == tenants->end() ? std::vector<std::string>{} : i->second->languages;
}

bool holds_any(const std::set<std::string>& words, const std::set<std::string>& forms) {
  return std::any_of(forms.begin(), forms.end(), [&](auto& w) { return words.contains(w); });
}

size_t count_held(const std::set<std::string>& words, const std::vector<std::set<std::string>>& question) {
  return static_cast<size_t>(
      std::count_if(question.begin(), question.end(), [&](auto& forms) { return holds_any(words, forms); }));
}

/// The character that this byte is of begins here. Of bytes that are no text: at most three before.
size_t character_at(std::string_view s, size_t i) {
  for (int back = 0; back < 3 && i > 0 && i < s.size() && (static_cast<unsigned char>(s[i]) & 0xC0) == 0x80; ++back)
    --i;
  return std::min(i, s.size());
}

/// Where in a piece of a text, about, one of these words stands. Where nothing stands between words: by looking closer,
/// as the words of a long piece as a whole are counted only up to a limit.
std::optional<size_t> place_in(std::string_view piece, const std::vector<std::set<std::string>>& words,
                               const std::vector<std::string>& languages) {
  auto held = [&](std::string_view part) { return count_held(archive_words(part, languages), words) > 0; };
  if (piece.size() > snippet_bytes)
    for (size_t step = 0; step < std::min(piece.size(), closer_bytes); step = character_at(piece, step + 60))
      if (held(piece.substr(step, character_at(piece, step + 72) - step))) return step;
  return held(piece) ? std::optional<size_t>(0) : std::nullopt;
}

/// The newest line that holds most of the question.
void find_line(engine& env, found_conversation& into, const std::vector<std::set<std::string>>& question,
               const std::vector<std::string>& languages) {
  auto& items_of = env.kinds.at(static_cast<char>(entity_kind::conversation)).feed_items;
  size_t best = 0, turns = 0;
  (void)env.db->scan(table::turns, keys::turns_of(into.row.conversation), {}, scan_order::descending,
                     [&](std::string_view, std::string_view v) {
                       auto r = decode<turn_record>(v, record_limits);
                       if (!r) return true;
                       auto items = items_of(*r);
                       for (auto i = items.rbegin(); i != items.rend(); ++i) {
                         if (!is_searched(*i)) continue;
                         auto held = count_held(archive_words(i->text, languages), question);
                         if (held <= best) continue;
                         best = held;
                         into.by = i->by, into.time_ms = i->time_ms, into.name = i->name;
                         into.snippet = snippet_of(i->text, question, languages);
                       }
                       return best < question.size() && ++turns < most_turns;
                     });
}

} // namespace

std::set<std::string> archive_words(std::string_view text, const std::vector<std::string>& languages) {
  std::set<std::string> out;
  for (auto& t : terms_of(text, {}, text_words)) out.insert(std::move(t));
  for (auto& l : languages)
    for (auto& t : terms_of(text, l, text_words)) out.insert(std::move(t));
  return out;
}

std::vector<std::set<std::string>> archive_question(std::string_view text, const std::vector<std::string>& languages) {
  std::vector<std::set<std::string>> out;
  auto take = [&](const std::vector<std::string>& terms) {
    out.resize(std::max(out.size(), terms.size()));
    for (size_t i = 0; i < terms.size(); ++i) out[i].insert(terms[i]);
  };
  take(terms_of(text, {}, searched_words));
  for (auto& l : languages) take(terms_of(text, l, searched_words));
  return out;
}

std::string snippet_of(std::string_view text, const std::vector<std::set<std::string>>& words,
                       const std::vector<std::string>& languages) {
  auto is_blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  size_t at = 0;
  for (size_t i = 0; i < text.size();) {
    auto end = i;
    while (end < text.size() && !is_blank(text[end])) ++end;
    auto piece = text.substr(i, end - i);
    if (auto found = piece.empty() ? std::nullopt : place_in(piece, words, languages)) {
      at = i + *found;
      break;
    }
    i = end + 1;
  }
  auto from = at > snippet_before ? character_at(text, at - snippet_before) : 0;
  auto to = character_at(text, std::min(text.size(), from + snippet_bytes));
  auto out = (from > 0 ? "…" : "") + std::string(text.substr(from, to - from)) + (to < text.size() ? "…" : "");
  std::replace_if(out.begin(), out.end(), is_blank, ' ');
  return out;
}

status archive_one(engine& env, partition_id p, const entity_id& e) {
  std::lock_guard lock(env.archive_gate);
  auto& db = *env.db;
  auto raw = db.get(table::entity, keys::entity(p, e));
  if (!raw) return raw.error();
  auto in = archived(db, p, e);
  if (!in && in.error().code != errc::corrupt) return in.error();
  auto row = *raw ? decode<entity_row>(**raw) : result<entity_row>(errc::not_found, "");
  if (in && row && in->turn == row->turn) return success();
  // Gone, or begun anew since.
  if (!in || !row || in->turn > row->turn || (in->turn > 0 && in->tenant != row->tenant)) {
    write_batch out;
    if (in)
      if (auto ok = archive_erase(db, out, p, e); !ok) return ok;
    if (auto ok = db.write(std::move(out)); !ok) return ok;
    if (!row) return success();
    in = archive_row{};
  }
  in->tenant = row->tenant;
  auto kind = env.kinds.find(e.value[0]);
  if (kind == env.kinds.end() || !kind->second.feed_items) return success();
  auto languages = languages_of(env, row->tenant);
  std::map<std::string, int64_t> said;
  auto ok = db.scan(table::turns, keys::turns_of(e), keys::turn(e, in->turn + 1), scan_order::ascending,
                    [&](std::string_view, std::string_view v) {
                      auto r = decode<turn_record>(v, record_limits);
                      if (!r || r->turn > row->turn) return true;
                      for (auto& i : kind->second.feed_items(*r))
                        if (is_searched(i))
                          for (auto& w : archive_words(i.text, languages)) said[w] = std::max(said[w], i.time_ms);
                      return true;
                    });
  if (!ok) return ok;
  return archive_add(db, p, e, *in, row->turn, said);
}

namespace {

/// The keys that were erased: of both tables, the first and the last.
result<std::map<table, std::pair<std::string, std::string>>> take_out(engine& env, partition_id p, const entity_id& e) {
  std::lock_guard lock(env.archive_gate);
  write_batch out;
  if (auto ok = archive_erase(*env.db, out, p, e); !ok) return ok.error();
  std::map<table, std::pair<std::string, std::string>> ends;
  for (auto& x : out.entries) {
    auto& [first, last] = ends.try_emplace(x.in, x.key, x.key).first->second;
    first = std::min(first, x.key), last = std::max(last, x.key);
  }
  if (auto ok = env.db->write(std::move(out)); !ok) return ok.error();
  return ends;
}

} // namespace

status erase_archived(engine& env, const std::vector<forget_note>& notes) {
  for (auto& n : notes)
    for (auto& e : n.of) {
      auto p = partition_of(n.tenant, e);
      auto ends = take_out(env, p, e);
      if (!ends) return ends.error();
      if (auto ok = archive_one(env, p, e); !ok) return ok;
      for (auto& [t, keys] : *ends)
        if (auto ok = env.db->scour(t, keys.first, keys.second); !ok) return ok;
    }
  return success();
}

seat_found search_archive(engine& env, partition_id p, const ops_request& q) {
  seat_found out;
  auto languages = languages_of(env, q.tenant);
  auto question = archive_question(q.text, languages);
  auto limit = std::min<size_t>(q.limit ? q.limit : 20, found_most);
  auto hits = archive_search(*env.db, p, q.tenant, question, limit);
  if (!hits) return out.error = as_problem(hits.error()), out;
  out.more = hits->more;
  for (auto& h : hits->found) {
    auto s = load_entity(*env.db, env.kinds, p, h.conversation);
    if (!s || !*s || (*s)->frame.tenant != q.tenant) continue; // forgotten since
    found_conversation f;
    f.row = row_of(**s);
    f.time_ms = h.ms;
    find_line(env, f, question, languages);
    if (!f.snippet.empty()) out.found.push_back(std::move(f));
  }
  return out;
}

} // namespace steward
