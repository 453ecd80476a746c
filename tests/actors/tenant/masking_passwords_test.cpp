#include "actors/tenant/masking.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {
const std::vector<mask_rule> all = {mask_rule::card, mask_rule::national_id, mask_rule::password};
}

BOOST_AUTO_TEST_SUITE(masking_passwords)

BOOST_AUTO_TEST_CASE(secrets_are_masked_and_nothing_else) {
  const std::pair<std::string, std::string> rows[] = {
      {"my password is hunter2", "my password is [password]"},
      {"My Password is hunter2.", "My Password is [password]."},
      {"my password is: hunter2", "my password is: [password]"},
      {"password: hunter2", "password: [password]"},
      {"password:hunter2", "password:[password]"},
      {"password = hunter2, thanks", "password = [password], thanks"},
      {"password=hunter2&user=anna", "password=[password]"},
      {"password -> hunter2", "password -> [password]"},
      {"Password：hunter2", "Password：[password]"},
      {"password:\nhunter2", "password:\n[password]"},
      {"pwd: S3cret!", "pwd: [password]"},
      {"pwd hunter2", "pwd [password]"},
      {"PW: geheim", "PW: [password]"},
      {"pw is abc123", "pw is [password]"},
      {"pass: letmein", "pass: [password]"},
      {"passcode is 774411", "passcode is [password]"},
      {"my PIN is 4711", "my PIN is [password]"},
      {"CVV: 123", "CVV: [password]"},
      {"my passwd was qwerty", "my passwd was [password]"},
      {"my password is \"correct horse\" ok", "my password is \"[password]\" ok"},
      {"my password is 'hunter2'.", "my password is '[password]'."},
      {"my password is “hunter 2”", "my password is “[password]”"},
      {"the password for my account is hunter2", "the password for my account is [password]"},
      {"password for anna@example.org is Hunter2x", "password for anna@example.org is [password]"},
      {"my old password was summer, the new password is winter",
       "my old password was [password], the new password is [password]"},
      {"password is now hunter2", "password is now [password]"},
      {"password's hunter2", "password's [password]"},
      {"user anna password hunter2", "user anna password [password]"},
      {"password (new): hunter2", "password (new): [password]"},
      {"I changed my password to Tarn-2024", "I changed my password to [password]"},
      {"{\"password\": \"hunter2\"}", "{\"password\": \"[password]\"}"},
      {"wifi-password: hunter2", "wifi-password: [password]"},
      {"db_password=hunter2", "db_password=[password]"},
      {"pass\u200Bword: hunter2", "pass\u200Bword: [password]"},
      {"password: hun\u200Bter2", "password: [password]"},
      {"ｐａｓｓｗｏｒｄ：ｈｕｎｔｅｒ２", "ｐａｓｓｗｏｒｄ：[password]"},
      {"my password is password123", "my password is [password]"},
      {"passphrase: correct horse battery staple", "passphrase: [password]"},
      {"mi contraseña es girasol", "mi contraseña es [password]"},
      {"contraseña: Girasol7", "contraseña: [password]"},
      {"contrasen\u0303a: Girasol7", "contrasen\u0303a: [password]"},
      {"la contraseña de mi cuenta es girasol7", "la contraseña de mi cuenta es [password]"},
      {"CONTRASEÑA ES girasol", "CONTRASEÑA ES [password]"},
      {"mi clave es abc123", "mi clave es [password]"},
      {"clave: girasol", "clave: [password]"},
      {"密码是abc123", "密码是[password]"},
      {"密码：abc123", "密码：[password]"},
      {"密码:abc123，帮我看看", "密码:[password]，帮我看看"},
      {"我的密码是abc123，请帮忙", "我的密码是[password]，请帮忙"},
      {"我的密码是abc123请帮忙", "我的密码是[password]请帮忙"},
      {"密码是 abc123", "密码是 [password]"},
      {"密码为abc123", "密码为[password]"},
      {"密码abc123", "密码[password]"},
      {"密码是芝麻开门。", "密码是[password]。"},
      {"密碼：abc123", "密碼：[password]"},
      {"登录密码是“abc 123”", "登录密码是“[password]”"},
      {"密码就是123456", "密码就是[password]"},
      {"口令是abc123", "口令是[password]"},
      {"passwort: geheim", "passwort: [password]"},
      {"Mein Passwort ist Geheim1", "Mein Passwort ist [password]"},
      {"Mein Passwort lautet geheim", "Mein Passwort lautet [password]"},
      {"WLAN-Passwort: geheim", "WLAN-Passwort: [password]"},
      {"Kundenpasswort: geheim", "Kundenpasswort: [password]"},
      {"Kennwort ist sommer", "Kennwort ist [password]"},
      {"mon mot de passe est soleil", "mon mot de passe est [password]"},
      {"mdp: soleil", "mdp: [password]"},
      {"la mia password è girasole", "la mia password è [password]"},
      {"minha senha é girassol", "minha senha é [password]"},
      {"mijn wachtwoord is zonnebloem", "mijn wachtwoord is [password]"},
      {"мой пароль: солнце", "мой пароль: [password]"},
      {"パスワードはhimawari7です", "パスワードは[password]です"},
      {"비밀번호: abc123", "비밀번호: [password]"},
      {"şifre: abc123", "şifre: [password]"},
      {"my password is [password]", "my password is [password]"},
      {"my password is 4111111111111111", "my password is [password]"},
  };
  for (auto& [in, out] : rows) {
    auto got = mask(in, all);
    BOOST_TEST(got.text == out, "\"" << in << "\" became \"" << got.text << "\", wanted \"" << out << "\"");
    BOOST_TEST(mask(got.text, all).text == got.text, "not idempotent: " << in);
  }
}

BOOST_AUTO_TEST_CASE(talking_about_passwords_is_no_secret) {
  for (std::string s : {
           "I forgot my password",
           "how do I reset my password?",
           "my password is wrong",
           "my password is not working",
           "the password is incorrect.",
           "my password is too short",
           "password reset",
           "password reset is not possible",
           "password: how do I change it",
           "Problem with password: I can't log in",
           "your password must be at least 8 characters",
           "is my password safe?",
           "my password isn't accepted",
           "password expired",
           "password and username",
           "I forgot my password and my order number is 123456",
           "the password field is empty",
           "passport is valid",
           "compass is broken",
           "the pin is missing",
           "tent pin is bent",
           "la clave es tener paciencia",
           "olvidé mi contraseña",
           "mi contraseña no funciona",
           "la contraseña es incorrecta",
           "¿cuál es mi contraseña?",
           "密码忘了",
           "忘记密码怎么办",
           "密码是什么",
           "密码是多少",
           "密码不对",
           "密码是错的",
           "我的密码是不是过期了",
           "怎么改密码",
           "Passwort vergessen",
           "mein Passwort ist falsch",
           "mein Passwort ist nicht mehr gültig",
           "mot de passe oublié",
           "mon mot de passe est faux",
           "password",
           "password:",
           "password is",
           "my password is a secret",
           "passwords are stored safely",
           "a pass is needed",
           "bus pass is valid",
           "I never got the password e-mail",
           "the pw",
           "Is a password required?",
       }) {
    auto got = mask(s, all);
    BOOST_TEST(got.text == s, "\"" << s << "\" became \"" << got.text << "\"");
  }
}

BOOST_AUTO_TEST_SUITE_END()
