// All readers over one source text; each knows its kind alone, so kinds may overlap. The result is sorted by place.
#include "actors/understanding/entities/entity_reader.hpp"

#include "actors/understanding/entities/answers.hpp"
#include "actors/understanding/entities/contact.hpp"
#include "actors/understanding/entities/datetime_reader.hpp"
#include "actors/understanding/entities/numeral.hpp"
#include "actors/understanding/entities/own_names.hpp"
#include "actors/understanding/entities/percentage.hpp"
#include "actors/understanding/entities/quantity.hpp"
#include "actors/understanding/entities/relative_ordinal.hpp"
#include "actors/understanding/entities/sense_policy.hpp"

#include <algorithm>

namespace steward {

namespace {

using namespace entities;

class collector {
public:
  explicit collector(const source_text& text)
      : text_(text) {}

  entity& add(const char* kind, const char* type, std::uint32_t begin, std::uint32_t end) {
    entity e;
    e.kind = kind;
    e.type = type;
    e.text = text_.written(begin, end);
    e.start = begin;
    e.length = end - begin;
    e.byte = text_.byte_of(begin);
    out.push_back(std::move(e));
    return out.back();
  }

  std::vector<entity> out;

private:
  const source_text& text_;
};

bool within(const std::vector<contact>& taken, std::uint32_t begin, std::uint32_t end, std::string_view kind) {
  return std::any_of(taken.begin(), taken.end(),
                     [&](const contact& c) { return c.kind == kind && begin < c.end && end > c.begin; });
}

} // namespace

std::vector<entity> read_entities(std::string_view utf8, const entity_context& context) {
  const source_text text(utf8);
  const auto lang = tongue_of(context.language);
  collector all(text);
  const auto addresses = read_addresses(text);
  for (const auto& a : addresses) all.add(a.kind, a.kind, a.begin, a.end).value = text.written(a.begin, a.end);
  for (const auto& p : read_phones(text, addresses))
    all.add("phone", "phone", p.begin, p.end).value = text.written(p.begin, p.end);

  const auto numbers = read_numbers(text, lang);
  for (const auto& n : numbers)
    if (!within(addresses, n.begin, n.end, "url") && !within(addresses, n.begin, n.end, "email"))
      all.add("number", "number", n.begin, n.end).value = decimal_text(n.value);
  const auto places = read_relative_ordinals(text, lang);
  for (const auto& o : read_ordinals(text, lang)) // the second of "second to last" is none of its own
    if (std::none_of(places.begin(), places.end(), [&](const auto& r) { return o.begin < r.end && o.end > r.begin; }))
      all.add("ordinal", "ordinal", o.begin, o.end).value = decimal_text(o.value);
  for (const auto& r : places) all.add("ordinal", "ordinal.relative", r.begin, r.end).value = r.value;
  for (const auto& p : read_percentages(text, lang))
    if (!within(addresses, p.begin, p.end, "url"))
      all.add("percentage", "percentage", p.begin, p.end).value = p.valued ? decimal_text(p.value) : "";

  auto quantities = read_money(text, lang, numbers_before_units(text, lang));
  for (auto& q : read_measures(text, lang)) quantities.push_back(std::move(q));
  for (auto& q : read_ages(text, lang)) quantities.push_back(std::move(q));
  for (auto& q : quantities) {
    auto& e = all.add(q.kind, q.kind, q.begin, q.end);
    e.value = q.valued ? decimal_text(q.value) : "";
    e.unit = std::move(q.unit);
  }
  if (const auto a = read_answer(text, lang))
    all.add("boolean", "boolean", a->begin, a->end).value = a->yes ? "true" : "false";
  for (auto& d : read_datetimes(text, lang, context.now)) {
    auto& e = all.add("datetime", d.type, d.begin, d.end);
    if (d.values.empty()) continue;
    e.value = std::move(d.values.front());
    e.alternatives.assign(std::make_move_iterator(d.values.begin() + 1), std::make_move_iterator(d.values.end()));
  }
  if (context.own != nullptr)
    for (auto& o : context.own->read(text)) all.add(o.kind.c_str(), "own", o.begin, o.end).value = std::move(o.value);
  if (context.senses)
    for (auto& s : read_senses(text, lang, context.profile, context.book)) {
      auto& e = all.add("sense", "sense", s.begin, s.end);
      e.value = std::move(s.sense);
      e.alternatives = std::move(s.others);
    }
  std::stable_sort(all.out.begin(), all.out.end(), [](const entity& a, const entity& b) {
    return a.start != b.start ? a.start < b.start : a.length > b.length;
  });
  return std::move(all.out);
}

} // namespace steward
