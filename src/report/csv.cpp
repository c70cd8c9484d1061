// The tables of readings as one table that a spreadsheet opens.
#include <algorithm>
#include <ostream>
#include <unordered_map>
#include <vector>

#include "report/data.hpp"

namespace suyuan {

void write_csv_row(std::ostream& out, const std::vector<std::string>& cells) {
  const auto cell = [](std::string value) {
    if (!value.empty() && std::string_view("=+-@\t\r").find(value[0]) != std::string_view::npos)
      value.insert(0, "'");
    if (value.find_first_of("\",\r\n") == std::string::npos) return value;
    std::string quoted = "\"";
    for (const char c : value) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
  };
  for (std::size_t i = 0; i < cells.size(); ++i) out << (i == 0 ? "" : ",") << cell(cells[i]);
  out << "\r\n";
}

namespace {

// What is said of whose wording it has, and the sigla.
std::pair<std::string, std::string> agreement_in_words(const Json& f,
                                                       const std::unordered_map<std::string, std::string>& names,
                                                       Language language) {
  const auto status = f.at("status").get<std::string>();
  if (status == "first") return {};
  const Json& witnesses = f.at("witnesses");
  std::string out;
  for (const Json& id : witnesses) out += (out.empty() ? "" : "、") + names.at(id.get<std::string>());
  if (const auto more = f.find("more"); more != f.end()) out += " +" + std::to_string(more->get<std::uint32_t>());
  const char* said = status == "decided"         ? "agrees with"
                     : status == "sibling"       ? "sibling"
                     : !f.at("readings").empty() ? "undecided"
                     : witnesses.size() < 2      ? "one earlier text"
                                                 : "earlier texts read alike";
  return {label(said, language), out};
}

bool holds(const Json& list, const Json& id) { return std::find(list.begin(), list.end(), id) != list.end(); }

}  // namespace

void write_csv(std::ostream& out, const Report& report, Language language) {
  const Report::Data& data = report.data();
  const auto say = [&](std::string_view key) { return label(key, language); };
  out << "\xEF\xBB\xBF";
  std::vector<std::string> head;
  for (const char* key :
       {"passage", "siglum", "kind", "occasion", "published", "reading", "place", "lemma", "difference", "class",
        "speaker", "extent", "agreement", "agrees with", "title", "source", "key"})
    head.push_back(say(key));
  write_csv_row(out, head);
  for (std::size_t n = 0; n < data.chains(); ++n) {
    const Json chain = data.chain(n);
    std::vector<const Json*> places;
    for (const Json& p : chain.at("readings").at("places"))
      if (in_letters(p)) places.push_back(&p);
    std::unordered_map<std::string, std::string> names;
    for (const Json& w : chain.at("witnesses"))
      names.emplace(w.at("id").get<std::string>(), data.work(w.at("work")).at("siglum").get<std::string>());
    for (const Json& w : chain.at("witnesses")) {
      const auto agreement = agreement_in_words(w.at("follows"), names, language);
      const Json& work = data.work(w.at("work"));
      const Json& document = data.document(w.at("document"));
      std::string occasion;
      if (w.contains("occasion"))
        occasion = string_or(w.at("occasion"), "latest", string_or(w.at("occasion"), "text"));
      const std::string record = string_or(document, "record");
      const std::string place =
          document.at("path").get<std::string>() + (record.empty() ? "" : "#" + record) + ":" + place_in_file(w);
      const auto line = [&](const std::string& reading, const std::string& at, const std::string& lemma,
                            const std::string& difference, const std::string& kind) {
        write_csv_row(
            out,
            {chain.at("id").get<std::string>(), work.at("siglum").get<std::string>(),
             say(work.at("kind").get<std::string>()), occasion, interval_in_words(w.at("date"), language), reading,
             at, lemma, difference, kind, string_or(w, "speaker"),
             std::to_string(static_cast<int>(w.at("extent").get<double>() * 100 + 0.5)) + "%", agreement.first,
             agreement.second, string_or(work, "title"), place, chain.at("key").get<std::string>().substr(0, 16)});
      };
      if (places.empty()) line(w.at("text").get<std::string>(), "", "", say("all alike"), "");
      for (std::size_t k = 0; k < places.size(); ++k) {
        const Json& p = *places[k];
        const auto lemma = p.at("text").get<std::string>();
        std::string reading = lemma,
                    difference = say(w.at("id") == p.value("of", chain.at("first")) ? "lemma" : "same"), kind;
        if (p.contains("absent") && holds(p.at("absent"), w.at("id"))) {
          reading.clear();
          difference = say("not held");
        }
        if (p.contains("inside") && holds(p.at("inside"), w.at("id"))) {
          reading.clear();
          difference = say("differs inside");
        }
        for (const Json& r : p.at("readings"))
          if (in_letters(r) && holds(r.at("witnesses"), w.at("id"))) {
            reading = r.at("text").get<std::string>();
            difference = say(r.at("op").get<std::string>());
            kind = say(r.at("class").get<std::string>());
          }
        line(reading, std::to_string(k + 1),
             p.at("before").get<std::string>() + "［" + lemma + "］" + p.at("after").get<std::string>(), difference,
             kind);
      }
    }
  }
  // Set aside, after the chains: a series a row, its values in brackets.
  for (std::size_t n = 0; n < data.series(); ++n) {
    const Json s = data.series(n);
    std::vector<std::string> cells(head.size());
    cells[0] = s.at("id").get<std::string>();
    cells[2] = say("recurring series");
    cells[4] = interval_in_words(s, language);
    cells[5] = s.at("pattern").get<std::string>();
    cells[8] = std::to_string(s.at("count").get<std::uint32_t>()) + " " + say("places");
    write_csv_row(out, cells);
  }
}

}  // namespace suyuan
