// What a report shows: rows of counts, as a table and as CSV. Pure.
#pragma once
#include "clients/cli/table.hpp"
#include "messages/tally.hpp"

#include <string>
#include <vector>

namespace steward::cli {

enum class report_by { day, queue, reason };

/// Puts the nodes' parts together. Exact where every partition is in exactly one of them.
struct report_sum {
  std::vector<tally_data> days;           // in order
  std::vector<unsigned> missing, doubled; // partitions
};
report_sum sum_up(const std::vector<report_part>&);

/// One row of the report by day or queue.
struct report_row {
  std::string name;
  int64_t begun = 0, ai = 0, person = 0, open = 0, handed = 0, left = 0, blocked = 0, reopened = 0, transfers = 0;
  uint64_t wait_p50 = 0, wait_p90 = 0, first_response_p50 = 0, first_response_p90 = 0, handle_p50 = 0, handle_p90 = 0;
  uint64_t waits = 0, abandoned = 0, first_responses = 0, handled = 0; // how many
  uint64_t rated_ai = 0, rated_person = 0;                             // how many
  double stars_ai = 0, stars_person = 0;                               // mean
  int64_t answers_right = 0, answers_wrong = 0;
  template <class F>
  void fields(F& f) {
    f("name", name), f("begun", begun), f("ai", ai), f("person", person), f("open", open), f("handed", handed),
        f("left", left), f("blocked", blocked), f("reopened", reopened), f("transfers", transfers), f("waits", waits),
        f("wait_p50", wait_p50), f("wait_p90", wait_p90), f("abandoned", abandoned),
        f("first_responses", first_responses), f("first_response_p50", first_response_p50),
        f("first_response_p90", first_response_p90), f("handled", handled), f("handle_p50", handle_p50),
        f("handle_p90", handle_p90), f("rated_ai", rated_ai), f("stars_ai", stars_ai), f("rated_person", rated_person),
        f("stars_person", stars_person), f("answers_right", answers_right), f("answers_wrong", answers_wrong);
  }
};
/// A row per day or per queue, and the last one of all.
std::vector<report_row> report_rows(const std::vector<tally_data>&, report_by);

/// Why people were asked, most frequent first: reason, queue, how often.
struct reason_row {
  std::string reason, queue;
  int64_t transfers = 0;
  template <class F>
  void fields(F& f) {
    f("reason", reason), f("queue", queue), f("transfers", transfers);
  }
};
std::vector<reason_row> reason_rows(const std::vector<tally_data>&);

table report_table(const std::vector<report_row>&, report_by);
table reason_table(const std::vector<reason_row>&);
/// RFC 4180, with a header; durations in seconds.
std::string report_csv(const std::vector<report_row>&, report_by);
std::string reason_csv(const std::vector<reason_row>&);

} // namespace steward::cli
