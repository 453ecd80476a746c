#include "actors/understanding/static_embedder.hpp"

#include "actors/understanding/openvino_embedder.hpp"
#include "actors/understanding/static_table.hpp"
#include "actors/understanding/wordpiece.hpp"

#include <numeric>

namespace steward {
namespace {

class mean_of_rows final : public token_embedder {
public:
  mean_of_rows(wordpiece pieces, static_table table)
      : pieces_(std::move(pieces))
      , table_(std::move(table)) {}

  std::size_t dimension() const override { return table_.dimension(); }
  const std::string& name() const override { return table_.name(); }

  std::vector<std::int32_t> tokens(std::string_view text, std::size_t most) const override {
    auto ids = pieces_.encode(text, most + 2);
    ids.erase(ids.begin());
    ids.pop_back();
    return ids;
  }
  std::span<const float> row(std::int32_t token) const override { return table_.row(token); }
  std::size_t vocabulary() const override { return table_.rows(); }

  result<embeddings> embed(std::span<const std::string> texts) override {
    embeddings out{dimension(), std::vector<float>(texts.size() * dimension())};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto sum = out.row(i);
      for (const auto id : pieces_.encode(texts[i], 512)) {
        const auto row = table_.row(id);
        for (std::size_t d = 0; d < row.size(); ++d) sum[d] += row[d];
      }
      normalise(sum);
    }
    return out;
  }

private:
  wordpiece pieces_;
  static_table table_;
};

} // namespace

result<std::unique_ptr<token_embedder>> make_static_embedder(const std::filesystem::path& folder) {
  auto pieces = wordpiece::load(folder / "tokenizer.json");
  if (!pieces) return pieces.error();
  auto table = static_table::open(folder / "static.bin");
  if (!table) return table.error();
  if (table->rows() != pieces->size())
    return failure{errc::corrupt, (folder / "static.bin").string() + " has " + std::to_string(table->rows()) +
                                      " rows but the tokenizer beside it " + std::to_string(pieces->size()) +
                                      " entries; make it anew with steward-distill"};
  return std::unique_ptr<token_embedder>(std::make_unique<mean_of_rows>(std::move(*pieces), std::move(*table)));
}

result<std::size_t> distil_folder(const std::filesystem::path& folder, std::size_t threads,
                                  const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto pieces = wordpiece::load(folder / "tokenizer.json");
  if (!pieces) return pieces.error();
  std::vector<std::int32_t> ids(pieces->size());
  std::iota(ids.begin(), ids.end(), 0);
  auto rows = token_states(folder, ids, threads, progress);
  if (!rows) return rows.error();
  const std::int32_t silent[] = {pieces->cls(), pieces->sep(), pieces->pad(), pieces->unknown()};
  distil(*rows, silent);
  const auto name = std::filesystem::absolute(folder).lexically_normal().filename();
  return write_static_table(folder / "static.bin", "static/1/" + (name.empty() ? std::string("model") : name.string()),
                            *rows);
}

} // namespace steward
