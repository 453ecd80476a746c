#include "actors/knowledge/evaluation.hpp"
#include "actors/knowledge/taught_questions.hpp"
#include "storage/text_index.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace steward;

BOOST_AUTO_TEST_SUITE(teaching_suite)

namespace {

// Texts to vectors by their words: each known word is an axis, everything else a little of the last.
class words_as_axes final : public embedder {
public:
  result<embeddings> embed(std::span<const std::string> texts) override {
    embeddings out{axes, std::vector<float>(texts.size() * axes)};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto row = out.row(i);
      row[axes - 1] = 0.3F;
      for (const auto& term : terms_of(texts[i], "en"))
        row[std::hash<std::string>()(term) % (axes - 1)] += term.size() > 3 ? 1.0F : 0.2F;
      normalise(row);
    }
    return out;
  }
  std::size_t dimension() const override { return axes; }
  const std::string& name() const override { return name_; }

private:
  static constexpr std::size_t axes = 64;
  std::string name_ = "axes/1";
};

std::vector<article> shop() {
  std::vector<article> out(3);
  out[0].id = "returns", out[0].title = "Returns", out[0].text = "Send goods back within 30 days.";
  out[1].id = "delivery", out[1].title = "Delivery", out[1].text = "A parcel takes two days.";
  out[2].id = "payment", out[2].title = "Payment", out[2].text = "We take cards.";
  return out;
}

struct stand {
  std::shared_ptr<words_as_axes> encoder = std::make_shared<words_as_axes>();
  std::shared_ptr<const knowledge_index> index;
  stand() {
    index_sources sources;
    sources.encoder = encoder;
    auto built = knowledge_index::build("en", shop(), sources);
    BOOST_REQUIRE(built);
    index = *built;
  }
  embeddings rows(std::span<const asked> questions) {
    std::vector<std::string> texts;
    for (const auto& q : questions) texts.push_back(q.question);
    return *encoder->embed(texts);
  }
  std::shared_ptr<const knowledge_index> taught(std::span<const asked> questions) {
    return index->taught(questions, rows(questions));
  }
  std::string first_of(const found& f) { return f.hits.empty() ? "" : index->articles()[f.hits[0].article].id; }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_question_that_repeats_a_labelled_one_is_settled_by_it) {
  stand s;
  const asked questions[] = {{"whither goes my wool jumper if it pinches", {"returns"}, ""},
                             {"do you sell bicycles for children", {}, ""}};
  const auto index = s.taught(questions);
  const auto look = index->first_look("Hello! Whither goes my wool jumper if it pinches? It is about order 77.");
  BOOST_TEST(look.settled);
  BOOST_TEST(look.repeats == questions[0].question);
  BOOST_TEST(s.first_of(look.found) == "returns");
  BOOST_TEST(int(look.found.outcome) == int(verdict::answer));
  const auto none = index->first_look("please, do you sell bicycles for children");
  BOOST_TEST(none.settled);
  BOOST_TEST(int(none.found.outcome) == int(verdict::unknown));
  BOOST_TEST(index->first_look("do you sell maps").repeats == "");
  BOOST_TEST(!s.index->first_look(questions[0].question).settled); // whoever was not taught does not know
}

// "Do you ship to Spain?" stood among an article's own questions and was only asked back about.
BOOST_AUTO_TEST_CASE(an_articles_own_question_settles_what_says_hardly_more) {
  stand s;
  auto articles = shop();
  articles[1].questions = {"Do you ship to northern Spain?"};
  index_sources sources;
  sources.encoder = s.encoder;
  const auto index = (*knowledge_index::build("en", articles, sources))->taught({}, {});
  const auto look = index->first_look("do you ship to northern spain");
  BOOST_TEST(look.settled);
  BOOST_TEST(s.first_of(look.found) == "delivery");
  BOOST_TEST(int(look.found.outcome) == int(verdict::answer));
  BOOST_TEST(index->first_look("I paid twice, have moved, and do you ship to northern Spain as a gift?").repeats == "");
}

// "Do you ship to Switzerland" was answered with the passage on other continents, which alone says "ship".
BOOST_AUTO_TEST_CASE(the_lead_of_an_article_speaks_of_what_its_title_names) {
  stand s;
  article a;
  a.id = "swiss", a.title = "Switzerland and Liechtenstein";
  a.text =
      "Delivery costs a fixed sum whatever the order is worth and takes some working days, as the lines below say in "
      "more "
      "words.\n\n## Outside Europe\n\nWe do not ship to any other country of the world, however near it may be or seem "
      "to be, and there is no way around that for anybody who asks for it on the phone or by letter, as many do.\n\n"
      "## If you refuse it\n\nA parcel that comes back because its import charges were left unpaid is refunded without "
      "its "
      "delivery price and without what its carrier charges for its way back to our house, which is often much.";
  auto articles = shop(); // in which "do", "you", "to" and "ship" tell nothing
  for (auto& other : articles) other.text += " Do you want us to ship it to you? We do, and we ship to you.";
  articles.push_back(a);
  const auto index = *knowledge_index::build("en", articles, {});
  const auto look = index->first_look("do you ship to Switzerland");
  BOOST_REQUIRE(!look.found.hits.empty());
  BOOST_TEST(look.found.hits[0].passage == 0u);
}

BOOST_AUTO_TEST_CASE(repeats_are_not_trusted_where_labels_contradict_each_other) {
  stand s;
  std::vector<asked> questions;
  for (int i = 0; i < 6; ++i) {
    const std::string same = "why is thing " + std::string(3, static_cast<char>('a' + i)) + " missing from my account";
    questions.push_back({same, {"returns"}, ""});
    questions.push_back({same + " today", {"payment"}, ""});
  }
  BOOST_TEST(s.taught(questions)->first_look(questions[0].question).repeats == "");
}

BOOST_AUTO_TEST_CASE(labelled_questions_speak_for_their_articles) {
  stand s;
  const asked questions[] = {{"jumper pinches shoulders", {"returns"}, ""}};
  const auto rows = s.rows(std::vector<asked>{{"pinches jumper", {}, ""}});
  const auto untaught = s.index->first_look("pinches jumper");
  const auto taught = s.taught(questions);
  const auto f = taught->second_look(taught->first_look("pinches jumper"), rows.row(0));
  BOOST_TEST(s.first_of(f) == "returns");
  BOOST_TEST(f.hits[0].asked > 0.7);
  BOOST_TEST(s.index->second_look(untaught, rows.row(0)).hits[0].asked == 0.0);
}

// The evidence that weights and gate are fitted on must not hold the question itself.
BOOST_AUTO_TEST_CASE(a_question_is_no_evidence_for_itself) {
  stand s;
  const asked questions[] = {{"jumper pinches shoulders", {"returns"}, ""}, {"zebra crossing", {}, ""}};
  const auto evidence = s.taught(questions)->evidence_of_taught();
  BOOST_REQUIRE(evidence.size() == 2U);
  BOOST_TEST(evidence[0].answerable);
  for (const auto& c : evidence[0].candidates) BOOST_TEST(c.encoded.asked <= c.encoded.title + 1e-6F);
  BOOST_TEST(!evidence[1].answerable);
  BOOST_TEST(evidence[1].refused_encoded < 0.5F); // not its own likeness
}

BOOST_AUTO_TEST_CASE(questions_that_read_the_same_are_one) {
  stand s;
  const asked questions[] = {{"Where is it now?", {"returns"}, ""}, {"where is it NOW", {"delivery"}, ""}};
  const auto evidence = s.taught(questions)->evidence_of_taught();
  BOOST_REQUIRE(evidence.size() == 1U);
  std::size_t right = 0;
  for (const auto& c : evidence[0].candidates) right += c.right ? 1 : 0;
  BOOST_TEST(right == 2U);
}

BOOST_AUTO_TEST_CASE(weights_only_changes_no_look) {
  stand s;
  const asked questions[] = {{"whither goes my wool jumper if it pinches", {"returns"}, ""}};
  const auto index = s.index->taught(questions, s.rows(questions), teaching::weights_only);
  const auto look = index->first_look(questions[0].question);
  BOOST_TEST(look.repeats == "");
  BOOST_TEST(index->evidence_of_taught().size() == 1U);
}

// Twins stand in one fold: else each would be answered by the other.
BOOST_AUTO_TEST_CASE(an_evaluation_does_not_ask_what_it_has_taught) {
  stand s;
  std::vector<asked> questions;
  for (int i = 0; i < 10; ++i) {
    const std::string word(5, static_cast<char>('a' + i));
    questions.push_back({word + " quux plugh xyzzy", {i % 2 == 0 ? "returns" : "payment"}, ""});
    questions.push_back({word + " Quux plugh xyzzy!", {i % 2 == 0 ? "returns" : "payment"}, ""});
  }
  const auto e = evaluate(*s.index, questions, s.rows(questions));
  BOOST_TEST(e.questions == 20U);
  BOOST_TEST(e.encoder_share == 1.0); // nothing was settled by a twin
}

BOOST_AUTO_TEST_CASE(an_evaluation_counts_what_nothing_answers_apart) {
  stand s;
  const std::vector<asked> questions{{"how long does the parcel take", {"delivery"}, ""},
                                     {"can i send goods back", {"returns"}, ""},
                                     {"capital of france", {}, ""}};
  const auto e = evaluate(*s.index, questions, s.rows(questions));
  BOOST_TEST(e.questions == 2U);
  BOOST_TEST(e.without_answer == 1U);
  BOOST_TEST(e.lexical.recall_at_1 == 1.0);
  BOOST_TEST(e.unanswerable.answered + e.unanswerable.chosen + e.unanswerable.unknown == 1.0);
  const auto both = merged(e, e);
  BOOST_TEST(both.questions == 4U);
  BOOST_TEST(both.lexical.recall_at_1 == 1.0);
  const auto none = evaluate(*s.index, {}, {});
  BOOST_TEST(none.fused.recall_at_1 == 0.0);
  BOOST_TEST(none.questions == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
