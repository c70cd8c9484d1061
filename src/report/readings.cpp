#include "report/readings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "base/han.hpp"
#include "report/placed.hpp"

namespace suyuan {

namespace {

constexpr std::array<std::string_view, 6> kWeight{"wording",   "form",      "numeral",
                                                  "reporting", "structure", "punctuation"};

std::size_t weight(const std::string& kind) {
  return static_cast<std::size_t>(std::find(kWeight.begin(), kWeight.end(), kind) - kWeight.begin());
}

struct Change {
  std::size_t witness = 0;
  Side base, other;
  std::string op, kind;
  bool sensitive = false, ocr = false;
};

struct Column {
  std::size_t begin = 0, end = 0;
  std::vector<Change> changes;
};

// The operation seen from the base, where the edit was written from the other side.
std::string turned(const std::string& op) { return op == "omit" ? "add" : op == "add" ? "omit" : op; }

class Table {
 public:
  // The places of one witness's text, from what others were compared with it.
  Table(const Json& chain, const std::vector<Placed>& texts, std::size_t base)
      : chain_(chain), texts_(texts), base_(base), held_(texts.size()), wide_(texts.size()) {
    const auto& witnesses = chain.at("witnesses");
    const bool first = id(base) == chain.at("first");
    for (std::size_t i = 0; i < witnesses.size(); ++i) {
      if (i == base) continue;
      if (first && witnesses[i].contains("against_first")) collect(i, witnesses[i].at("against_first"));
      if (!first && witnesses[i].contains("against_head"))
        for (const Json& comparison : witnesses[i].at("against_head")) collect(i, comparison);
    }
  }

  void append_to(Json& places) {
    std::stable_sort(changes_.begin(), changes_.end(), [](const Change& x, const Change& y) {
      return std::tuple(x.base.begin, x.base.end) < std::tuple(y.base.begin, y.base.end);
    });
    std::vector<Column> columns;
    std::optional<std::size_t> open;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> wide;
    for (const Change& c : changes_) {
      if (c.base.end - c.base.begin > kWide) {
        const auto [at, is_new] = wide.try_emplace({c.base.begin, c.base.end}, columns.size());
        if (is_new) columns.push_back({c.base.begin, c.base.end, {}});
        columns[at->second].changes.push_back(c);
        continue;
      }
      if (open && (c.base.begin < columns[*open].end || c.base.begin == columns[*open].begin)) {
        columns[*open].end = std::max(columns[*open].end, c.base.end);
        columns[*open].changes.push_back(c);
      } else {
        open = columns.size();
        columns.push_back({c.base.begin, c.base.end, {c}});
      }
    }
    std::stable_sort(columns.begin(), columns.end(), [](const Column& x, const Column& y) {
      return std::tuple(x.begin, y.end) < std::tuple(y.begin, x.end);
    });
    for (const Column& column : columns) places.push_back(place(column));
  }

 private:
  void collect(std::size_t i, const Json& comparison) {
    const bool later = !comparison.contains("earlier");
    const char *mine = later ? "from" : "to", *theirs = later ? "to" : "from";
    const Placed &base = texts_[base_], &other = texts_[i];
    const Json& compared = comparison.at("compared").at(mine);
    if (compared.is_null()) return;
    held_[i].push_back({base.index(compared.at("start").get<std::uint32_t>()),
                        base.index(compared.at("end").get<std::uint32_t>())});
    for (const Json& edit : comparison.at("edits")) {
      Change c;
      c.witness = i;
      c.base = side_in(base, edit.at(mine));
      c.other = side_in(other, edit.at(theirs));
      const auto op = edit.at("op").get<std::string>();
      c.op = later ? op : turned(op);
      c.kind = edit.at("class").get<std::string>();
      c.sensitive = edit.at("sensitive").get<bool>();
      c.ocr = edit.at("ocr_suspect").get<bool>();
      if (c.base.end - c.base.begin > kWide) wide_[i].emplace_back(c.base, c.op == "omit");
      changes_.push_back(std::move(c));
    }
  }

  // What a witness has between two of the base's places: its own characters from its first to its last difference
  // there, and beside them as many equal letters as the base has. The two may have different marks between letters.
  std::u32string reading(const Column& column, const std::vector<const Change*>& of) const {
    if (of.size() == 1 && of[0]->op == "move") return {};
    const Placed &base = texts_[base_], &mine = texts_[of.front()->witness];
    std::size_t begin = of.front()->other.begin, end = of.front()->other.end, last = 0;
    for (const Change* c : of) {
      last = std::max(last, c->base.end);
      if (c->op != "move") begin = std::min(begin, c->other.begin), end = std::max(end, c->other.end);
    }
    const auto is_letter = [](char32_t c) { return han::kind(c) == han::Kind::letter; };
    const auto letters = [&](std::size_t from, std::size_t to) {
      const std::u32string slice = base.slice(from, to);
      return std::count_if(slice.begin(), slice.end(), is_letter);
    };
    for (auto n = letters(column.begin, of.front()->base.begin); n > 0 && begin > 0;
         n -= is_letter(mine.text()[begin]) ? 1 : 0)
      --begin;
    for (auto n = letters(std::min(last, column.end), column.end); n > 0 && end < mine.text().size(); ++end)
      n -= is_letter(mine.text()[end]) ? 1 : 0;
    return mine.slice(begin, end);
  }

  static std::string strongest(const std::vector<const Change*>& of) {
    return (*std::min_element(of.begin(), of.end(),
                              [](const Change* x, const Change* y) { return weight(x->kind) < weight(y->kind); }))
        ->kind;
  }

  Json place(const Column& column) const {
    constexpr std::size_t kBeside = 6;
    const Placed& base = texts_[base_];
    std::string kind = "punctuation";
    bool sensitive = false, ocr = false;
    std::map<std::size_t, std::vector<const Change*>> by_witness;
    for (const Change& c : column.changes) {
      if (weight(c.kind) < weight(kind)) kind = c.kind;
      sensitive = sensitive || c.sensitive;
      ocr = ocr || c.ocr;
      by_witness[c.witness].push_back(&c);
    }
    struct Reading {
      std::string text, op, kind;
      std::vector<std::size_t> witnesses;
    };
    std::vector<Reading> readings;
    const auto add = [&](const std::string& text, const std::string& op, const std::string& of,
                         std::size_t witness) {
      for (Reading& r : readings)
        if (r.text == text && r.op == op && r.kind == of) {
          r.witnesses.push_back(witness);
          return;
        }
      readings.push_back({text, op, of, {witness}});
    };
    for (const auto& [w, of] : by_witness) {
      const std::u32string text = reading(column, of);
      const bool moved = of.size() == 1 && of[0]->op == "move";
      add(to_utf8(text),
          moved                        ? "move"
          : text.empty()               ? "omit"
          : column.begin == column.end ? "add"
                                       : "substitute",
          strongest(of), w);
    }
    Json absent = Json::array(), inside = Json::array();
    const bool is_wide = column.end - column.begin > kWide;
    for (std::size_t w = 0; w < texts_.size(); ++w) {
      if (w == base_ || by_witness.contains(w)) continue;
      if (std::none_of(held_[w].begin(), held_[w].end(), [&](const Side& s) {
            return s.begin < s.end && s.begin <= column.begin && column.end <= s.end;
          }))
        absent.push_back(id(w));
      else if (const auto around = std::find_if(
                   wide_[w].begin(), wide_[w].end(),
                   [&](const auto& x) { return x.first.begin <= column.begin && column.end <= x.first.end; });
               around != wide_[w].end()) {
        if (around->second)
          add("", "omit", "wording", w);
        else
          absent.push_back(id(w));
      } else if (is_wide && std::any_of(changes_.begin(), changes_.end(), [&](const Change& c) {
                   return c.witness == w && weight(c.kind) <= weight("reporting") && column.begin < c.base.end &&
                          c.base.begin < column.end;
                 })) {
        inside.push_back(id(w));
      }
    }
    Json list = Json::array();
    for (const Reading& r : readings) {
      Json witnesses = Json::array();
      for (const std::size_t w : r.witnesses) witnesses.push_back(id(w));
      list.push_back(
          object({{"text", r.text}, {"op", r.op}, {"class", r.kind}, {"witnesses", std::move(witnesses)}}));
    }
    Json out =
        object({{"of", id(base_)},
                {"at", column.begin},
                {"length", column.end - column.begin},
                {"text", to_utf8(base.slice(column.begin, column.end))},
                {"before", to_utf8(base.slice(column.begin - std::min(column.begin, kBeside), column.begin))},
                {"after", to_utf8(base.slice(column.end, column.end + kBeside))},
                {"class", kind},
                {"sensitive", sensitive},
                {"ocr_suspect", ocr},
                {"readings", std::move(list)}});
    if (!absent.empty()) out["absent"] = std::move(absent);
    if (!inside.empty()) out["inside"] = std::move(inside);
    return out;
  }

  Json id(std::size_t w) const { return chain_.at("witnesses")[w].at("id"); }

  const Json& chain_;
  const std::vector<Placed>& texts_;
  std::size_t base_;
  std::vector<std::vector<Side>> held_;  // what of the base each witness was compared with
  std::vector<Change> changes_;
  std::vector<std::vector<std::pair<Side, bool>>> wide_;  // of each witness: more than kWide; left out
};

}  // namespace

Json readings_of(const Json& chain) {
  std::vector<Placed> texts;
  std::size_t first = 0, head = 0;
  for (const Json& w : chain.at("witnesses")) {
    if (w.at("id") == chain.at("first")) first = texts.size();
    if (w.at("id") == chain.at("head")) head = texts.size();
    texts.emplace_back(w);
  }
  Json places = Json::array();
  Table(chain, texts, first).append_to(places);
  if (head != first) Table(chain, texts, head).append_to(places);
  return object({{"base", chain.at("first")}, {"places", std::move(places)}});
}

}  // namespace suyuan
