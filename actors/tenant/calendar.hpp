// What opening hours need from this machine's disk: its time zones, and the regions' holidays that set-up exported.
#pragma once
#include "actors/tenant/opening_hours.hpp"
#include "messages/result.hpp"

#include <memory>

namespace steward {

/// By IANA name, from the system's tables. Errors: not_found.
result<std::shared_ptr<const zone_clock>> system_zone(const std::string& name);

/// `folder`/REGION.tsv, lines of "2026-12-25<tab>holiday|workday<tab>name". Errors: not_found, with the regions that
/// there are when the name is near one; corrupt, with the line.
result<holiday_calendar> read_holidays(const std::string& folder, const std::string& region);

} // namespace steward
