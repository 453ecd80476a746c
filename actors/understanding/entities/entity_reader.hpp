// Entities of a message: numbers, money, measures, dates and times, addresses. Pure: the time that is now comes in as
// an argument, nothing is read from disk or clock. All functions may be called from any thread at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

namespace entities {
class sense_book;
class own_names;
} // namespace entities

// What surrounds the text. `now` is local wall-clock time in seconds since 1970-01-01T00:00:00 (no zone: the caller has
// applied the customer's zone, see local_seconds). Unknown languages read digits, e-mail, URL, phone only.
struct entity_context {
  std::int64_t now = 0;
  std::string language = "en";
  const entities::own_names* own = nullptr; // the tenant's kinds: lists and patterns; null: none
  bool senses = false;                      // read words with several meanings, too
  std::vector<std::string> profile; // what the tenant or customer is known for: fields ("electronics", "trading"), and
                                    // what words meant before ("apple/brand")
  const entities::sense_book* book = nullptr; // a tenant's own words with several meanings; null: the built-in ones
};

// One thing that was read. Kinds overlap: "$20" is a number and a currency.
struct entity {
  std::string kind; // number ordinal percentage currency dimension age datetime phone email url boolean ip hashtag
                    // mention sense, and a tenant's own
  std::string
      type; // finer: for datetime date time datetime daterange timerange datetimerange duration set; ordinal.relative
  std::string text;         // as written, full-width forms folded to half width
  std::uint32_t start = 0;  // code points from the beginning of the text
  std::uint32_t length = 0; // code points
  std::uint32_t byte = 0;   // the same place in bytes
  std::string value; // decimal number, ISO 8601 (date, time, duration, start/end with an open end empty), true/false;
                     // empty: named without a value; of a sense: cannot tell
  std::string unit;  // currencies: ISO 4217 where one is meant; measures: English unit name; else empty
  std::vector<std::string>
      alternatives; // other readings ("on Monday": the former one; "at 5": 17:00:00), the likelier first
};

// Every entity of the text, by start, longer first. Invalid UTF-8 is read as U+FFFD. Time grows with the length of the
// text.
std::vector<entity> read_entities(std::string_view text, const entity_context& context);

// Local wall-clock seconds of an ISO 8601 time ("2016-11-07T16:12:00", "2016-11-07"); with an offset or Z it is
// converted to `zone` (an IANA name; unknown or empty: UTC). -1 when the text is no such time.
std::int64_t local_seconds(std::string_view iso_time, std::string_view zone = {});

} // namespace steward
