#include "clients/cli/follow.hpp"

#include "clients/cli/terminal.hpp"

namespace steward::cli {

result<followed> follow(context& c, const tenant_id& tenant, const std::string& id) {
  auto found = find_conversation(c, tenant, id);
  if (!found) return found.error();
  auto bus = c.bus();
  if (!bus) return bus.error();
  auto wake = (*bus)->subscribe(subjects::feed(tenant, *found));
  if (!wake) return wake.error();
  catch_interrupts();
  return followed{*found, std::move(*wake)};
}

status wait_for_more(bus_session::subscription& wake, int seconds) {
  for (int i = 0; i < 4 * seconds && !interrupted(); ++i) { // short waits: Ctrl-C is seen between them
    auto m = wake.next(bus_session::duration(250));
    if (!m) return m.error();
    if (*m) break;
  }
  return success();
}

} // namespace steward::cli
