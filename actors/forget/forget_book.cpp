#include "actors/forget/forgetter.hpp"

#include <algorithm>

namespace steward {

void forget_book::add(const forget_note& n) {
  auto i = orders_.find(n.receipt);
  if (n.step == forget_step::ordered) {
    if (i != orders_.end()) return;
    orders_[n.receipt].ordered = n;
    in_order_.push_back(n.receipt);
    return;
  }
  if (i == orders_.end()) return;
  auto& o = i->second;
  if (n.step == forget_step::settled) {
    if (!o.settled) o.settled = n; // whoever came first said how far; nothing that came later is to go
  } else if (n.step == forget_step::erased) {
    if (!o.erased) return void(o.erased = n);
    for (auto& [what, count] : n.counts) o.erased->counts[what] += count;
  } else {
    o.cleaned[n.node.value] += n.counts.contains("rows") ? n.counts.at("rows") : 0;
  }
}

const forget_order* forget_book::open() const {
  for (auto& r : in_order_)
    if (auto& o = orders_.at(r); !o.erased) return &o;
  return nullptr;
}

std::vector<forget_note> forget_book::to_clean(const node_id& node) const {
  std::vector<forget_note> out;
  for (auto& r : in_order_)
    if (auto& o = orders_.at(r); o.erased && !o.cleaned.contains(node.value)) out.push_back(*o.erased);
  return out;
}

forget_list forget_book::list(const tenant_id& tenant, const std::string& receipt,
                              const std::vector<node_id>& living) const {
  forget_list out;
  for (auto i = in_order_.rbegin(); i != in_order_.rend(); ++i) {
    auto& o = orders_.at(*i);
    if (!tenant.empty() && o.ordered.tenant != tenant) continue;
    if (!receipt.empty() && *i != receipt) continue;
    forget_receipt r;
    r.receipt = *i, r.tenant = o.ordered.tenant, r.by = o.ordered.by, r.ordered_ms = o.ordered.time_ms;
    r.conversations = static_cast<uint64_t>(std::count_if(o.ordered.of.begin(), o.ordered.of.end(), [](auto& e) {
      return e.value.starts_with(static_cast<char>(entity_kind::conversation));
    }));
    r.cleaned = o.cleaned;
    for (auto& n : living)
      if (!o.cleaned.contains(n.value)) r.waits_for.push_back(n);
    if (o.erased) r.erased = o.erased->counts, r.erased_ms = o.erased->time_ms;
    r.state = !o.erased ? (o.settled ? "settled" : "ordered") : r.waits_for.empty() ? "done" : "erased";
    out.rows.push_back(std::move(r));
  }
  return out;
}

} // namespace steward
