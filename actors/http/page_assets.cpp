// Files of clients/web as the program carries them, packed once.
#include "actors/http/page.hpp"

#include <sodium.h>
#include <zlib.h>

namespace steward {

extern const char* const web_chat_css;
extern const char* const web_chat_js;
extern const char* const web_draw_js;
extern const char* const web_link_js;
extern const char* const web_outbox_js;
extern const char* const web_embed_js;
extern const char* const web_icon_svg;
extern const char* const web_page_html;
extern const char* const web_words_json;

std::string gzipped(std::string_view in) {
  z_stream z{};
  if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&z, in.size()) + 32, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? z.total_out : 0);
  deflateEnd(&z);
  return out;
}

const page_asset* find_asset(std::string_view name) {
  static const auto all = [] {
    std::map<std::string, page_asset, std::less<>> out;
    constexpr std::string_view script = "text/javascript; charset=utf-8";
    auto add = [&](const char* name, std::string_view type, const char* text) {
      out[name] = {type, text, gzipped(text)};
    };
    add("chat.css", "text/css; charset=utf-8", web_chat_css);
    add("chat.js", script, web_chat_js);
    add("draw.js", script, web_draw_js);
    add("link.js", script, web_link_js);
    add("outbox.js", script, web_outbox_js);
    add("embed.js", script, web_embed_js);
    add("icon.svg", "image/svg+xml", web_icon_svg);
    return out;
  }();
  auto at = all.find(name);
  return at == all.end() ? nullptr : &at->second;
}

const std::string& assets_version() {
  static const auto version = [] {
    std::string all;
    for (auto text : {web_chat_css, web_chat_js, web_draw_js, web_link_js, web_outbox_js, web_icon_svg}) all += text;
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(all.data()), all.size(), nullptr, 0);
    char hex[17];
    sodium_bin2hex(hex, sizeof hex, hash, 8);
    return std::string(hex);
  }();
  return version;
}

} // namespace steward
