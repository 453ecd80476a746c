// What a request's target asks for. Pure.
#pragma once
#include "messages/ids.hpp"
#include "messages/result.hpp"

#include <map>
#include <string>
#include <string_view>

namespace steward {

enum class http_route {
  livez,
  readyz,
  metrics,
  openapi,
  messages, // the open door, by the conversation's name
  feed,
  page, // what follows is the customer's page, by the visitor's secret; an empty tenant: the one at "/"
  page_messages,
  page_feed,
  page_socket,
  page_events,
  page_end,
  page_sign_in,
  page_sign_out,
  page_transcript,
  page_plain,
  page_theme,
  asset // of the page; its name in `asset`, its version in `version`
};

struct http_target {
  http_route route = http_route::livez;
  tenant_id tenant; // of messages and feed, and of the page
  peer_id peer;     // of messages and feed; the page's is known by its visitor
  std::string asset, version;
  std::map<std::string, std::string> query; // decoded; of a name that stands twice, the last
};

/// Fails with bad_request (not a target), unknown_tenant (not a tenant's name) or not_found (no such path).
result<http_target> parse_target(std::string_view target);

/// The methods that a route takes, as the Allow header lists them.
std::string_view allowed_methods(http_route);
bool takes_post(http_route);
/// Those that a page of a visitor asks for.
bool is_of_page(http_route);

/// %HH to bytes; in a query '+' is a space.
enum class percent { path, query };
result<std::string> percent_decoded(std::string_view, percent);

/// A query parameter that is a whole number; `fallback` when it is missing.
result<uint64_t> number_of(const http_target&, const std::string& name, uint64_t fallback, uint64_t highest);

} // namespace steward
