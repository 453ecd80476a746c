// The report as one page. Everything that people wrote is escaped; colours and shapes are inline SVG.
#include "actors/understanding/intents/intent_report.hpp"

#include <algorithm>
#include <cstdio>

namespace steward {
namespace {

constexpr std::size_t rows_shown = 50;

std::string escaped(std::string_view s) {
  std::string out;
  for (const char c : s) switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    default: out += c;
    }
  return out;
}

std::string number(double x, int places = 1) {
  char s[32];
  std::snprintf(s, sizeof s, "%.*f", places, x);
  return s;
}
std::string percent(double x) { return number(100 * x) + " %"; }

std::string figure(const char* what, const std::string& value) {
  return std::string("<div class=figure><b>") + value + "</b>" + what + "</div>";
}

// A square for each pair: rows are what was meant, columns what was understood.
std::string confusion_plot(const intent_report& r) {
  const auto k = r.names.size();
  const auto cell = k <= 20 ? 26.0 : std::max(4.0, 520.0 / static_cast<double>(k));
  const auto label = k <= 60 ? 190.0 : 4.0;
  const auto size = label + cell * static_cast<double>(k);
  auto out = "<svg viewBox=\"0 0 " + number(size + 4) + " " + number(size + 4) + "\" width=\"" + number(size + 4) +
             "\" role=img aria-label=\"what is taken for what\">";
  for (std::size_t a = 0; a < k; ++a) {
    std::size_t all = 0;
    for (const auto n : r.matrix[a]) all += n;
    const auto y = label + cell * static_cast<double>(a);
    if (label > 100) {
      const auto name = escaped(r.names[a]);
      const auto middle = number(y + cell / 2 + 4);
      out += "<text x=\"" + number(label - 6) + "\" y=\"" + middle + "\" text-anchor=end>" + name + "</text>";
      out += "<text transform=\"translate(" + middle + " " + number(label - 6) + ") rotate(-90)\">" + name + "</text>";
    }
    for (std::size_t b = 0; b < k; ++b) {
      const auto n = r.matrix[a][b];
      if (n == 0) continue;
      const auto share = static_cast<double>(n) / static_cast<double>(all);
      out += "<rect x=\"" + number(label + cell * static_cast<double>(b)) + "\" y=\"" + number(y) + "\" width=\"" +
             number(cell - 1) + "\" height=\"" + number(cell - 1) + "\" fill=\"" + (a == b ? "#2f7d5b" : "#c0392b") +
             "\" fill-opacity=\"" + number(0.15 + 0.85 * share, 2) + "\"><title>" + escaped(r.names[a]) +
             " understood as " + escaped(r.names[b]) + ": " + std::to_string(n) + "</title></rect>";
    }
  }
  out += "<rect x=\"" + number(label) + "\" y=\"" + number(label) + "\" width=\"" + number(size - label) +
         "\" height=\"" + number(size - label) + "\" fill=none stroke=\"#999\"/></svg>";
  return out;
}

// How often it was right against how sure it was: on the diagonal confidence means what it says.
std::string reliability_curve(const intent_report& r) {
  const auto x = [](double p) { return number(40 + 240 * p); };
  const auto y = [](double p) { return number(250 - 240 * p); };
  std::string out = "<svg viewBox=\"0 0 300 290\" width=300 role=img aria-label=\"reliability\">"
                    "<rect x=40 y=10 width=240 height=240 fill=none stroke=\"#999\"/>"
                    "<line x1=40 y1=250 x2=280 y2=10 stroke=\"#999\" stroke-dasharray=4 />"
                    "<text x=160 y=280 text-anchor=middle>how sure it was</text>"
                    "<text transform=\"translate(14 130) rotate(-90)\" text-anchor=middle>how often right</text>";
  std::string line;
  for (const auto& b : r.curve) line += x(b.said) + "," + y(b.right) + " ";
  out += "<polyline points=\"" + line + "\" fill=none stroke=\"#2f5d9b\" stroke-width=2 />";
  for (const auto& b : r.curve)
    out += "<circle cx=\"" + x(b.said) + "\" cy=\"" + y(b.right) + "\" r=4 fill=\"#2f5d9b\"><title>" +
           std::to_string(b.count) + " texts: " + percent(b.said) + " sure, " + percent(b.right) +
           " right</title></circle>";
  return out + "</svg>";
}

std::string table(std::initializer_list<const char*> head, const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return "<p>None.</p>";
  std::string out = "<table><tr>";
  for (const auto* h : head) out += std::string("<th>") + h + "</th>";
  for (std::size_t i = 0; i < rows.size() && i < rows_shown; ++i) {
    out += "</tr><tr>";
    for (const auto& c : rows[i]) out += "<td>" + escaped(c) + "</td>";
  }
  out += "</tr></table>";
  if (rows.size() > rows_shown) out += "<p>And " + std::to_string(rows.size() - rows_shown) + " more.</p>";
  return out;
}

std::string section(const report_part& p) {
  const auto& r = p.report;
  std::vector<std::vector<std::string>> confusions, overlaps, suspects;
  for (const auto& c : r.confusions) {
    std::string examples;
    for (const auto& e : c.examples) examples += (examples.empty() ? "" : " · ") + e;
    confusions.push_back({r.names[c.truth], r.names[c.said], std::to_string(c.count), examples});
  }
  for (const auto& o : r.overlaps) overlaps.push_back({r.names[o.a], r.names[o.b], percent(o.share)});
  for (const auto& s : r.suspects)
    suspects.push_back({s.text, r.names[s.labelled], r.names[s.meant], percent(s.confidence)});
  return "<h2>" + escaped(p.title) + "</h2><p>" + std::to_string(r.names.size()) + " intents, " +
         std::to_string(r.texts) + " examples, " + std::to_string(r.strangers) +
         " that mean none; each judged by a model that had not seen it.</p><div class=figures>" +
         figure("right", percent(r.accuracy)) + figure("macro-F1", percent(r.macro_f1)) +
         figure("calibration error", percent(r.calibration_error)) +
         figure("of it by chance, with so few texts", percent(r.calibration_by_chance)) +
         figure("of strangers known as such", r.strangers > 0 ? percent(r.out_of_scope_recall) : "–") +
         figure("of ours kept beside that", percent(r.in_scope_kept)) + "</div><h3>What is taken for what</h3>" +
         confusion_plot(r) + "<h3>Does confidence mean what it says?</h3>" + reliability_curve(r) +
         "<h3>Worst confusions</h3>" + table({"meant", "understood as", "times", "examples"}, confusions) +
         "<h3>Intents that overlap</h3>" + table({"one", "the other", "of both taken for the other"}, overlaps) +
         "<h3>Examples that are probably under the wrong intent</h3>" +
         table({"example", "stands under", "looks like", "sure"}, suspects);
}

} // namespace

std::string report_html(const std::string& title, std::span<const report_part> parts) {
  auto out = "<!doctype html><html lang=en><meta charset=utf-8><title>" + escaped(title) +
             "</title><style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;"
             "color:#222}h2{border-top:1px solid #ccc;padding-top:1rem}.figures{display:flex;flex-wrap:wrap;gap:1.5rem}"
             ".figure b{display:block;font-size:1.6rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;"
             "border-bottom:1px solid #ddd;padding:.3rem .6rem;vertical-align:top}svg{max-width:100%;height:auto}svg "
             "text{font:12px system-ui,sans-serif;fill:#444}</style><h1>" +
             escaped(title) + "</h1>";
  for (const auto& p : parts) out += section(p);
  return out + "</html>\n";
}

} // namespace steward
