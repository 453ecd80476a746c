// http_connection's part for who a visitor is: the token of the company's site, or the secret that we gave him. Signing
// in keeps the token in a cookie; the server keeps nothing, so a key that is taken out of the tenant's folder signs out
// whom it signed in.
#include "actors/http/http_connection.hpp"
#include "actors/http/page_exchange.hpp"

#include <ctime>
#include <nlohmann/json.hpp>

namespace steward {
namespace {

int64_t now_s() { return static_cast<int64_t>(std::time(nullptr)); }

} // namespace

void http_connection::recognise(page_exchange& x) {
  auto cookies = header(request_, "Cookie");
  if (auto token = token_in_cookie(cookies, x.tenant)) {
    if (auto customer = read_customer_token(*token, x.facts->identity, now_s())) {
      x.who = visitor_of(x.tenant, *customer), x.known = true;
      return;
    }
    x.expired = true;
  }
  auto secret = secret_in_cookie(cookies, x.tenant);
  if (!secret) return;
  x.who = visitor_of(x.tenant, *secret), x.known = true;
}

void http_connection::page_sign_in(const page_exchange& x) {
  auto j = nlohmann::json::parse(request_.body(), nullptr, false);
  auto token = j.is_object() && j.contains("token") && j["token"].is_string() ? j["token"].get<std::string>() : "";
  if (token.empty()) return respond(error_answer(errc::bad_request, "the body is {\"token\": \"<a JWT>\"}"));
  auto customer = read_customer_token(token, x.facts->identity, now_s());
  if (!customer) return respond(error_answer(customer.error().code, customer.error().message));
  if (!x.known || x.who.is_signed_in()) return page_signed_in(x, token, *customer); // nothing to take along
  auto peer = visitor_of(x.tenant, *customer).peer;
  auto ticket = ++ticket_;
  expect_within(core_.config.answer_s);
  core_.engine.sign_in({x.tenant, x.who.peer, peer, customer->id, customer->name, trace_},
                       through_gate(core_.gate, shared_from_this(),
                                    [x, token, ticket, customer = *customer](http_connection& self, accept_ack ack) {
                                      if (ticket != self.ticket_) return;
                                      ++self.ticket_;
                                      self.timer_.cancel();
                                      if (!ack.ok) return self.respond(answer_of(ack));
                                      self.page_signed_in(x, token, customer);
                                    }));
}

// The visitor's secret goes: whoever learnt it on a shared computer learns nothing more by it.
void http_connection::page_signed_in(const page_exchange& x, const std::string& token, const signed_customer& c) {
  auto who = visitor_of(x.tenant, c);
  nlohmann::json j{{"ok", true}, {"visitor", who.tag}, {"until", who.until_s}};
  http_answer a{200, "application/json", j.dump(), 0, {}};
  a.headers.emplace_back("Set-Cookie", customer_cookie(x.tenant, token, c.until_s + token_leeway_s - now_s(), x.scope));
  a.headers.emplace_back("Set-Cookie", visitor_cookie(x.tenant, {}, x.scope));
  respond(std::move(a));
}

void http_connection::page_sign_out(const page_exchange& x) {
  http_answer a{200, "application/json", "{\"ok\":true}", 0, {}};
  if (header(request_, "Content-Type").starts_with("application/x-www-form-urlencoded"))
    form_back_ = "/t/" + x.tenant.value, form_note_ = "note_signed_out";
  a.headers.emplace_back("Set-Cookie", customer_cookie(x.tenant, {}, 0, x.scope));
  if (!x.known || x.who.is_signed_in()) a.headers.emplace_back("Set-Cookie", visitor_cookie(x.tenant, {}, x.scope));
  respond(std::move(a));
}

} // namespace steward
