// Times, counts and ids as people read them. Pure: "now" is an argument.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace steward::cli {

std::string span(int64_t seconds);                                          // "45 s", "3 min", "2 h 5 min", "4 d 3 h"
std::string ago(int64_t time_ms, int64_t now_ms);                           // "3 min ago"; "-" for no time
std::string clock_time(int64_t time_ms);                                    // "2026-03-01 14:05:09", the local zone
std::string count(uint64_t n, std::string_view one, std::string_view many); // "1 article", "3 articles"
std::string percent(double share);                                          // 0.873 -> "87 %"

} // namespace steward::cli
