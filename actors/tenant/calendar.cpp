#include "actors/tenant/calendar.hpp"

#include <algorithm>
#include <date/tz.h>
#include <filesystem>
#include <fstream>

namespace steward {
namespace {

class system_clock_of_zone final : public zone_clock {
public:
  explicit system_clock_of_zone(const date::time_zone* z)
      : zone_(z) {}
  int64_t local(int64_t utc_ms) const override {
    return zone_->to_local(date::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(utc_ms)))
        .time_since_epoch()
        .count();
  }
  int64_t utc(int64_t local_ms) const override {
    return zone_
        ->to_sys(date::local_time<std::chrono::milliseconds>(std::chrono::milliseconds(local_ms)),
                 date::choose::earliest)
        .time_since_epoch()
        .count();
  }

private:
  const date::time_zone* zone_;
};

constexpr uintmax_t most_bytes = 1 << 20;

bool is_region(const std::string& s) {
  return !s.empty() && s.size() <= 12 && std::all_of(s.begin(), s.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

} // namespace

result<std::shared_ptr<const zone_clock>> system_zone(const std::string& name) {
  try {
    return std::shared_ptr<const zone_clock>(std::make_shared<system_clock_of_zone>(date::locate_zone(name)));
  } catch (const std::exception&) {
    return {errc::not_found, "this machine knows no time zone '" + name + "' (Debian package tzdata)"};
  }
}

result<holiday_calendar> read_holidays(const std::string& folder, const std::string& region) {
  namespace fs = std::filesystem;
  if (!is_region(region)) return {errc::bad_request, "a region is a country's code, as in DE or DE-BY"};
  auto path = fs::path(folder) / (region + ".tsv");
  std::error_code ec;
  auto size = fs::file_size(path, ec);
  if (ec)
    return {errc::not_found, fs::exists(folder, ec)
                                 ? "there are no holidays of '" + region + "' in " + folder
                                 : "there are no holidays on this machine: scripts/setup run exports them"};
  if (size > most_bytes) return {errc::corrupt, path.string() + " has more than 1 MiB"};
  std::ifstream in(path);
  holiday_calendar out;
  std::string line;
  for (uint32_t n = 1; std::getline(in, line); ++n) {
    if (line.empty() || line[0] == '#') continue;
    auto first = line.find('\t'), second = line.find('\t', first == line.npos ? first : first + 1);
    day_number day = 0;
    auto kind = second == line.npos ? std::string() : line.substr(first + 1, second - first - 1);
    if ((kind != "holiday" && kind != "workday") || !parse_date(std::string_view(line).substr(0, first), day))
      return {errc::corrupt, path.string() + ":" + std::to_string(n) + ": not 'date, holiday or workday, name'"};
    out[day] = {kind == "workday", line.substr(second + 1)};
  }
  return out;
}

} // namespace steward
