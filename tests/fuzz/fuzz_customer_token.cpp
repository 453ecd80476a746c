// Tokens of customers. The first byte chooses whether the text is signed as it is (then what stands in it is read), or
// is the token itself: nobody gets in by that.
#include "access/customer_token.hpp"
#include "tests/fuzz/must.hpp"

#include <cstddef>
#include <cstdint>
#include <sodium.h>

using namespace steward;

namespace {

std::string base64url(std::string_view s) {
  std::string out(sodium_base64_encoded_len(s.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(s.data()), s.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();
  return out;
}

const std::string secret(32, 'k');

std::string signed_token(std::string_view claims) {
  auto text = base64url(R"({"alg":"HS256","kid":"k"})") + "." + base64url(claims);
  unsigned char mac[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_state s;
  crypto_auth_hmacsha256_init(&s, reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
  crypto_auth_hmacsha256_update(&s, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  crypto_auth_hmacsha256_final(&s, mac);
  return text + "." + base64url({reinterpret_cast<char*>(mac), sizeof mac});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const customer_identity who{"shop", {{"k", token_algorithm::hs256, secret, {}}}};
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto ours = (data[0] & 1) == 0;
  auto r = read_customer_token(ours ? signed_token(text) : std::string(text), who, 1'900'000'000);
  if (!r) {
    fuzz::must(!r.error().message.empty(), "a refusal says why");
    return 0;
  }
  fuzz::must(ours, "nobody gets in without our signature");
  fuzz::must(!r->id.empty() && r->id.size() <= 200 && r->name.size() <= 200, "a customer has a name of bounded size");
  fuzz::must(r->until_s + token_leeway_s > 1'900'000'000, "and has not expired");
  return 0;
}
