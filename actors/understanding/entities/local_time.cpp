// ISO 8601 to local wall-clock seconds, by ICU's time zones.
#include "actors/understanding/entities/calendar.hpp"
#include "actors/understanding/entities/entity_reader.hpp"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <memory>

namespace steward {

namespace {

int number(std::string_view s, std::size_t at, std::size_t n) {
  if (at + n > s.size()) return -1;
  int out = 0;
  for (auto i = at; i < at + n; ++i) {
    if (s[i] < '0' || s[i] > '9') return -1;
    out = out * 10 + (s[i] - '0');
  }
  return out;
}

} // namespace

std::int64_t local_seconds(std::string_view s, std::string_view zone) {
  const int year = number(s, 0, 4), month = number(s, 5, 2), day = number(s, 8, 2);
  if (year < 0 || month < 1 || day < 1 || s[4] != '-' || s[7] != '-' || month > 12 ||
      day > entities::days_in_month(year, month))
    return -1;
  std::int64_t out = entities::days_of(year, month, day) * 86400;
  std::size_t at = 10;
  if (s.size() > at && (s[at] == 'T' || s[at] == ' ')) {
    const int hour = number(s, 11, 2), minute = number(s, 14, 2);
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || s[13] != ':') return -1;
    out += hour * 3600 + minute * 60;
    at = 16;
    if (s.size() > at && s[at] == ':') {
      const int second = number(s, 17, 2);
      if (second < 0 || second > 60) return -1;
      out += second;
      at = 19;
      if (s.size() > at && s[at] == '.')
        for (++at; at < s.size() && s[at] >= '0' && s[at] <= '9';) ++at;
    }
  }
  if (at == s.size()) return out;
  if (s[at] == 'Z') {
    if (at + 1 != s.size()) return -1;
  } else if (s[at] == '+' || s[at] == '-') {
    const int hour = number(s, at + 1, 2);
    const bool colon = s.size() > at + 3 && s[at + 3] == ':';
    const int minute = s.size() == at + 3 ? 0 : number(s, at + (colon ? 4 : 3), 2);
    if (hour < 0 || minute < 0) return -1;
    out += (s[at] == '+' ? -1 : 1) * (hour * 3600 + minute * 60);
  } else
    return -1;
  if (zone.empty()) return out;
  const std::unique_ptr<icu::TimeZone> z(icu::TimeZone::createTimeZone(
      icu::UnicodeString::fromUTF8(icu::StringPiece(zone.data(), static_cast<std::int32_t>(zone.size())))));
  std::int32_t raw = 0, summer = 0;
  UErrorCode error = U_ZERO_ERROR;
  z->getOffset(static_cast<double>(out) * 1000, false, raw, summer, error);
  return U_SUCCESS(error) ? out + (raw + summer) / 1000 : out;
}

} // namespace steward
