#include "actors/entity/store_reads.hpp"

#include "actors/answer.hpp"
#include "actors/entity/feed_reading.hpp"
#include "actors/entity/store_lists.hpp"
#include "actors/entity/store_report.hpp"
#include "actors/entity/store_worker.hpp"
#include "storage/keys.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr uint32_t feed_limit = 500;
constexpr size_t feed_bytes = 384 << 10; // of a page: it goes in one message

problem as_problem(const failure& f) { return {std::string(to_string(f.code)), f.message}; }

conversation_view show(engine& env, const ops_request& q) {
  conversation_view out;
  auto p = partition_of(q.tenant, q.entity);
  auto s = load_entity(*env.db, env.kinds, p, q.entity);
  if (!s) return out.error = as_problem(s.error()), out;
  if (!*s || (*s)->frame.tenant != q.tenant)
    return out.error = {std::string(to_string(errc::not_found)),
                        "no conversation " + q.entity.value + " of tenant " + q.tenant.value},
           out;
  out.row = row_of(**s);
  out.state = json_of((*s)->model->snapshot().data);
  out.timers = (*s)->frame.timers;
  feed_request f;
  f.tenant = q.tenant, f.conversation = q.entity, f.limit = feed_limit, f.from = std::max<uint64_t>(q.number, 1);
  out.items = read_feed(*env.db, env.kinds, f).items;
  return out;
}

/// What a decision made again from its recorded input differs in; empty: nothing.
std::string difference(const entity_state& before, const turn_record& r, const tenant_config& tenant) {
  auto input = decode<turn_input>(r.input.data);
  if (!input) return "its input does not decode: " + input.error().message;
  auto d = before.model->decide({input->message, input->looked_up, tenant, input->now_ms, r.turn});
  if (d.events.size() != r.events.size()) return "other events";
  for (size_t i = 0; i < d.events.size(); ++i)
    if (!(d.events[i] == r.events[i])) return "event " + std::to_string(i) + " (" + r.events[i].name + ") differs";
  if (d.replies.size() != r.replies.size()) return "other replies";
  for (size_t i = 0; i < d.replies.size(); ++i)
    if (!(d.replies[i] == r.replies[i])) return "reply " + std::to_string(i) + " differs";
  return {};
}

/// Makes every decision up to turn N again from its recorded input, and compares with what stands in the log. The
/// tenant's words are those of today: a turn that was made under other words differs, and says so.
conversation_view replay(engine& env, const ops_request& q) {
  conversation_view out;
  auto s = fresh_entity(env.kinds, q.tenant, q.entity);
  if (!s) return out.error = as_problem(s.error()), out;
  auto kind = env.kinds.at(q.entity.value[0]);
  auto tenants = env.tenants.load();
  auto tenant = tenants->find(q.tenant);
  auto told = [&](const turn_record& r, std::string what) {
    if (what.empty() || !out.matches) return;
    out.matches = false;
    out.difference = "turn " + std::to_string(r.turn) + ": " + what;
  };
  auto ok =
      env.db->scan(table::turns, keys::turns_of(q.entity), {}, scan_order::ascending, [&](auto, std::string_view v) {
        auto r = decode<turn_record>(v, {.bytes = 8 << 20});
        if (!r || r->tenant != q.tenant || (q.number && r->turn > q.number)) return false;
        // What came before was cut off or erased, or it began anew: go on from a whole state.
        if (r->turn > s->frame.turn + 1) {
          if (r->state.empty()) return true;
          auto begun = fold(env.kinds, {{0, *r}});
          if (!begun) return out.error = as_problem(begun.error()), false;
          out.cut_to = r->turn;
          *s = std::move(*begun);
          if (kind.feed_items)
            for (auto& i : kind.feed_items(*r)) out.items.push_back(std::move(i));
          return true;
        }
        if (r->kind == record_kind::snapshot) return true; // the turn before it says as much
        if (kind.feed_items)
          for (auto& i : kind.feed_items(*r)) out.items.push_back(std::move(i));
        if (tenant != tenants->end() && r->kind == record_kind::turn) told(*r, difference(*s, *r, *tenant->second));
        if (auto folded = fold_one(*s, 0, *r); !folded) {
          out.error = as_problem(folded.error());
          return false;
        }
        if (!r->state.empty() && whole_state(*s).data != r->state.data)
          told(*r, "folding its events gives another state than the record carries");
        return true;
      });
  if (!ok) out.error = as_problem(ok.error());
  if (s->frame.turn == 0 && out.error.empty())
    out.error = {std::string(to_string(errc::not_found)),
                 "no conversation " + q.entity.value + " of tenant " + q.tenant.value};
  // What was decided again is all of it; of what was said the newest goes along.
  size_t bytes = 0;
  auto first = out.items.end();
  while (first != out.items.begin() && (bytes += weight_of(*std::prev(first))) <= feed_bytes) --first;
  out.items.erase(out.items.begin(), first);
  out.row = row_of(*s);
  out.state = json_of(s->model->snapshot().data);
  out.timers = s->frame.timers;
  return out;
}

template <class T>
void answer(engine& env, const bus_message& m, const T& x) {
  answer_request(*env.nats, m.reply, x);
}

template <class Q, class F>
void with_request(engine& env, const bus_message& m, F f) {
  if (auto q = decode<Q>(m.data))
    f(*q);
  else
    answer(env, m, ops_ack{false, {}, as_problem(q.error())});
}

} // namespace

conversation_row row_of(const entity_state& s) {
  conversation_row row;
  if (auto summary = s.model->summary(); !summary.empty())
    if (auto r = decode<conversation_row>(summary.data)) row = std::move(*r);
  row.tenant = s.frame.tenant;
  row.conversation = s.frame.entity;
  row.turns = s.frame.turn;
  return row;
}

feed_page read_feed(store& db, const entity_kinds& kinds, const feed_request& q) {
  feed_page out;
  out.conversation = q.conversation;
  auto from = std::max<uint64_t>(q.from, 1);
  auto limit = std::min<uint32_t>(q.limit ? q.limit : 200, feed_limit);
  out.next = from;
  auto kind = q.conversation.empty() ? kinds.end() : kinds.find(q.conversation.value[0]);
  if (kind == kinds.end() || !kind->second.feed_items) return out;
  // Backwards from the newest turn to the first that is wanted: a page nearly always wants the end.
  std::vector<feed_item> items;
  auto ok =
      db.scan(table::turns, keys::turns_of(q.conversation), {}, scan_order::descending, [&](auto, std::string_view v) {
        auto r = decode<turn_record>(v, {.bytes = 8 << 20});
        if (!r || r->tenant != q.tenant) return false;
        auto more = kind->second.feed_items(*r);
        if (more.empty()) return true;
        auto trace = trace_of(*r);
        for (auto& i : more) i.trace = trace;
        for (auto i = more.rbegin(); i != more.rend(); ++i)
          if (i->seq >= from) items.push_back(std::move(*i));
        return more.front().seq > from;
      });
  if (!ok) out.error = as_problem(ok.error());
  std::reverse(items.begin(), items.end());
  size_t bytes = 0, keep = 0; // one at least, that readers get on
  while (keep < std::min<size_t>(items.size(), limit) && ((bytes += weight_of(items[keep])) <= feed_bytes || keep == 0))
    ++keep;
  items.resize(keep);
  if (!items.empty()) out.next = items.back().seq + 1;
  out.items = std::move(items);
  return out;
}

void answer_read(engine& env, const bus_message& m, const node_view& view) {
  auto verb = m.subject.substr(m.subject.rfind('.') + 1);
  if (verb == "feed") {
    auto q = decode<feed_request>(m.data);
    if (!q) {
      feed_page bad;
      bad.error = as_problem(q.error());
      return answer(env, m, bad);
    }
    auto page = read_feed(*env.db, env.kinds, *q);
    if (auto s = load_entity(*env.db, env.kinds, partition_of(q->tenant, q->conversation), q->conversation); s && *s) {
      auto row = row_of(**s);
      page.mode = row.mode, page.name = row.name, page.place = row.place;
    }
    return answer(env, m, page);
  }
  if (verb == "conversations")
    return with_request<ops_request>(env, m, [&](auto& q) { answer(env, m, list_conversations(env, q, view)); });
  if (verb == "report")
    return with_request<report_request>(env, m, [&](auto& q) { answer(env, m, report(env, q, view)); });
  if (verb == "show") return with_request<ops_request>(env, m, [&](auto& q) { answer(env, m, show(env, q)); });
  if (verb == "replay") return with_request<ops_request>(env, m, [&](auto& q) { answer(env, m, replay(env, q)); });
  answer(env, m, ops_ack{false, {}, {std::string(to_string(errc::unsupported)), "no such request: " + m.subject}});
}

} // namespace steward
