// What the door answers, as status, headers and body. Pure.
#pragma once
#include "messages/chat.hpp"

#include <string>
#include <string_view>

namespace steward {

struct http_answer {
  unsigned status = 200;
  std::string type = "application/json";
  std::string body;
  uint32_t retry_after_s = 0;                               // 0: no such header
  std::string allow;                                        // of 405 and OPTIONS
  std::vector<std::pair<std::string, std::string>> headers; // more of them; they go before the usual ones
};

/// The status of an error. Those that pass by themselves (unavailable, timeout, overloaded, …) are 503 or 429.
unsigned status_of(errc);
bool passes_by_itself(errc);

/// An error as JSON: {"ok": false, "error": {"code", "message"}}.
http_answer error_answer(errc, std::string message, uint32_t retry_after_s = 0);
/// The same with a status that no errc has: 405, 414, 431.
http_answer error_answer(unsigned status, errc, std::string message);

/// 202 with the acknowledgement, or its error.
http_answer answer_of(const accept_ack&);
/// 200 with the page, or its error.
http_answer answer_of(const feed_page&);

/// One item of a feed as a server-sent event.
std::string event_of(const feed_item&);

extern const char* const openapi_text; // actors/http/openapi.yaml

} // namespace steward
