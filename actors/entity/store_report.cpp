#include "actors/entity/store_report.hpp"

#include "actors/entity/store_worker.hpp"

namespace steward {

report_part report(engine& env, const report_request& q, const node_view& view) {
  report_part out;
  out.node = env.node;
  for (auto& [n, owns] : view.living) out.peers.push_back(n);
  auto from = day_of_text(q.from), to = day_of_text(q.to);
  auto bad = [&](errc c, std::string why) {
    out.error = {std::string(to_string(c)), std::move(why)};
    return std::move(out);
  };
  if (!from || !to) return bad(errc::bad_request, "fields 'from' and 'to': days, like 2026-11-28");
  if (*to < *from || *to - *from >= report_days)
    return bad(errc::bad_request, "from 'from' to 'to' are 1 to " + std::to_string(report_days) + " days");
  for (auto p : view.mine) out.partitions.push_back({p});
  for (auto day = *from; day <= *to; ++day) {
    tally_data all;
    auto name = day_text(day);
    for (uint8_t share = 0; share < partition_count; ++share) {
      auto e = tally_id(q.tenant, name, {share});
      auto p = partition_of(q.tenant, e);
      if (!view.mine.contains(p.value)) continue;
      auto s = load_entity(*env.db, env.kinds, p, e);
      if (!s) return bad(s.error().code, s.error().message);
      if (!*s || (*s)->frame.tenant != q.tenant) continue;
      if (auto d = decode<tally_data>((*s)->model->snapshot().data)) all.add(*d);
    }
    if (!all.queues.empty()) out.days.push_back(std::move(all));
  }
  return out;
}

} // namespace steward
