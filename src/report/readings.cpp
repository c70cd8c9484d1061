#include "report/readings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "report/placed.hpp"

namespace suyuan {

namespace {

constexpr std::array<std::string_view, 6> kWeight{"wording", "form", "numeral", "reporting", "structure", "punctuation"};

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
  explicit Table(const Json& chain) : chain_(chain) {
    const auto& witnesses = chain.at("witnesses");
    for (std::size_t i = 0; i < witnesses.size(); ++i) {
      texts_.emplace_back(witnesses[i]);
      if (witnesses[i].at("id") == chain.at("first")) first_ = i;
    }
    held_.resize(texts_.size());
    wide_.resize(texts_.size());
    for (std::size_t i = 0; i < witnesses.size(); ++i)
      if (i != first_ && witnesses[i].contains("against_first")) collect(i, witnesses[i].at("against_first"));
  }

  Json run() {
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
    Json places = Json::array();
    for (const Column& column : columns) places.push_back(place(column));
    return object({{"base", chain_.at("first")}, {"places", std::move(places)}});
  }

 private:
  void collect(std::size_t i, const Json& comparison) {
    const bool later = !comparison.contains("earlier");
    const char *mine = later ? "from" : "to", *theirs = later ? "to" : "from";
    const Placed &base = texts_[first_], &other = texts_[i];
    const Json& compared = comparison.at("compared").at(mine);
    if (compared.is_null()) return;
    held_[i] = {base.index(compared.at("start").get<std::uint32_t>()),
                base.index(compared.at("end").get<std::uint32_t>())};
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
  // there, and as many equal ones beside them as the base has.
  std::u32string reading(const Column& column, const std::vector<const Change*>& of) const {
    if (of.size() == 1 && of[0]->op == "move") return {};
    std::size_t begin = of.front()->other.begin, end = of.front()->other.end;
    for (const Change* c : of)
      if (c->op != "move") begin = std::min(begin, c->other.begin), end = std::max(end, c->other.end);
    const std::size_t before = of.front()->base.begin - column.begin;
    std::size_t last = 0;
    for (const Change* c : of) last = std::max(last, c->base.end);
    begin -= std::min(begin, before);
    return texts_[of.front()->witness].slice(begin, end + (column.end - std::min(column.end, last)));
  }

  static std::string strongest(const std::vector<const Change*>& of) {
    return (*std::min_element(of.begin(), of.end(), [](const Change* x, const Change* y) {
             return weight(x->kind) < weight(y->kind);
           }))->kind;
  }

  Json place(const Column& column) const {
    constexpr std::size_t kBeside = 6;
    const Placed& base = texts_[first_];
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
    const auto add = [&](const std::string& text, const std::string& op, const std::string& of, std::size_t witness) {
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
      add(to_utf8(text), moved                           ? "move"
                         : text.empty()                  ? "omit"
                         : column.begin == column.end    ? "add"
                                                         : "substitute",
          strongest(of), w);
    }
    Json absent = Json::array();
    const bool is_wide = column.end - column.begin > kWide;
    for (std::size_t w = 0; w < texts_.size(); ++w) {
      if (w == first_ || by_witness.contains(w)) continue;
      if (column.begin < held_[w].begin || column.end > held_[w].end || held_[w].end == held_[w].begin)
        absent.push_back(id(w));
      else if (!is_wide)
        for (const auto& [side, omitted] : wide_[w])
          if (side.begin <= column.begin && column.end <= side.end) {
            if (omitted)
              add("", "omit", "wording", w);
            else
              absent.push_back(id(w));
            break;
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
        object({{"at", column.begin},
                {"length", column.end - column.begin},
                {"text", to_utf8(base.slice(column.begin, column.end))},
                {"before", to_utf8(base.slice(column.begin - std::min(column.begin, kBeside), column.begin))},
                {"after", to_utf8(base.slice(column.end, column.end + kBeside))},
                {"class", kind},
                {"sensitive", sensitive},
                {"ocr_suspect", ocr},
                {"readings", std::move(list)}});
    if (!absent.empty()) out["absent"] = std::move(absent);
    return out;
  }

  Json id(std::size_t w) const { return chain_.at("witnesses")[w].at("id"); }

  const Json& chain_;
  std::vector<Placed> texts_;
  std::size_t first_ = 0;
  std::vector<Side> held_;  // what of the first appearance each witness was compared with
  std::vector<Change> changes_;
  std::vector<std::vector<std::pair<Side, bool>>> wide_;  // of each witness: more than kWide; left out
};

}  // namespace

Json readings_of(const Json& chain) { return Table(chain).run(); }

}  // namespace suyuan
