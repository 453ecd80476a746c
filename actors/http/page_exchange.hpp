// One request of the customer's page, while it is answered. Internal to actors/http.
#pragma once
#include "actors/http/http_shared.hpp"
#include "actors/http/http_target.hpp"
#include "actors/http/page.hpp"
#include "actors/http/visitor.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

namespace steward {

struct page_exchange {
  std::shared_ptr<const page_facts> facts;
  tenant_id tenant;
  visitor who;
  bool known = false;   // by a secret or a token
  bool expired = false; // came with a token that is good no more
  std::string language;
  cookie_scope scope = cookie_scope::plain;
  http_route route = http_route::page;
  std::vector<feed_item> items;
};

/// A header's values, one after the other.
inline std::string header(const boost::beast::http::request<boost::beast::http::string_body>& r, const char* name) {
  std::string out;
  auto [from, to] = r.equal_range(name);
  for (; from != to; ++from) (out += out.empty() ? "" : ", ").append(from->value().data(), from->value().size());
  return out;
}

/// Who waits is told when nobody is there.
inline staffing staffing_of(const http_core& core, const tenant_id& tenant, const feed_page& page) {
  auto facts = page.mode == "waiting" ? core.engine.page(tenant) : failure{errc::not_found, {}};
  return facts && (*facts)->out_of_hours ? staffing::out_of_hours : staffing::there;
}

} // namespace steward
