#include "actors/channel/door_policy.hpp"

#include "actors/tenant/masking.hpp"
#include "messages/traceparent.hpp"

#include <cmath>
#include <unicode/utf8.h>

namespace steward {
namespace {

constexpr size_t id_bytes = 200;
constexpr size_t event_bytes = 64 * 1024;
constexpr int64_t year_3000_ms = 32'503'680'000'000;

/// Characters of a UTF-8 text; -1 when it is not UTF-8.
int64_t characters(std::string_view s) {
  int64_t n = 0;
  const auto* data = reinterpret_cast<const uint8_t*>(s.data());
  for (int32_t i = 0, size = static_cast<int32_t>(s.size()); i < size; ++n) {
    UChar32 c;
    U8_NEXT(data, i, size, c);
    if (c < 0) return -1;
  }
  return n;
}

status check_id(std::string_view id, std::string_view what) {
  if (id.empty() || id.size() > id_bytes)
    return {errc::bad_request, "'" + std::string(what) + "' must have 1 to " + std::to_string(id_bytes) + " bytes"};
  if (characters(id) < 0) return {errc::bad_request, "'" + std::string(what) + "' is not UTF-8"};
  return success();
}

status check_time(int64_t ms) {
  if (ms < 0 || ms > year_3000_ms) return {errc::bad_request, "'time_ms' must be Unix milliseconds"};
  return success();
}

failure no_tenant(const tenant_id& t) {
  return {errc::unknown_tenant,
          "there is no tenant '" + t.value + "' here: push its folder with 'steward tenant push'"};
}

} // namespace

bool is_built_in(const channel_id& c) { return c.value == "web" || c.value == "cli"; }

result<let_in> check_say(say_request q, const tenant_id& tenant, const channel_id& channel, const peer_id& peer,
                         const door_context& c) {
  if (!c.tenant) return no_tenant(tenant);
  if (!is_built_in(channel) && !c.tenant->channels.contains(channel))
    return {errc::unknown_channel, "tenant '" + tenant.value + "' has no channel '" + channel.value +
                                       "': name it under 'channels' in tenant.yaml"};
  if (auto ok = check_id(q.id, "id"); !ok) return ok.error();
  if (auto ok = check_id(peer.value, "peer"); !ok) return ok.error();
  if (!q.customer.empty())
    if (auto ok = check_id(q.customer, "customer"); !ok) return ok.error();
  if (q.account.size() > id_bytes || q.language.size() > 20)
    return {errc::bad_request, "'account' or 'language' is too long"};
  if (auto ok = check_time(q.time_ms); !ok) return ok.error();
  auto n = characters(q.text);
  if (n < 0) return {errc::bad_request, "'text' is not UTF-8"};
  if (n == 0) return {errc::bad_request, "'text' is empty"};
  if (n > c.tenant->text_chars)
    return {errc::too_large,
            "'text' has " + std::to_string(n) + " characters, at most " + std::to_string(c.tenant->text_chars)};
  let_in out;
  out.senders_id = q.id;
  auto& m = out.message;
  m.kind = in_kind::say;
  m.tenant = tenant;
  m.from = {channel, account_id{q.account}, peer};
  m.entity = conversation_id(tenant, channel, m.from.account, peer);
  m.id = inbound_id(tenant, channel, m.from.account, peer, q.id);
  m.trace = c.trace.empty() ? traceparent_for(m.id) : c.trace;
  m.accepted_ms = c.now_ms;
  out.request = std::move(q);
  return out;
}

result<let_in> check_event(event_request q, const tenant_id& tenant, const std::string& type, const door_context& c) {
  if (!c.tenant) return no_tenant(tenant);
  if (auto ok = check_id(q.id, "id"); !ok) return ok.error();
  if (auto ok = check_id(q.customer, "customer"); !ok) return ok.error();
  if (auto ok = check_time(q.time_ms); !ok) return ok.error();
  if (q.data.msgpack.size() > event_bytes)
    return {errc::too_large,
            "'data' has " + std::to_string(q.data.msgpack.size()) + " bytes, at most " + std::to_string(event_bytes)};
  let_in out;
  out.senders_id = q.id;
  auto& m = out.message;
  m.kind = in_kind::event;
  m.tenant = tenant;
  m.topic = type;
  m.entity = customer_id(tenant, q.customer);
  m.id = inbound_id(tenant, channel_id{"event"}, account_id{type}, peer_id{q.customer}, q.id);
  m.trace = c.trace.empty() ? traceparent_for(m.id) : c.trace;
  m.accepted_ms = c.now_ms;
  out.request = std::move(q);
  return out;
}

uint32_t mask_and_encode(let_in& x, const tenant_config& t) {
  masked_text masked;
  if (auto say = std::get_if<say_request>(&x.request)) {
    masked = mask(say->text, t.mask);
    say->text = std::move(masked.text);
    x.message.body.data = encode(*say);
  } else {
    auto& event = std::get<event_request>(x.request);
    masked = mask_data(event.data.msgpack, t.mask);
    event.data.msgpack = std::move(masked.text);
    x.message.body.data = encode(event);
  }
  return masked.masked;
}

} // namespace steward
