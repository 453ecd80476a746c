// One easy handle per call: embed() may run on several threads, and a handle belongs to one at a time. Handles are kept
// in a pool, so that connections stay open between calls.
#include "actors/embedder.hpp"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace steward {
namespace {

constexpr std::size_t largest_answer = std::size_t{64} << 20;

using handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

std::size_t receive(char* data, std::size_t size, std::size_t count, void* to) {
  auto& body = *static_cast<std::string*>(to);
  if (body.size() + size * count > largest_answer) return 0;
  body.append(data, size * count);
  return size * count;
}

class endpoint final : public embedder {
public:
  explicit endpoint(endpoint_options options)
      : options_(std::move(options))
      , dimension_(options_.dimension)
      , name_("endpoint/" + options_.model) {}

  std::size_t dimension() const override { return dimension_; }
  const std::string& name() const override { return name_; }

  result<embeddings> embed(std::span<const std::string> texts) override {
    embeddings out{dimension_, {}};
    const auto step = std::max<std::size_t>(options_.batch, 1);
    for (std::size_t begin = 0; begin < texts.size(); begin += step) {
      const auto part = texts.subspan(begin, std::min(step, texts.size() - begin));
      auto rows = ask(part);
      if (!rows) return rows.error();
      if (out.dimension == 0) out.dimension = rows->dimension;
      if (rows->dimension != out.dimension)
        return failure{errc::corrupt, options_.url + " answered vectors of " + std::to_string(rows->dimension) +
                                          " values where " + std::to_string(out.dimension) + " were expected"};
      out.values.insert(out.values.end(), rows->values.begin(), rows->values.end());
    }
    return out;
  }

  status learn_dimension() {
    if (dimension_ != 0) return success();
    const std::string probe[] = {"hello"};
    const auto rows = ask(probe);
    if (!rows) return rows.error();
    dimension_ = rows->dimension;
    return success();
  }

private:
  result<embeddings> ask(std::span<const std::string> texts) {
    const nlohmann::json question{{"model", options_.model}, {"input", texts}, {"encoding_format", "float"}};
    auto body = post(question.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    if (!body) return body.error();
    const failure strange{errc::corrupt, options_.url + " answered something that is not a list of embeddings"};
    const auto doc = nlohmann::json::parse(*body, nullptr, false);
    const auto data = doc.is_object() ? doc.find("data") : doc.end();
    if (!doc.is_object() || data == doc.end() || !data->is_array() || data->size() != texts.size()) return strange;
    embeddings out;
    std::vector<char> seen(texts.size());
    for (std::size_t i = 0; i < data->size(); ++i) {
      const auto& item = (*data)[i];
      if (!item.is_object()) return strange;
      const auto at = item.find("index");
      const auto index = at != item.end() && at->is_number_unsigned() ? at->get<std::size_t>() : i;
      const auto values = item.find("embedding");
      if (index >= texts.size() || seen[index] != 0 || values == item.end() || !values->is_array() || values->empty())
        return strange;
      seen[index] = 1;
      if (out.dimension == 0) {
        out.dimension = values->size();
        out.values.resize(texts.size() * out.dimension);
      }
      if (values->size() != out.dimension) return strange;
      const auto row = out.row(index);
      for (std::size_t d = 0; d < out.dimension; ++d) {
        const auto& v = (*values)[d];
        if (!v.is_number() || !std::isfinite(v.get<float>())) return strange;
        row[d] = v.get<float>();
      }
      normalise(row);
    }
    return out;
  }

  result<std::string> post(const std::string& question) {
    auto curl = take();
    if (!curl) return failure{errc::unavailable, "cannot make an HTTP client"};
    std::string answer;
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
    if (!options_.key.empty()) headers = curl_slist_append(headers, ("Authorization: Bearer " + options_.key).c_str());
    curl_easy_setopt(curl.get(), CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS,
                     static_cast<long>(std::max<std::int64_t>(options_.timeout.count(), 1)));
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(question.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, question.data());
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
    const auto code = curl_easy_perform(curl.get());
    long http = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &http);
    curl_easy_reset(curl.get());
    curl_slist_free_all(headers);
    give(std::move(curl));
    if (code == CURLE_OPERATION_TIMEDOUT)
      return failure{errc::timeout,
                     options_.url + " gave no answer within " + std::to_string(options_.timeout.count()) + " ms"};
    if (code == CURLE_WRITE_ERROR) return failure{errc::too_large, options_.url + " answered more than 64 MiB"};
    if (code != CURLE_OK)
      return failure{errc::unavailable, "cannot reach " + options_.url + ": " + curl_easy_strerror(code)};
    if (http == 200) return answer;
    const auto busy = http == 429 || http >= 500;
    return failure{busy ? errc::unavailable : errc::bad_request,
                   options_.url + " answered HTTP " + std::to_string(http) + ": " + answer.substr(0, 200)};
  }

  handle take() {
    const std::lock_guard guard(mutex_);
    if (idle_.empty()) return {curl_easy_init(), curl_easy_cleanup};
    auto out = std::move(idle_.back());
    idle_.pop_back();
    return out;
  }
  void give(handle h) {
    const std::lock_guard guard(mutex_);
    idle_.push_back(std::move(h));
  }

  endpoint_options options_;
  std::size_t dimension_;
  std::string name_;
  std::mutex mutex_;
  std::vector<handle> idle_;
};

} // namespace

result<std::unique_ptr<embedder>> make_endpoint_embedder(endpoint_options options) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) return failure{errc::unavailable, "cannot start the HTTP client"};
  if (!options.url.starts_with("http://") && !options.url.starts_with("https://"))
    return failure{errc::bad_request,
                   "an embedding endpoint begins with http:// or https://, not '" + options.url + "'"};
  auto made = std::make_unique<endpoint>(std::move(options));
  if (auto learnt = made->learn_dimension(); !learnt) return learnt.error();
  return std::unique_ptr<embedder>(std::move(made));
}

} // namespace steward
