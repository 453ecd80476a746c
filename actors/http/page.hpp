// The customer's page as the door serves it: HTML, its assets, the theme. Pure, but for what is computed once.
// The assets themselves are files of clients/web, part of the program.
#pragma once
#include "access/customer_token.hpp"
#include "actors/http/http_answer.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct page_facts {
  std::string tenant, name;
  std::vector<std::string> languages;          // the tenant's, default first
  std::map<std::string, std::string> greeting; // by language
  std::map<std::string, std::vector<std::string>> questions;
  int64_t retention_days = 365;
  uint32_t text_chars = 4000;
  std::string colour = "#2f5d50", avatar;
  std::vector<std::string> embed_on;
  bool out_of_hours = false;  // by the tenant's hours nobody is there now
  customer_identity identity; // whose tokens sign a customer in
};

/// The page's language: the first of Accept-Language that it has words for, else the tenant's default, else English.
std::string page_language(std::string_view accept_language, const std::vector<std::string>& tenants);

/// "rtl" or "ltr".
std::string_view page_direction(const std::string& language);

struct page_request {
  std::string language;
  std::string visitor_tag;
  std::string message_id;     // of the form, should it be sent without script
  std::string note;           // key of a word that tells what became of the last form; may be empty
  int64_t signed_until_s = 0; // 0: a visitor whom nobody named
};
std::string page_html(const page_facts&, const page_request&);
std::string theme_css(const page_facts&);

/// Content-Security-Policy of the page: nothing inline, nothing from elsewhere, framed only by whom the tenant names.
std::string page_policy(const page_facts&);

struct page_asset {
  std::string_view type, text;
  std::string packed; // gzip
};
/// By file name: chat.js, chat.css, …; null: there is none.
const page_asset* find_asset(std::string_view name);
/// Changes with any asset: assets may be kept for ever under it.
const std::string& assets_version();
std::string gzipped(std::string_view);

enum class staffing { there, out_of_hours };
/// What the page's feed holds: the items with their texts as document trees.
std::string page_json(const feed_page&, staffing = staffing::there);
std::string page_event_of(const feed_item&);
/// The whole conversation for a browser without script, and as a text file to keep.
std::string plain_html(const page_facts&, const std::string& language, const std::vector<feed_item>&);
std::string transcript_text(const page_facts&, const std::string& language, const std::vector<feed_item>&);
std::string_view page_word(const std::string& language, const std::string& key);

/// Fields of a form (application/x-www-form-urlencoded).
result<std::map<std::string, std::string>> form_fields(std::string_view body);

} // namespace steward
