#include "actors/knowledge/vector_guess.hpp"

#include <boost/test/unit_test.hpp>

#include <cctype>
#include <cmath>

using namespace steward;

BOOST_AUTO_TEST_SUITE(vector_guess_suite)

namespace {

// Letters are tokens; their rows are fixed numbers that look random.
class letters final : public token_embedder {
public:
  letters() {
    std::uint64_t state = 3;
    for (auto& v : rows_) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      v = static_cast<float>((state >> 40) & 0xFFFF) / 32768 - 1;
    }
  }
  std::vector<std::int32_t> tokens(std::string_view text, std::size_t most) const override {
    std::vector<std::int32_t> out;
    for (const char c : text)
      if (c >= 'a' && c <= 'z' && out.size() < most) out.push_back(c - 'a');
    return out;
  }
  std::span<const float> row(std::int32_t token) const override {
    return {rows_.data() + static_cast<std::size_t>(token) * 8, 8};
  }
  std::size_t vocabulary() const override { return 26; }
  std::size_t dimension() const override { return 8; }
  const std::string& name() const override { return name_; }
  result<embeddings> embed(std::span<const std::string>) override { return failure{errc::unsupported, ""}; }

private:
  std::vector<float> rows_ = std::vector<float>(26 * 8);
  std::string name_ = "letters/1";
};

// What the encoder says: how much of a text stands in the first, the middle and the last letters.
guess_lessons lessons(std::initializer_list<const char*> texts) {
  guess_lessons out;
  out.rows.dimension = 3;
  for (const auto* text : texts) {
    std::vector<float> row(3, 0.05F);
    for (const char* c = text; *c != 0; ++c) row[static_cast<std::size_t>((*c - 'a') / 9)] += 1;
    normalise(row);
    out.texts.emplace_back(text);
    out.rows.values.insert(out.rows.values.end(), row.begin(), row.end());
  }
  return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(it_learns_what_the_encoder_says) {
  const auto table = std::make_shared<letters>();
  const std::vector<std::string> documents{"abcdefghi", "jklmnopqr", "stuvwxyz"};
  const auto known = lessons({"abc", "cde", "fgh", "jkl", "lmn", "opq", "stu", "vwx", "xyz", "ajs", "blt", "adz"});
  const auto guess = vector_guess::fit(table, documents, known);
  BOOST_TEST(guess.dimension() == 3U);
  const auto low = guess("abd"), high = guess("tuy");
  BOOST_TEST(low[0] > 0.8);
  BOOST_TEST(high[2] > 0.8);
  BOOST_TEST(guess("") == std::vector<float>(3), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_lessons_it_is_the_table) {
  const auto guess = vector_guess::fit(std::make_shared<letters>(), std::vector<std::string>{"abc"}, {});
  BOOST_TEST(guess.dimension() == 8U);
  embeddings unseen;
  guess_lessons questions;
  questions.texts = {"abc", "xyz"};
  const auto taught = guess.taught({}, questions, unseen);
  BOOST_TEST(unseen.rows() == 2U);
  BOOST_TEST(taught("abc") == guess("abc"), boost::test_tools::per_element());
}

// The whole worth of the measurement hangs on this: a question is judged by a guess that never saw it.
BOOST_AUTO_TEST_CASE(what_it_says_of_a_question_is_what_it_would_say_without_it) {
  const auto table = std::make_shared<letters>();
  const std::vector<std::string> documents{"abcdefghi", "jklmnopqr", "stuvwxyz"};
  const auto known = lessons({"abc", "cde", "fgh", "jkl", "lmn", "opq", "stu", "vwx", "xyz"});
  const auto questions = lessons({"aei", "jmz", "stz", "bkt"});
  const auto base = vector_guess::fit(table, documents, known);
  embeddings unseen, ignored;
  (void)base.taught(known, questions, unseen);
  BOOST_REQUIRE(unseen.rows() == 4U);
  for (std::size_t left_out = 0; left_out < 4; ++left_out) {
    guess_lessons others;
    others.rows.dimension = 3;
    for (std::size_t i = 0; i < 4; ++i) {
      if (i == left_out) continue;
      others.texts.push_back(questions.texts[i]);
      const auto row = questions.rows.row(i);
      others.rows.values.insert(others.rows.values.end(), row.begin(), row.end());
    }
    const auto without = base.taught(known, others, ignored)(questions.texts[left_out]);
    // Not to the last digit: how rare letters are, and the mean, were counted with it.
    BOOST_TEST(dot(without, unseen.row(left_out)) > 0.97);
    const auto with = base.taught(known, questions, ignored)(questions.texts[left_out]);
    BOOST_TEST(dot(with, questions.rows.row(left_out)) >=
               dot(unseen.row(left_out), questions.rows.row(left_out)) - 0.01);
  }
}

BOOST_AUTO_TEST_SUITE_END()
