// Chains for a terminal. Differences are marked by brackets, [-taken away-] and {+added+}; colour only repeats what
// the brackets say.
#include <algorithm>
#include <functional>
#include <ostream>
#include <unordered_map>
#include <vector>

#include "report/data.hpp"
#include "report/placed.hpp"

namespace suyuan {

namespace {

class Writer {
 public:
  Writer(std::ostream& out, const Report::Data& data, const TextOptions& options)
      : out_(out), data_(data), options_(options), find_(data.of_find()) {}

  std::string say(std::string_view key) const { return label(key, options_.language); }
  std::string word(const Json& key) const { return label(key.get<std::string>(), options_.language); }

  void chain(const Json& c) {
    const auto& witnesses = c.at("witnesses");
    out_ << paint(c.at("id").get<std::string>() + "  ", "1") << c.at("text").get<std::string>() << '\n';
    if (c.contains("occasion"))
      out_ << "    " << say("spoken") << " " << interval_in_words(c.at("occasion"), options_.language) << "  "
           << c.at("occasion").at("text").get<std::string>() << '\n';
    if (const auto parts = c.find("earlier_parts"); parts != c.end())
      for (const Json& p : *parts) {
        const std::string speaker = string_or(p, "speaker");
        out_ << "    " << say("a part of it already") << " " << interval_in_words(p.at("date"), options_.language)
             << "  " << source_in_words(data_, data_.work(p.at("work")), options_.language)
             << (speaker.empty() ? "" : "  " + speaker) << "  " << p.at("text").get<std::string>() << '\n';
      }
    // The text that find was asked for is none of those that hold it, and stands last.
    const auto asked = [&](const Json& w) { return find_ && w.at("id") == c.at("head"); };
    std::vector<const Json*> order;
    for (const Json& w : witnesses)
      if (!asked(w)) order.push_back(&w);
    for (const Json& w : witnesses)
      if (asked(w)) order.push_back(&w);
    std::unordered_map<std::string, std::size_t> at;
    for (std::size_t i = 0; i < order.size(); ++i) at.emplace(order[i]->at("id").get<std::string>(), i);
    const auto number = [&](const Json& id) {
      const std::size_t i = at.at(id.get<std::string>());
      return asked(*order[i]) ? say("asked for") : std::to_string(i + 1);
    };
    for (std::size_t i = 0; i < order.size(); ++i) {
      const Json& w = *order[i];
      if (asked(w))
        out_ << "       " << say("asked for") << '\n';
      else
        witness(c, w, i);
      if (const auto nearest = w.find("nearest"); nearest != w.end()) {
        const Json& other = *order[at.at(nearest->at("witness").get<std::string>())];
        out_ << "         " << word(nearest->at("kind")) << ", " << say("against") << " " << number(other.at("id"))
             << '\n';
        for (const Json& e : nearest->at("edits"))
          if (e.at("class") != "punctuation" && e.at("class") != "structure") edit(e, other, w);
      }
      follows(w.at("follows"), number);
    }
    out_ << '\n';
  }

  // One line: it is set aside, after the chains.
  void series(const Json& s) {
    out_ << "    " << s.at("id").get<std::string>() << "  " << s.at("count").get<std::uint32_t>() << " "
         << say("places") << "  " << interval_in_words(s, options_.language) << "  "
         << s.at("pattern").get<std::string>() << '\n';
  }

  // What find looked in: of the texts, those with a date are counted.
  void searched() {
    const Json years = data_.coverage();
    int works = 0;
    for (const Json& y : years) works += y.at("works").get<int>();
    out_ << say("dated works searched") << " " << works;
    if (!years.empty()) out_ << ", " << years.front().at("year") << "–" << years.back().at("year");
    out_ << '\n';
  }

 private:
  std::string paint(std::string_view text, const char* code) const {
    return options_.color ? "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m" : std::string(text);
  }

  void witness(const Json& chain, const Json& w, std::size_t i) {
    const Json& work = data_.work(w.at("work"));
    const Json& document = data_.document(w.at("document"));
    const bool first = w.at("id") == chain.at("first");
    const std::string record = string_or(document, "record");
    const double extent = w.at("extent").get<double>();
    out_ << "    " << (first ? paint("* ", "1") : "  ") << i + 1 << "  "
         << interval_in_words(w.at("date"), options_.language) << "  "
         << source_in_words(data_, work, options_.language) << "  " << document.at("path").get<std::string>()
         << (record.empty() ? "" : "#" + record) << ":" << place_in_file(w);
    if (extent < 0.995) out_ << "  " << say("extent") << " " << static_cast<int>(extent * 100 + 0.5) << " %";
    if (w.at("quoted").get<bool>()) out_ << "  " << say("quoted");
    if (w.at("role") == "digest") out_ << "  " << say("digest");
    if (const std::string speaker = string_or(w, "speaker"); !speaker.empty()) out_ << "  " << speaker;
    if (first) out_ << "  " << paint(say("first appearance"), "1");
    if (const auto r = chain.find("rivals");
        r != chain.end() && std::find(r->begin(), r->end(), w.at("id")) != r->end())
      out_ << "  " << say("may precede");
    out_ << '\n';
  }

  // Whose wording it has, and the readings that say so.
  void follows(const Json& f, const std::function<std::string(const Json& id)>& number) {
    const Json& readings = f.at("readings");
    const bool alone = f.at("status") == "undecided" && readings.empty() && f.at("witnesses").size() < 2;
    if (f.at("status") == "first" || alone) return;
    const auto list = [&](const Json& ids) {
      std::string out;
      for (const Json& id : ids) out += (out.empty() ? "" : ", ") + number(id);
      return out;
    };
    out_ << "         ";
    if (f.at("status") == "sibling")
      out_ << say("sibling") << ": ";
    else if (f.at("status") == "decided")
      out_ << say("agrees with") << " ";
    else
      out_ << say(readings.empty() ? "earlier texts read alike" : "undecided") << ": ";
    out_ << list(f.at("witnesses"));
    if (const auto more = f.find("more"); more != f.end()) out_ << " (+" << more->get<std::uint32_t>() << ")";
    out_ << '\n';
    for (const Json& r : readings) {
      const auto text = r.at("text").get<std::string>();
      out_ << "           " << (r.contains("outside") ? say("neighbouring text") + " " : "")
           << (text.empty() ? "–" : text) << "  = " << list(r.at("with")) << "  ≠ ";
      bool any = false;
      for (const Json& other : r.at("against")) {
        const auto has = other.at("text").get<std::string>();
        out_ << (any ? ", " : "") << number(other.at("witness")) << " " << (has.empty() ? "–" : has);
        any = true;
      }
      out_ << '\n';
    }
  }

  // One difference in both texts' own characters, with a few characters around it.
  void edit(const Json& e, const Json& a, const Json& b) {
    constexpr std::size_t kBeside = 8;
    const auto from = e.at("from").at("text").get<std::string>(), to = e.at("to").at("text").get<std::string>();
    const Json& shown = from.empty() ? b : a;
    const Placed text(shown);
    const Side at = side_in(text, e.at(from.empty() ? "to" : "from"));
    const std::u32string left = from_utf8(shown.at("before").get<std::string>()) + text.slice(0, at.begin);
    const std::u32string right =
        text.slice(at.end, text.text().size()) + from_utf8(shown.at("after").get<std::string>());
    const bool moved = e.at("op") == "move";
    out_ << "         " << word(e.at("class")) << (e.at("sensitive").get<bool>() ? "!" : "") << "  ";
    if (moved)
      out_ << say("move") << " " << from;
    else
      out_ << (from.empty() ? "–" : from) << " / " << (to.empty() ? "–" : to);
    out_ << "    …" << to_utf8(left.substr(left.size() - std::min(left.size(), kBeside)));
    if (!from.empty()) out_ << paint("[-" + from + "-]", "31");
    if (!to.empty() && !moved) out_ << paint("{+" + to + "+}", "32");
    out_ << to_utf8(right.substr(0, kBeside)) << "…\n";
  }

  std::ostream& out_;
  const Report::Data& data_;
  TextOptions options_;
  bool find_;
};

}  // namespace

void write_text(std::ostream& out, const Report& report, const TextOptions& options) {
  const Report::Data& data = report.data();
  Writer writer(out, data, options);
  for (std::size_t c = 0; c < data.chains(); ++c) writer.chain(data.chain(c, false));
  if (data.series() > 0)
    out << writer.say("recurring series") << ": " << writer.say("one sentence with other values") << '\n';
  for (std::size_t n = 0; n < data.series(); ++n) writer.series(data.series(n));
  if (data.series() > 0) out << '\n';
  if (data.chains() == 0) out << writer.say(data.nothing_found()) << '\n';
  if (data.of_find())
    writer.searched();
  else if (data.chains() > 0)
    out << writer.say("documents") << " " << data.documents.size() << ", " << writer.say("works") << " "
        << data.texts() << ", " << writer.say("chains") << " " << data.chains() << ", "
        << writer.say("recurring series") << " " << data.series() << '\n';
}

}  // namespace suyuan
