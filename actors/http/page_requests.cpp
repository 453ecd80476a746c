// http_connection's part for the customer's page: who asks (a secret in a cookie), from where, and what for. A page
// works without script as well: its forms come here, and are answered with a way back to the page.
#include "actors/http/http_connection.hpp"
#include "actors/http/page_exchange.hpp"
#include "actors/http/page_socket.hpp"
#include "actors/http/visitor.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <nlohmann/json.hpp>

namespace steward {

namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr size_t most_items = 20'000; // of a transcript
constexpr uint32_t page_limit = 200;
constexpr uint64_t highest_seq = uint64_t(1) << 62;

int64_t steady_now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string tag_in(const http_target& t) {
  auto at = t.query.find("as");
  return at == t.query.end() ? std::string() : at->second;
}

value data_of(const nlohmann::json& j) {
  auto packed = msgpack_of(j.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  return {packed ? *packed : std::string()};
}

} // namespace

void http_connection::page_packed(http_answer a) {
  if (a.body.size() > 400 && header(request_, "Accept-Encoding").find("gzip") != std::string::npos) {
    if (auto packed = gzipped(a.body); !packed.empty()) {
      a.body = std::move(packed);
      a.headers.emplace_back("Content-Encoding", "gzip");
    }
  }
  a.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language, Cookie");
  respond(std::move(a));
}

void http_connection::page_asset_of(const http_target& t) {
  auto asset = find_asset(t.asset);
  if (!asset) return respond(error_answer(errc::not_found, "no such file of the page"));
  http_answer a{200, std::string(asset->type), {}, 0, {}};
  bool packed = header(request_, "Accept-Encoding").find("gzip") != std::string::npos;
  a.body = packed ? asset->packed : std::string(asset->text);
  if (packed) a.headers.emplace_back("Content-Encoding", "gzip");
  a.headers.emplace_back("Vary", "Accept-Encoding");
  a.headers.emplace_back("Content-Security-Policy", "default-src 'none'");
  if (t.asset == "embed.js") a.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
  a.headers.emplace_back("Cache-Control",
                         t.version == assets_version() ? "public, max-age=31536000, immutable" : "public, max-age=300");
  respond(std::move(a));
}

std::string http_connection::client_address() {
  error ec;
  auto remote = stream_.socket().remote_endpoint(ec);
  return ec ? std::string("?") : core_.proxies.client(remote.address(), header(request_, "X-Forwarded-For"));
}

// A page of another site must not speak in a visitor's name.
bool http_connection::from_another_site() const {
  if (header(request_, "Sec-Fetch-Site") == "cross-site") return true;
  auto origin = header(request_, "Origin");
  if (origin.empty()) return false;
  auto at = origin.find("://");
  return at == origin.npos || !beast::iequals(origin.substr(at + 3), header(request_, "Host"));
}

void http_connection::serve_page(http_target t) {
  auto address = client_address();
  if (auto wait = core_.clients->take(address, steady_now_ms()))
    return respond(error_answer(errc::overloaded, "too many requests from your address",
                                static_cast<uint32_t>((wait + 999) / 1000)));
  if (t.tenant.value.empty()) t.tenant = tenant_id{core_.config.root_tenant};
  auto x = std::make_shared<page_exchange>();
  auto facts = core_.engine.page(t.tenant);
  if (!facts) return respond(error_answer(facts.error().code, facts.error().message));
  x->facts = std::move(*facts);
  x->tenant = t.tenant, x->route = t.route;
  if (t.route == http_route::page_theme) {
    http_answer a{200, "text/css; charset=utf-8", theme_css(*x->facts), 0, {}};
    a.headers.emplace_back("Cache-Control", "public, max-age=300");
    a.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin"); // the launcher on other sites reads it
    return respond(std::move(a));
  }
  auto asked = t.query.find("lang");
  x->language =
      page_language(asked != t.query.end() ? asked->second : header(request_, "Accept-Language"), x->facts->languages);
  if (header(request_, "X-Forwarded-Proto") == "https")
    x->scope = x->facts->embed_on.empty() ? cookie_scope::secure : cookie_scope::embedded;
  bool changes = takes_post(t.route) || t.route == http_route::page_socket;
  if (changes && from_another_site())
    return respond(error_answer(errc::unauthorized, "this came from a page of another site"));
  recognise(*x);
  if (t.route == http_route::page) return show_page(t, *x);
  if (t.route == http_route::page_sign_out) return page_sign_out(*x);
  if (!x->known && x->expired)
    return respond(error_answer(errc::conflict, "the sign-in has expired: load the page again"));
  if (!x->known && t.route != http_route::page_sign_in)
    return respond(error_answer(errc::unauthorized, "no visitor is known here: open the page /t/" + t.tenant.value +
                                                        " first; it needs cookies"));
  // A page that was opened before the chat was ended in another tab must not speak into the next one.
  if (auto tag = tag_in(t); !tag.empty() && tag != x->who.tag)
    return respond(error_answer(errc::conflict, "this browser has begun another conversation: load the page again"));
  t.peer = x->who.peer;
  for_page_ = true;
  switch (t.route) {
  case http_route::page_feed: return feed(t);
  case http_route::page_messages: return page_say(*x);
  case http_route::page_events: return page_event(*x);
  case http_route::page_end: return page_end(*x);
  case http_route::page_sign_in: return page_sign_in(*x);
  case http_route::page_socket: return open_socket(t, x->who, address);
  default: return collect(x, 1);
  }
}

void http_connection::show_page(const http_target& t, const page_exchange& x) {
  auto secret = x.known ? std::string() : new_visitor_secret();
  auto who = x.known ? x.who : visitor_of(t.tenant, secret);
  page_request q{x.language, who.tag, new_visitor_secret(), {}, who.until_s};
  if (auto note = t.query.find("note"); note != t.query.end() && note->second.starts_with("note_"))
    q.note = note->second;
  http_answer a{200, "text/html; charset=utf-8", page_html(*x.facts, q), 0, {}};
  if (!x.known) a.headers.emplace_back("Set-Cookie", visitor_cookie(t.tenant, secret, x.scope));
  if (x.expired) a.headers.emplace_back("Set-Cookie", customer_cookie(t.tenant, {}, 0, x.scope));
  a.headers.emplace_back("Content-Security-Policy", page_policy(*x.facts));
  a.headers.emplace_back("Referrer-Policy", "same-origin"); // not less: a form of ours must say where it comes from
  a.headers.emplace_back("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  a.headers.emplace_back("Content-Language", x.language);
  page_packed(std::move(a));
}

// --- what a visitor says

bool http_connection::is_form() const {
  return header(request_, "Content-Type").starts_with("application/x-www-form-urlencoded");
}

void http_connection::page_say(const page_exchange& x) {
  say_request q;
  auto back = "/t/" + x.tenant.value;
  if (is_form()) {
    form_back_ = back;
    auto fields = form_fields(request_.body());
    if (!fields) return respond(error_answer(fields.error().code, fields.error().message));
    if (auto as = (*fields)["as"]; !as.empty() && as != x.who.tag)
      return respond(error_answer(errc::conflict, "this browser has begun another conversation"));
    auto question = (*fields)["question"];
    q.id = (*fields)["id"], q.text = question.empty() ? (*fields)["text"] : question;
    // Browsers write line ends as two bytes in forms.
    std::erase(q.text, '\r');
  } else {
    auto message = decode<say_request>(request_.body(), {.bytes = core_.config.body_limit});
    if (!message) return respond(error_answer(message.error().code, message.error().message));
    q = std::move(*message);
  }
  if (q.language.empty()) q.language.clear();
  q.customer = x.who.customer, q.account.clear();
  auto ticket = ++ticket_;
  expect_within(core_.config.answer_s);
  core_.engine.say({x.tenant, x.who.peer, trace_, std::move(q)}, page_ack(ticket, {}));
}

std::function<void(accept_ack)> http_connection::page_ack(uint64_t ticket, std::string cookie) {
  return through_gate(core_.gate, shared_from_this(), [ticket, cookie](http_connection& self, accept_ack ack) {
    if (ticket != self.ticket_) return;
    ++self.ticket_;
    self.timer_.cancel();
    auto a = answer_of(ack);
    if (ack.ok && !cookie.empty()) a.headers.emplace_back("Set-Cookie", cookie);
    self.respond(std::move(a));
  });
}

void http_connection::page_event(const page_exchange& x) {
  auto j = nlohmann::json::parse(request_.body(), nullptr, false);
  auto text = [&](const char* key) {
    return j.is_object() && j.contains(key) && j[key].is_string() ? j[key].get<std::string>() : std::string();
  };
  auto reply = text("reply");
  if (text("type") != "answer_rated" || reply.empty() || reply.size() > 180 || !j.contains("right") ||
      !j["right"].is_boolean())
    return respond(error_answer(errc::bad_request,
                                "an event is {\"type\": \"answer_rated\", \"reply\": \"<its id>\", \"right\": true}"));
  auto conversation = conversation_id(x.tenant, channel_id{"web"}, account_id{}, x.who.peer);
  door_event e{x.tenant, "answer_rated", trace_, {}};
  e.body.id = "rated:" + reply;
  e.body.customer = x.who.customer;
  e.body.data = data_of({{"conversation", conversation.value}, {"reply", reply}, {"right", j["right"].get<bool>()}});
  auto ticket = ++ticket_;
  expect_within(core_.config.answer_s);
  core_.engine.event(std::move(e), page_ack(ticket, {}));
}

// The chat's end lands on the timeline; then this browser forgets its secret, and with it the conversation. Who is
// signed in keeps the conversation that all his devices share, and may end it again.
void http_connection::page_end(const page_exchange& x) {
  form_back_ = "/t/" + x.tenant.value;
  auto fields = form_fields(request_.body());
  if (!fields) return respond(error_answer(fields.error().code, fields.error().message));
  auto conversation = conversation_id(x.tenant, channel_id{"web"}, account_id{}, x.who.peer);
  nlohmann::json data{{"conversation", conversation.value}};
  auto stars = (*fields)["stars"];
  if (stars.size() == 1 && stars[0] >= '1' && stars[0] <= '5') data["stars"] = stars[0] - '0';
  if (auto& words = (*fields)["text"]; !words.empty()) data["text"] = words.substr(0, 4000);
  door_event e{x.tenant, "chat_ended", trace_, {}};
  e.body.id = x.who.is_signed_in() ? "ended:" + new_visitor_secret() : "ended";
  e.body.customer = x.who.customer;
  e.body.data = data_of(data);
  form_note_ = x.who.is_signed_in() ? "note_closed" : "note_ended";
  auto ticket = ++ticket_;
  expect_within(core_.config.answer_s);
  core_.engine.event(std::move(e),
                     page_ack(ticket, x.who.is_signed_in() ? std::string() : visitor_cookie(x.tenant, {}, x.scope)));
}

// --- what a visitor reads

void http_connection::collect(std::shared_ptr<page_exchange> x, uint64_t from) {
  auto ticket = ++ticket_;
  expect_within(core_.config.answer_s);
  core_.engine.feed(x->tenant, x->who.peer, from, page_limit,
                    through_gate(core_.gate, shared_from_this(), [x, ticket](http_connection& self, feed_page page) {
                      if (ticket != self.ticket_) return;
                      ++self.ticket_;
                      self.timer_.cancel();
                      if (page.error.code == to_string(errc::not_found)) page = {};
                      if (!page.error.empty()) return self.respond(answer_of(page));
                      for (auto& i : page.items) x->items.push_back(std::move(i));
                      if (page.items.empty() || x->items.size() >= most_items) return self.show_collected(*x);
                      self.collect(x, std::max(page.next, x->items.back().seq + 1));
                    }));
}

void http_connection::show_collected(const page_exchange& x) {
  http_answer a;
  if (x.route == http_route::page_plain) {
    a.type = "text/html; charset=utf-8";
    a.body = plain_html(*x.facts, x.language, x.items);
    a.headers.emplace_back("Content-Security-Policy",
                           "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'self'");
  } else {
    a.type = "text/plain; charset=utf-8";
    a.body = transcript_text(*x.facts, x.language, x.items);
    a.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + x.tenant.value + "-chat.txt\"");
  }
  page_packed(std::move(a));
}

void http_connection::open_socket(const http_target& t, const visitor& who, const std::string& address) {
  if (!beast::websocket::is_upgrade(request_) || buffer_.size() > 0)
    return respond(error_answer(426, errc::bad_request,
                                "this path is a WebSocket; the feed is at /t/" + t.tenant.value + "/feed"));
  auto from = number_of(t, "from", 1, highest_seq);
  if (!from) return respond(error_answer(from.error().code, from.error().message));
  auto place = core_.clients->open_socket(address);
  if (!place) return respond(error_answer(errc::overloaded, "too many chats are open from your address"));
  phase_ = phase::socket;
  auto socket =
      std::make_shared<page_socket>(shared_from_this(), stream_, core_, t.tenant, who, trace_, std::move(place));
  socket_ = socket;
  socket->accept(std::move(request_), *from);
  request_ = {};
}

} // namespace steward
