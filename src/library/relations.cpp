// What documents say of each other, found by titles and by sampled grams; only what may be concerned is decoded.
#include "library/relations.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

#include "index/assemble.hpp"
#include "index/publications.hpp"
#include "library/checksum.hpp"
#include "read/files.hpp"

namespace suyuan::library {

namespace {

constexpr std::string_view kMagic = "SUYUANRL";

// All works of the documents in force, whichever segment they are of.
struct Row {
  std::uint32_t segment;
  WorkRow work;
};

class Relater {
 public:
  explicit Relater(const std::vector<const Segment*>& segments) : segments_(segments) {}

  std::optional<Relations> run() {
    if (!gather()) return std::nullopt;
    std::set<Place> places;
    if (!named(places)) return std::nullopt;
    std::vector<std::uint32_t> sizes;
    for (const Row& row : rows_) sizes.push_back(row.work.size);
    bool sound = true;
    std::vector<Unit> buffer;
    const auto candidates = copy_candidates(sizes, [&](std::uint32_t n) -> std::span<const Unit> {
      auto letters = letters_of(rows_[n]);
      sound = sound && letters;
      buffer = letters ? *std::move(letters) : std::vector<Unit>(rows_[n].work.size);
      return buffer;
    });
    std::map<std::uint32_t, std::vector<Unit>> letters;  // of the candidates
    for (const auto& [a, b] : candidates)
      for (const std::uint32_t n : {a, b}) {
        places.insert(place_of(rows_[n]));
        if (letters.contains(n)) continue;
        auto units = letters_of(rows_[n]);
        sound = sound && units;
        letters.emplace(n, units ? *std::move(units) : std::vector<Unit>{});
      }
    if (!sound || !decode(places)) return std::nullopt;
    std::vector<std::string> before;
    for (const Segmentation& of : made_) before.push_back(encode_related(of));
    relate(documents_, made_);

    std::map<std::pair<Place, std::uint32_t>, std::uint32_t> numbers;  // of works among the decoded
    std::vector<PublishedText> texts;
    std::vector<Relations::Copy> works;
    for (std::size_t d = 0; d < made_.size(); ++d)
      for (std::uint32_t w = 0; w < made_[d].works.size(); ++w) {
        numbers.emplace(std::pair(places_[d], w), static_cast<std::uint32_t>(texts.size()));
        texts.push_back({&made_[d].works[w], {}, &documents_[d].key});
        works.push_back({place(places_[d]), w});
      }
    std::map<std::uint32_t, std::uint32_t> among;  // rows_ → texts
    for (const auto& [n, units] : letters) {
      const auto number = numbers.find({place_of(rows_[n]), rows_[n].work.number});
      if (number == numbers.end()) return std::nullopt;
      texts[number->second].units = units;
      among.emplace(n, number->second);
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const auto& [a, b] : candidates) {
      const std::uint32_t x = among.at(a), y = among.at(b);
      pairs.emplace_back(std::min(x, y), std::max(x, y));
    }
    const std::vector<std::uint32_t> publications = find_publications(texts, pairs);

    Relations out;
    std::map<std::uint32_t, std::vector<Relations::Copy>> members;
    for (std::size_t w = 0; w < works.size(); ++w) members[publications[w]].push_back(works[w]);
    for (auto& [publication, copies] : members) {
      if (copies.size() < 2) continue;
      for (const Relations::Copy& c : copies)
        out.publications.emplace(c, static_cast<std::uint32_t>(out.copies.size()));
      out.copies.push_back(std::move(copies));
    }
    std::set<std::string> keys;
    for (std::size_t d = 0; d < made_.size(); ++d) {
      std::string now = encode_related(made_[d]);
      if (now == before[d]) continue;
      out.changed.emplace(place(places_[d]), std::move(now));
      for (const Work& w : made_[d].works) for_each_reference(w, [&](const std::string& key) { keys.insert(key); });
    }
    for (std::size_t d = 0; d < made_.size(); ++d)
      if (keys.contains(documents_[d].key)) out.keys.emplace(documents_[d].key, place(places_[d]));
    for (const auto& [title, documents] : reports_) {
      std::vector<DocumentPlace>& of = out.reports[title];
      for (const Place& p : documents) of.push_back(place(p));
    }
    if (!count(out) || !collect_diagnostics(out) || !put_in_order(out)) return std::nullopt;
    return out;
  }

 private:
  using Place = std::pair<std::uint32_t, std::uint32_t>;  // segment, row

  static Place place_of(const Row& row) { return {row.segment, row.work.document}; }
  DocumentPlace place(const Place& p) const { return {segments_[p.first]->entry.number, p.second}; }
  std::optional<std::vector<Unit>> letters_of(const Row& row) const {
    return segments_[row.segment]->folded->letters(row.work.first, row.work.size);
  }

  bool gather() {
    for (std::uint32_t s = 0; s < segments_.size(); ++s) {
      if (!segments_[s]->folded) return false;
      const auto works = segments_[s]->folded->all_works();
      if (!works) return false;
      for (const WorkRow& w : *works) {
        if (w.document >= segments_[s]->rows.size() || w.kind > static_cast<std::uint8_t>(WorkKind::collection))
          return false;
        if (segments_[s]->live(segments_[s]->rows[w.document].source)) rows_.push_back({s, w});
      }
    }
    return true;
  }

  std::shared_ptr<Segmentation> segmentation(const Place& p) const {
    std::optional<Error> damage;
    return segments_[p.first]->segmentation(p.second, damage);
  }

  // Reports that name a text, and the texts of those titles.
  bool named(std::set<Place>& places) {
    std::unordered_set<std::uint64_t> titles;
    for (const Row& row : rows_) {
      if ((row.work.flags & WorkRow::kReports) == 0) continue;
      const auto made = segmentation(place_of(row));
      if (!made || row.work.number >= made->works.size()) return false;
      const auto& about = made->works[row.work.number].about;
      if (!about) return false;
      titles.insert(title_digest(about->title));
      reports_[title_digest(about->title)].insert(place_of(row));
      places.insert(place_of(row));
    }
    for (const Row& row : rows_)
      if (row.work.title != 0 && titles.contains(row.work.title)) places.insert(place_of(row));
    return true;
  }

  // In the order of their keys, then of their paths.
  bool decode(const std::set<Place>& places) {
    struct One {
      std::string key, path;
      Place place;
    };
    std::vector<One> order;
    for (const Place& p : places) {
      auto key = segments_[p.first]->key(p.second);
      if (!key) return false;
      order.push_back({*std::move(key), path(p), p});
    }
    std::sort(order.begin(), order.end(),
              [](const One& x, const One& y) { return std::tie(x.key, x.path) < std::tie(y.key, y.path); });
    for (One& one : order) {
      auto made = segmentation(one.place);
      if (!made) return false;
      made_.push_back(std::move(*made));
      Document& stub = documents_.emplace_back();
      stub.key = std::move(one.key);
      stub.path = std::move(one.path);
      places_.push_back(one.place);
    }
    return true;
  }

  const std::string& path(const Place& p) const {
    return segments_[p.first]->sources[segments_[p.first]->rows[p.second].source].path;
  }

  bool count(Relations& out) const {
    std::set<Place> decoded(places_.begin(), places_.end());
    std::vector<std::vector<std::string>> outlets;
    for (const Segment* segment : segments_) {
      auto names = segment->folded->outlets();
      if (!names) return false;
      outlets.push_back(*std::move(names));
    }
    std::set<std::string> all;
    for (const Row& row : rows_) {
      out.letters += row.work.size;
      if (decoded.contains(place_of(row))) continue;
      if (row.work.outlet >= outlets[row.segment].size()) return false;
      const std::string& outlet = outlets[row.segment][row.work.outlet];
      if (!all.contains(outlet)) all.insert(outlet);
      const bool dated = row.work.latest != Date{};
      out.holdings.add(static_cast<WorkKind>(row.work.kind), (row.work.flags & WorkRow::kDamaged) != 0,
                       dated ? std::optional<int>(row.work.latest.year) : std::nullopt);
      if (!dated) continue;
      out.coverage.add(row.work.latest.year, outlets[row.segment][row.work.outlet],
                       static_cast<WorkKind>(row.work.kind), 1);
    }
    for (const Segmentation& of : made_)
      for (const Work& w : of.works) {
        out.coverage.add(w);
        out.holdings.add(w);
        all.insert(w.outlet);
      }
    all.erase("");
    out.outlets.assign(all.begin(), all.end());
    return true;
  }

  bool put_in_order(Relations& out) const {
    std::map<Place, Date> decoded;
    for (std::size_t d = 0; d < places_.size(); ++d) decoded.emplace(places_[d], order_date(made_[d]));
    std::vector<std::vector<Date>> dates;
    for (const Segment* segment : segments_) dates.emplace_back(segment->rows.size(), order_date({}));
    for (const Row& row : rows_)
      if (row.work.latest != Date{}) {
        Date& date = dates[row.segment][row.work.document];
        date = std::min(date, row.work.latest);
      }
    for (const auto& [p, date] : decoded) dates[p.first][p.second] = date;
    struct One {
      Date date;
      std::string key;
      Place place;
    };
    std::vector<One> all;
    for (std::uint32_t s = 0; s < segments_.size(); ++s)
      for (const std::uint32_t row : live_rows(*segments_[s])) {
        auto key = segments_[s]->key(row);
        if (!key) return false;
        all.push_back({dates[s][row], *std::move(key), {s, row}});
      }
    std::sort(all.begin(), all.end(), [&](const One& x, const One& y) {
      return std::tie(x.date, x.key, path(x.place)) < std::tie(y.date, y.key, path(y.place));
    });
    out.holdings.documents = all.size();
    for (const One& one : all) out.order.push_back(place(one.place));
    return true;
  }

  bool collect_diagnostics(Relations& out) const {
    std::map<Place, std::size_t> decoded;
    for (std::size_t d = 0; d < places_.size(); ++d) decoded.emplace(places_[d], d);
    struct One {
      Date date;
      std::string key, path;
      std::vector<Diagnostic> diagnostics;
    };
    std::vector<One> all;
    for (std::uint32_t s = 0; s < segments_.size(); ++s)
      for (const std::uint32_t row : live_rows(*segments_[s])) {
        if (segments_[s]->made[row].notes == 0) continue;
        const auto known = decoded.find({s, row});
        const auto made = known == decoded.end() ? segmentation({s, row}) : nullptr;
        auto key = segments_[s]->key(row);
        if ((known == decoded.end() && !made) || !key) return false;
        const Segmentation& of = made ? *made : made_[known->second];
        all.push_back({order_date(of), *std::move(key), path({s, row}), of.diagnostics});
      }
    std::sort(all.begin(), all.end(), [](const One& x, const One& y) {
      return std::tie(x.date, x.key, x.path) < std::tie(y.date, y.key, y.path);
    });
    for (One& one : all)
      for (Diagnostic& d : one.diagnostics) out.diagnostics.push_back(std::move(d));
    return true;
  }

  const std::vector<const Segment*>& segments_;
  std::vector<Row> rows_;
  std::vector<Document> documents_;  // those that may be concerned: their keys and paths,
  std::vector<Segmentation> made_;   // what segmenting made of them,
  std::vector<Place> places_;        // and where they stand
  std::map<std::uint64_t, std::set<Place>> reports_;
};

void put_place(std::string& to, const DocumentPlace& place) {
  put_varint(to, place.first);
  put_varint(to, place.second);
}
DocumentPlace get_place(Cursor& from) {
  const std::uint64_t segment = from.varint();
  return {segment, from.varint32()};
}

void put_counts(std::string& to, const std::map<std::string, int>& counts) {
  put_varint(to, counts.size());
  for (const auto& [what, n] : counts) {
    put_string(to, what);
    put_varint(to, static_cast<std::uint32_t>(n));
  }
}
std::map<std::string, int> get_counts(Cursor& from) {
  std::map<std::string, int> out;
  for (std::size_t left = from.count(2); left > 0 && from.ok(); --left) {
    std::string what = from.string();
    out[std::move(what)] = from.below<int>(INT32_MAX);
  }
  return out;
}

// 0: none.
void put_year(std::string& to, std::optional<int> year) { put(to, static_cast<std::uint16_t>(year.value_or(0))); }
std::optional<int> get_year(Cursor& from) {
  const std::string_view bytes = from.take(2);
  const int year = bytes.size() < 2 ? 0 : static_cast<std::int16_t>(get<std::uint16_t>(bytes, 0));
  return year == 0 ? std::nullopt : std::optional(year);
}

void put_places(std::string& to, const std::vector<DocumentPlace>& places) {
  put_varint(to, places.size());
  for (const DocumentPlace& p : places) put_place(to, p);
}
std::vector<DocumentPlace> get_places(Cursor& from) {
  std::vector<DocumentPlace> out;
  std::size_t left = from.count(2);
  out.reserve(left);
  for (; left > 0 && from.ok(); --left) out.push_back(get_place(from));
  return out;
}

std::string encode(const Relations& r) {
  std::string out;
  put_varint(out, r.letters);
  put_varint(out, r.coverage.years.size());
  for (const auto& [year, of] : r.coverage.years) {
    put(out, static_cast<std::uint16_t>(year));
    put_varint(out, static_cast<std::uint32_t>(of.works));
    put_counts(out, of.outlets);
    put_counts(out, of.kinds);
  }
  put_diagnostics(out, r.diagnostics);
  put_varint(out, r.changed.size());
  for (const auto& [document, related] : r.changed) {
    put_place(out, document);
    put_string(out, related);
  }
  put_varint(out, r.keys.size());
  for (const auto& [key, document] : r.keys) {
    put_string(out, key);
    put_place(out, document);
  }
  put_varint(out, r.copies.size());
  for (const auto& copies : r.copies) {
    put_varint(out, copies.size());
    for (const Relations::Copy& c : copies) {
      put_place(out, c.document);
      put_varint(out, c.work);
    }
  }
  put_varint(out, r.holdings.documents);
  put_varint(out, r.holdings.works);
  put_varint(out, r.holdings.damaged);
  put_year(out, r.holdings.first_year);
  put_year(out, r.holdings.last_year);
  put_varint(out, r.holdings.kinds.size());
  for (const auto& [kind, n] : r.holdings.kinds) {
    put_string(out, kind);
    put_varint(out, n);
  }
  put_varint(out, r.outlets.size());
  for (const std::string& outlet : r.outlets) put_string(out, outlet);
  put_varint(out, r.reports.size());
  for (const auto& [title, documents] : r.reports) {
    put(out, title);
    put_places(out, documents);
  }
  put_places(out, r.order);
  return out;
}

std::optional<Relations> decode(std::string_view bytes) {
  Cursor from(bytes);
  Relations out;
  out.letters = from.varint();
  for (std::size_t left = from.count(5); left > 0 && from.ok(); --left) {
    const std::string_view year = from.take(2);
    if (year.size() < 2) break;
    Coverage::Year& of = out.coverage.years[static_cast<std::int16_t>(get<std::uint16_t>(year, 0))];
    of.works = from.below<int>(INT32_MAX);
    of.outlets = get_counts(from);
    of.kinds = get_counts(from);
  }
  out.diagnostics = get_diagnostics(from);
  for (std::size_t left = from.count(3); left > 0 && from.ok(); --left) {
    const DocumentPlace document = get_place(from);
    out.changed[document] = from.string();
  }
  for (std::size_t left = from.count(3); left > 0 && from.ok(); --left) {
    std::string key = from.string();
    out.keys[std::move(key)] = get_place(from);
  }
  for (std::size_t left = from.count(4); left > 0 && from.ok(); --left) {
    auto& copies = out.copies.emplace_back();
    for (std::size_t more = from.count(3); more > 0 && from.ok(); --more) {
      const DocumentPlace document = get_place(from);
      copies.push_back({document, from.varint32()});
      out.publications[copies.back()] = static_cast<std::uint32_t>(out.copies.size()) - 1;
    }
  }
  out.holdings.documents = from.varint();
  out.holdings.works = from.varint();
  out.holdings.damaged = from.varint();
  out.holdings.first_year = get_year(from);
  out.holdings.last_year = get_year(from);
  for (std::size_t left = from.count(2); left > 0 && from.ok(); --left) {
    std::string kind = from.string();
    out.holdings.kinds[std::move(kind)] = from.varint();
  }
  for (std::size_t left = from.count(1); left > 0 && from.ok(); --left) out.outlets.push_back(from.string());
  for (std::size_t left = from.count(9); left > 0 && from.ok(); --left) {
    const std::string_view title = from.take(8);
    if (title.size() == 8) out.reports[get<std::uint64_t>(title, 0)] = get_places(from);
  }
  out.order = get_places(from);
  if (!from.ok() || !from.at_end()) return std::nullopt;
  return out;
}

// Magic, format, rules, the manifest they are for; its length, the checksum of all that.
std::string head(const Manifest& manifest) {
  std::string out(kMagic);
  put(out, kFormat);
  out += fingerprint();
  put(out, checksum(to_text(manifest)));
  return out;
}

}  // namespace

std::optional<Relations> relate_library(const std::vector<const Segment*>& segments) {
  return Relater(segments).run();
}

std::optional<Error> write_relations(FileLayer& files, const std::string& folder, const Relations& relations,
                                     const Manifest& manifest) {
  const std::string path = folder + '/' + std::string(kRelationsName), fresh = path + ".new";
  files.remove(fresh);  // a killed writer's
  NewFile file(files, fresh);
  std::string bytes = head(manifest) + encode(relations);
  put(bytes, checksum(bytes));
  file.append(bytes);
  if (auto error = file.finish()) return error;
  if (const int failure = files.rename(fresh, path)) return failed(path, "cannot be replaced", failure);
  return std::nullopt;
}

Result<std::optional<Relations>> read_relations(const std::string& folder, const Manifest& manifest) {
  const std::string path = folder + '/' + std::string(kRelationsName);
  Result<Mapping> mapping = Mapping::open(path);
  if (!mapping && mapping.error().code == "missing") return std::nullopt;
  if (!mapping) return tl::unexpected(std::move(mapping).error());
  const std::string_view bytes = mapping->bytes();
  const auto damaged = [&](const std::string& what) {
    return tl::unexpected(Error{"damaged", what, path, std::nullopt, "the next `suyuan add` makes it anew"});
  };
  const std::string mine = head(manifest);
  if (bytes.size() < mine.size() + 8 || bytes.substr(0, kMagic.size()) != kMagic)
    return damaged("is cut short or is no list of what texts say of each other");
  const std::string_view all = bytes.substr(0, bytes.size() - 8);
  if (get<std::uint64_t>(bytes, all.size()) != checksum(all))
    return damaged("is damaged: its checksum does not fit");
  if (all.substr(0, mine.size()) != mine) return std::nullopt;
  auto decoded = decode(all.substr(mine.size()));
  if (!decoded) return damaged("contradicts itself");
  return std::optional<Relations>(*std::move(decoded));
}

}  // namespace suyuan::library
