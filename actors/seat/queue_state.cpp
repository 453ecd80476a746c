#include "actors/seat/queue_state.hpp"

#include "actors/seat/routing_policy.hpp"
#include "messages/codec_impl.hpp"

#include <algorithm>

STEWARD_CODEC(steward::queue_data)
STEWARD_CODEC(steward::queue_change)
STEWARD_CODEC(steward::shelf_data)

namespace steward {
namespace {

constexpr size_t gifts_kept = 64;

int64_t rank(const queue_entry& e) { return urgency(e.ticket.since_ms, e.ticket.priority); }

/// Into its place: the more urgent before, those who came before among equals.
void insert(std::vector<queue_entry>& all, queue_entry e) {
  auto at = std::upper_bound(all.begin(), all.end(), e, [](auto& a, auto& b) {
    return std::pair(rank(a), a.number) < std::pair(rank(b), b.number);
  });
  all.insert(at, std::move(e));
}

auto same(const entity_id& c) {
  return [&c](const queue_entry& e) { return e.ticket.conversation == c; };
}

std::vector<queue_entry> take_out(std::vector<queue_entry>& from, const std::vector<uint64_t>& numbers) {
  std::vector<queue_entry> out;
  std::erase_if(from, [&](auto& e) {
    if (std::find(numbers.begin(), numbers.end(), e.number) == numbers.end()) return false;
    out.push_back(e);
    return true;
  });
  return out;
}

void fold_seat(queue_data& q, const seat_state& s) {
  auto i = std::find_if(q.seats.begin(), q.seats.end(), [&](auto& x) { return x.seat == s.seat; });
  if (s.is == presence::home) {
    if (i == q.seats.end()) return;
    // It comes back with the count it went with.
    if (i->given <= s.heard) return void(q.seats.erase(i));
  }
  if (i == q.seats.end()) {
    queue_seat fresh;
    fresh.seat = s.seat, fresh.given = s.heard;
    i = q.seats.insert(q.seats.end(), std::move(fresh));
  }
  if (s.is == presence::available && i->is != presence::available) i->misses = 0;
  i->name = s.name, i->is = s.is, i->free = s.free, i->heard = s.heard;
  i->skills = s.skills, i->languages = s.languages;
}

} // namespace

std::string need_of(const wait_ticket& t) { return t.skill + "/" + t.language; }

int64_t room_of(const queue_data& q, const queue_seat& s) {
  if (s.is != presence::available) return 0;
  auto offers = std::count_if(q.head.begin(), q.head.end(), [&](auto& e) { return e.offered == s.seat; });
  auto under_way = s.given > s.heard ? s.given - s.heard : 0;
  return static_cast<int64_t>(s.free) - static_cast<int64_t>(under_way) - offers;
}

void fold_queue(queue_data& q, const event_entry& e) {
  auto read = decode<queue_change>(e.body.data);
  if (!read) return;
  auto& c = *read;
  auto in_head = [&] { return std::find_if(q.head.begin(), q.head.end(), same(c.conversation)); };
  auto seat = [&] { return std::find_if(q.seats.begin(), q.seats.end(), [&](auto& s) { return s.seat == c.seat; }); };
  if (e.name == queue_event::queued) {
    q.name = c.name;
    q.last_number = c.entry.number;
    insert(c.back ? q.back : q.head, std::move(c.entry));
  } else if (e.name == queue_event::left) {
    std::erase_if(q.head, same(c.conversation));
    std::erase_if(q.back, same(c.conversation));
  } else if (e.name == queue_event::offered) {
    if (auto i = in_head(); i != q.head.end()) i->offered = c.seat, i->until_ms = c.time_ms;
  } else if (e.name == queue_event::returned) {
    if (auto i = in_head(); i != q.head.end()) {
      i->offered.clear(), i->until_ms = 0;
      if (c.missed || c.declined) i->tried = c.seat, i->declined = c.declined, i->ticket.wanted.clear();
    }
    if (auto s = seat(); s != q.seats.end()) s->misses = c.missed ? s->misses + 1 : c.declined ? 0 : s->misses;
  } else if (e.name == queue_event::given) {
    for (auto list : {&q.head, &q.back})
      for (auto& x : *list)
        if (auto& t = x.ticket; t.conversation == c.conversation && t.place && c.time_ms >= t.since_ms)
          learn_wait(q.waits, {t.place, static_cast<uint32_t>((c.time_ms - t.since_ms) / 1000)}, {t.from_s, t.to_s});
    std::erase_if(q.head, same(c.conversation));
    std::erase_if(q.back, same(c.conversation));
    if (auto s = seat(); s != q.seats.end()) ++s->given, s->misses = 0, s->given_ms = c.time_ms;
    if (q.past.size() >= gifts_kept) q.past.erase(q.past.begin());
    q.past.push_back({hash64(c.conversation.value), c.seat});
  } else if (e.name == queue_event::seated) {
    fold_seat(q, c.state);
  } else if (e.name == queue_event::shelved) {
    take_out(c.back ? q.back : q.head, c.numbers);
    q.last_shelf = c.shelf.number;
    q.shelves.insert(c.back ? q.shelves.end() : q.shelves.begin(), std::move(c.shelf));
  } else if (e.name == queue_event::asked) {
    q.fetching = c.shelf.number;
  } else if (e.name == queue_event::fetched) {
    std::erase_if(q.shelves, [&](auto& s) { return s.number == c.shelf.number; });
    if (q.fetching == c.shelf.number) q.fetching = 0;
    for (auto& t : c.tickets) {
      queue_entry x;
      x.ticket = std::move(t), x.number = ++q.last_number;
      insert(q.head, std::move(x));
    }
  } else if (e.name == queue_event::blanked) {
    for (auto list : {&q.head, &q.back})
      for (auto& x : *list)
        if (x.ticket.conversation == c.conversation) x.ticket.text.clear();
  } else if (e.name == queue_event::moved) {
    for (auto& x : take_out(q.back, c.numbers)) insert(q.head, std::move(x));
  }
}

} // namespace steward
