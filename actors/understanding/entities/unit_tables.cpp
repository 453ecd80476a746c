// Signs and codes of currencies, the same in every language. Data only.
#include "actors/understanding/entities/quantity.hpp"

namespace steward::entities {

namespace {

constexpr unit_word codes[] = {{"usd|us$|us $|u.s.$|usd$|$us|$usd|u.s. $|u.s $", "USD"},
                               {"eur|€|eur€", "EUR"},
                               {"gbp", "GBP"},
                               {"cad|c$|c $|ca$|can$|cad$", "CAD"},
                               {"aud|a$|a $|au$|aud$", "AUD"},
                               {"nzd|nz$", "NZD"},
                               {"hkd|hk$", "HKD"},
                               {"sgd|s$|sg$", "SGD"},
                               {"twd|nt$|ntd", "TWD"},
                               {"mxn|mex$|mxn$|mx$", "MXN"},
                               {"brl|r$|brl$", "BRL"},
                               {"jpy|jp¥", "JPY"},
                               {"cny|rmb|cn¥|yuan renminbi", "CNY"},
                               {"inr|₹|rs.", "INR"},
                               {"krw|₩", "KRW"},
                               {"chf|sfr", "CHF"},
                               {"sek", "SEK"},
                               {"nok", "NOK"},
                               {"dkk", "DKK"},
                               {"rub|₽", "RUB"},
                               {"try|₺", "TRY"},
                               {"zar", "ZAR"},
                               {"pln|zł", "PLN"},
                               {"czk|kč", "CZK"},
                               {"huf", "HUF"},
                               {"ils|₪", "ILS"},
                               {"thb|฿", "THB"},
                               {"vnd|₫", "VND"},
                               {"php|₱", "PHP"},
                               {"idr", "IDR"},
                               {"myr", "MYR"},
                               {"aed", "AED"},
                               {"sar", "SAR"},
                               {"ars|ars$|ar$", "ARS"},
                               {"clp|clp$", "CLP"},
                               {"cop|cop$|col$", "COP"},
                               {"uah|₴", "UAH"},
                               {"ngn|₦", "NGN"},
                               {"lak|₭", "LAK"},
                               {"btc|₿|xbt", "Bitcoin"},
                               {"kzt|₸", "KZT"},
                               {"ghs|₵", "GHS"},
                               {"egp", "EGP"},
                               {"pkr", "PKR"},
                               {"$", "Dollar"},
                               {"£", "Pound"},
                               {"¥|￥", "Yen or yuan"},
                               {"¢", "Cent", 0.01},
                               {nullptr, nullptr}};

} // namespace

const unit_word* currency_codes() { return codes; }

} // namespace steward::entities
