#include "actors/http/http_answer.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr uint32_t usual_pause_s = 1;

} // namespace

unsigned status_of(errc code) {
  switch (code) {
  case errc::ok: return 200;
  case errc::bad_request: return 400;
  case errc::unauthorized: return 403;
  case errc::unknown_tenant:
  case errc::unknown_channel:
  case errc::not_found: return 404;
  case errc::conflict: return 409;
  case errc::too_large: return 413;
  case errc::overloaded: return 429;
  case errc::unsupported: return 501;
  case errc::unavailable:
  case errc::timeout:
  case errc::fenced:
  case errc::stopping: return 503;
  case errc::corrupt:
  case errc::internal: break;
  }
  return 500;
}

bool passes_by_itself(errc code) {
  auto status = status_of(code);
  return status == 503 || status == 429;
}

http_answer error_answer(unsigned status, errc code, std::string message) {
  accept_ack a;
  a.error = {std::string(to_string(code)), std::move(message)};
  return {status, "application/json", to_json(a), 0, {}};
}

http_answer error_answer(errc code, std::string message, uint32_t retry_after_s) {
  auto out = error_answer(status_of(code), code, std::move(message));
  if (passes_by_itself(code)) out.retry_after_s = std::max(retry_after_s, usual_pause_s);
  return out;
}

http_answer answer_of(const accept_ack& a) {
  if (a.ok) return {202, "application/json", to_json(a), 0, {}};
  auto code = errc_from(a.error.code);
  http_answer out{status_of(code), "application/json", to_json(a), 0, {}};
  if (passes_by_itself(code))
    out.retry_after_s =
        std::max(static_cast<uint32_t>(std::clamp<int64_t>((a.retry_after_ms + 999) / 1000, 0, 3600)), usual_pause_s);
  return out;
}

http_answer answer_of(const feed_page& p) {
  if (!p.error.empty()) return error_answer(errc_from(p.error.code), p.error.message);
  return {200, "application/json", to_json(p), 0, {}};
}

std::string event_of(const feed_item& i) { return "id: " + std::to_string(i.seq) + "\ndata: " + to_json(i) + "\n\n"; }

} // namespace steward
