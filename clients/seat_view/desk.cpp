#include "clients/seat_view/desk.hpp"

#include <algorithm>

namespace steward::seat_ui {

bool talk::customer_spoke_last() const {
  if (!held_id.empty()) return false;
  for (auto i = items.rbegin(); i != items.rend(); ++i)
    if (i->by != speaker::system) return i->by == speaker::customer;
  return false;
}

desk::desk(options o)
    : who(std::move(o)) {}

std::vector<effect> desk::update(const event& e) {
  out_.clear();
  std::visit([&](auto& x) { on(x); }, e);
  return std::move(out_);
}

std::vector<list_row> desk::rows() const {
  std::vector<list_row> out;
  for (auto& o : offers) out.push_back({list_row::kind::offered, o.conversation});
  for (auto asleep : {false, true})
    for (auto& h : me.held)
      if ((h.until_ms > 0) == asleep) out.push_back({list_row::kind::mine, h.conversation});
  for (auto& r : queue.rows)
    if (!mine(r.conversation) && !offered(r.conversation)) out.push_back({list_row::kind::waiting, r.conversation});
  auto beside = guests_;
  if (!looked.empty()) beside.insert(looked);
  for (auto& c : beside)
    if (std::none_of(out.begin(), out.end(), [&](auto& r) { return r.conversation == c; }))
      out.push_back({list_row::kind::looked, c});
  return out;
}

/// What Enter means where nothing is marked: an offer, who waits for this person's answer, who waits longest.
size_t desk::list_at() const {
  auto all = rows();
  auto first = [&](auto fits) {
    auto i = std::find_if(all.begin(), all.end(), fits);
    return i == all.end() ? std::optional<size_t>() : static_cast<size_t>(i - all.begin());
  };
  if (picked_) return first([&](auto& r) { return r.conversation == *picked_; }).value_or(0);
  if (auto i = first([](auto& r) { return r.is == list_row::kind::offered; })) return *i;
  auto unanswered = [&](auto& r) {
    auto h = held(r.conversation);
    auto t = talk_of(r.conversation);
    return h && !h->until_ms && t && t->customer_spoke_last();
  };
  if (auto i = first(unanswered)) return *i;
  return first([](auto& r) { return r.is == list_row::kind::waiting; }).value_or(0);
}

const talk* desk::talk_of(const entity_id& c) const {
  auto i = talks.find(c);
  return i == talks.end() ? nullptr : &i->second;
}
talk* desk::find(const entity_id& c) {
  auto i = talks.find(c);
  return i == talks.end() ? nullptr : &i->second;
}
const held_row* desk::held(const entity_id& c) const {
  for (auto& h : me.held)
    if (h.conversation == c) return &h;
  return nullptr;
}
const offer* desk::offered(const entity_id& c) const {
  for (auto& o : offers)
    if (o.conversation == c) return &o;
  return nullptr;
}
bool desk::taking(const entity_id& c) const {
  return std::any_of(sent.begin(), sent.end(),
                     [&](auto& p) { return p.ask.conversation == c && (p.verb == "take" || p.verb == "accept"); });
}

std::string desk::name_of(const entity_id& c) const {
  auto t = talk_of(c);
  return t && !t->row.peer.empty() ? t->row.peer : c.value.substr(0, 9);
}

std::string desk::change(const std::string& verb, seat_request q, bool waiting) {
  q.id = who.id_seed + "-" + std::to_string(++made_);
  if (q.name.empty()) q.name = me.name;
  auto id = q.id;
  sent.push_back({verb, q, now_ms, 0, false, waiting});
  if (!waiting) out_.push_back(request{verb, std::move(q)});
  return id;
}

void desk::ask(const std::string& verb, seat_request q) { out_.push_back(request{verb, std::move(q)}); }

void desk::show(const entity_id& c) {
  if (shown != c) out_.push_back(watch{c});
  shown = c;
  if (c.empty()) return;
  auto& t = talks[c];
  t.unread = 0, t.back = 0;
  read(c);
}

void desk::tell(std::string text, tone is) { says = {std::move(text), is, now_ms}; }
void desk::tell(const entity_id& c, std::string text, tone is) {
  if (c.empty() || c != shown)
    tell((c.empty() ? "" : name_of(c) + ": ") + text, is);
  else
    talks[c].says = {std::move(text), is, now_ms};
}

} // namespace steward::seat_ui
