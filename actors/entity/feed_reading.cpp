#include "actors/entity/feed_reading.hpp"

#include "actors/bus/nats_client.hpp"
#include "messages/subjects.hpp"

namespace steward {
namespace {

using namespace std::chrono_literals;

constexpr uint32_t page_items = 50;       // of the longest texts they fit one message
constexpr uint32_t most_fruitless = 100;  // with the pause: ten seconds and more
constexpr size_t most_bytes = 256 * 1024; // of a record: it is read often

} // namespace

size_t weight_of(const feed_item& i) {
  auto n = i.text.size() + 400;
  for (auto& c : i.citations) n += c.article.size() + c.title.size() + c.passage.size() + c.source.size() + 40;
  for (auto& c : i.choices) n += c.size() + 5;
  return n;
}

bool feed_reading::done() const { return items.size() >= wanted.limit || fruitless >= most_fruitless; }

void read_on(const engine_ptr& env, std::shared_ptr<feed_reading> r,
             std::function<void(std::chrono::milliseconds)> then) {
  auto q = r->wanted;
  q.from = r->items.empty() ? q.from : r->items.back().seq + 1;
  q.limit = std::min<uint32_t>(page_items, r->wanted.limit - static_cast<uint32_t>(r->items.size()));
  env->nats->request(subjects::engine(partition_of(q.tenant, q.conversation), "feed"), encode(q), 3s, {},
                     [r, then = std::move(then)](result<bus_message> m) {
                       auto page = m ? decode<feed_page>(m->data, {.bytes = 8 << 20, .items = 200'000})
                                     : result<feed_page>(m.error());
                       auto got = page && page->error.empty() && !page->items.empty();
                       if (got)
                         for (auto& i : page->items) r->items.push_back(std::move(i));
                       r->fruitless = got ? 0 : r->fruitless + 1;
                       then(got ? 0ms : 100ms);
                     });
}

bytes read_so_far(feed_reading& r) {
  feed_page out;
  out.conversation = r.wanted.conversation;
  size_t total = 0;
  auto first = r.items.size();
  while (first > 0 && (total += weight_of(r.items[first - 1])) <= most_bytes) --first;
  out.items = {std::make_move_iterator(r.items.begin() + static_cast<ptrdiff_t>(first)),
               std::make_move_iterator(r.items.end())};
  return {encode(out)};
}

} // namespace steward
