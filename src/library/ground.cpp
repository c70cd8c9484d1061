#include "library/ground.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "align/near.hpp"
#include "base/han.hpp"
#include "index/background.hpp"
#include "library/bytes.hpp"
#include "segment/lexicon.hpp"

namespace suyuan::library {

namespace {

constexpr std::uint32_t kGram = Index::kGram;
constexpr std::uint32_t kStem = Folded::kStem;
constexpr std::uint32_t kBlockLetters = 256;

}  // namespace

std::optional<WorkTable> WorkTable::make(const std::vector<Segment>& segments, const Relations& relations) {
  WorkTable out;
  std::map<std::uint64_t, std::uint32_t> by_number;
  std::vector<std::vector<WorkRow>> rows;
  std::vector<std::vector<std::uint32_t>> first_row;  // of each document, and the end
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    by_number.emplace(segments[s].entry.number, s);
    auto all = segments[s].folded->all_works();
    if (!all) return std::nullopt;
    auto& first = first_row.emplace_back(segments[s].rows.size() + 1, 0);
    auto& firsts = out.firsts_.emplace_back();
    auto& blocks = out.blocks_.emplace_back();
    for (std::uint32_t row = 0; row < all->size(); ++row) {
      const WorkRow& of = (*all)[row];
      if (of.document >= segments[s].rows.size() || (row > 0 && of.first < firsts.back())) return std::nullopt;
      ++first[of.document + 1];
      firsts.push_back(of.first);
      while (blocks.size() * kBlockLetters < std::uint64_t{of.first} + of.size) blocks.push_back(row);
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    out.numbers_.emplace_back(all->size(), kNone);
    rows.push_back(*std::move(all));
  }
  for (const auto& [number, document] : relations.order) {
    const auto known = by_number.find(number);
    if (known == by_number.end() || document + 1 >= first_row[known->second].size()) return std::nullopt;
    const std::uint32_t s = known->second;
    for (std::uint32_t row = first_row[s][document]; row < first_row[s][document + 1]; ++row) {
      if (rows[s][row].document != document || out.numbers_[s][row] != kNone) return std::nullopt;
      out.numbers_[s][row] = static_cast<std::uint32_t>(out.works_.size());
      out.works_.push_back({s, row, document, rows[s][row].first, rows[s][row].size});
    }
  }
  return out;
}

std::uint32_t WorkTable::at(std::uint32_t segment, std::uint32_t letter) const {
  const auto& firsts = firsts_[segment];
  const auto& blocks = blocks_[segment];
  if (letter / kBlockLetters >= blocks.size()) return kNone;
  std::uint32_t row = blocks[letter / kBlockLetters];
  while (row + 1 < firsts.size() && firsts[row + 1] <= letter) ++row;
  return numbers_[segment][row];
}

LibraryGround::LibraryGround(const std::vector<Segment>& segments, const Relations& relations,
                             const WorkTable& works)
    : segments_(segments), relations_(relations), works_(works), reader_(segments, relations) {}

void LibraryGround::set_drafts(std::vector<Draft> drafts, std::uint64_t letters) {
  drafts_ = std::move(drafts);
  all_letters_ = letters;
  for (const Draft& d : drafts_) {
    const auto units = d.fold->units();
    auto& at = at_.emplace_back();
    for (std::uint32_t i = 0; i + kGram <= units.size(); ++i) {
      std::array<Unit, kGram> key{};
      std::copy_n(units.begin() + i, kGram, key.begin());
      const auto [known, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(grams_.size()));
      at.push_back(known->second);
      if (is_new) {
        Gram& gram = grams_.emplace_back();
        gram.letters = key;
        for (const Segment& s : segments_) {
          gram.places.push_back(checked(s.folded->places(key)));
          gram.most += gram.places.back().size();
        }
      }
      grams_[known->second].own += d.number == WorkTable::kNone;
    }
  }
  Corpus alone;
  for (const Draft& d : drafts_) alone.works.push_back({0, 0, 0, *d.fold});
  auto whole = std::make_shared<Corpus::Whole>();
  whole->letters = all_letters_;
  whole->occurrences = [this](std::span<const Unit> gram) { return occurrences(gram); };
  alone.whole = std::move(whole);
  index_ = std::make_unique<Index>(alone);
}

// Every place of the gram in a work in force, until `take` has enough.
template <class Take>
void LibraryGround::each(const Gram& gram, Take take) const {
  for (std::uint32_t s = 0; s < segments_.size(); ++s)
    for (std::uint32_t i = 0; i < gram.places[s].size(); ++i) {
      const std::uint32_t letter = gram.places[s][i];
      if (!checked(segments_[s].folded->reads(letter, gram.letters))) continue;
      const std::uint32_t work = works_.at(s, letter);
      if (work == WorkTable::kNone) continue;
      const auto& of = works_.works()[work];
      if (letter + kGram > of.first + of.size) continue;
      if (!take(Hit{work, letter - of.first})) return;
    }
}

std::uint32_t LibraryGround::occurrences(std::span<const Unit> units) const {
  std::array<Unit, kGram> key{};
  std::copy_n(units.begin(), kGram, key.begin());
  const Gram& gram = grams_[numbers_.at(key)];
  // Past kCommon it counts no further how often, unless it is so frequent among so many letters that even its
  // common bits depend on it.
  constexpr std::uint64_t kEvery = std::uint64_t{1} << static_cast<int>(Index::kFormulaBits);
  const bool enough =
      (gram.own + gram.most) * kEvery < std::min<std::uint64_t>(all_letters_, background::letters());
  std::uint32_t found = gram.own;
  each(gram, [&](const Hit&) { return ++found <= Index::kCommon || !enough; });
  return found;
}

std::vector<std::uint32_t> LibraryGround::works_with(std::span<const Unit> units, std::uint32_t least,
                                                     std::size_t most) const {
  Gram gram;
  std::copy_n(units.begin(), kGram, gram.letters.begin());
  for (const Segment& s : segments_) gram.places.push_back(checked(s.folded->places(units)));
  std::set<std::uint32_t> out;
  each(gram, [&](const Hit& h) {
    if (size(h.work) >= least) out.insert(h.work);
    return out.size() <= most;
  });
  return {out.begin(), out.end()};
}

std::optional<std::vector<Unit>> LibraryGround::letters(std::uint32_t work) const {
  const auto& of = works_.works()[work];
  return segments_[of.segment].folded->letters(of.first, of.size);
}

bool LibraryGround::beyond(std::uint32_t draft, std::uint32_t at, std::size_t bound) const {
  const Gram& of = gram(draft, at);
  if (of.own + of.most <= bound) return false;
  if (of.own > bound) return true;
  const std::lock_guard lock(mutex_);
  if (of.hits) return of.own + of.hits->size() > bound;
  if (of.own + of.counted <= bound) {
    std::size_t found = 0;
    each(of, [&](const Hit&) { return of.own + ++found <= bound; });
    of.counted = std::max(of.counted, found);
  }
  return of.own + of.counted > bound;
}

std::span<const Ground::Hit> LibraryGround::hits(std::uint32_t draft, std::uint32_t at, std::vector<Hit>&) const {
  const Gram& of = gram(draft, at);
  const std::lock_guard lock(mutex_);
  if (!of.hits) {
    std::vector<Hit> found;
    each(of, [&](const Hit& h) {
      found.push_back(h);
      return true;
    });
    std::sort(found.begin(), found.end());
    of.hits = std::move(found);
  }
  return *of.hits;
}

bool LibraryGround::common(std::uint32_t draft, std::uint32_t at) const {
  return index_->common(index_->start(draft) + at);
}
bool LibraryGround::everyday(std::uint32_t draft, std::uint32_t at) const {
  const std::uint32_t position = index_->start(draft) + at;
  return index_->common(position) && !index_->widespread(position);
}
double LibraryGround::bits(std::uint32_t draft, std::uint32_t at) const {
  return index_->bits(index_->start(draft) + at);
}
std::uint32_t LibraryGround::size(std::uint32_t work) const { return works_.works()[work].size; }

std::span<const Unit> LibraryGround::units(std::uint32_t work, FoldSpan span, std::vector<Unit>& held) const {
  const auto& of = works_.works()[work];
  held.resize(span.size());
  if (!segments_[of.segment].folded->letters(of.first + span.begin, held)) sound_ = false;
  return held;
}

std::optional<std::uint32_t> LibraryGround::itself(std::uint32_t draft) const {
  const std::uint32_t number = drafts_[draft].number;
  return number == WorkTable::kNone ? std::nullopt : std::optional(number);
}

std::vector<std::uint32_t> LibraryGround::copies(std::uint32_t draft) const { return drafts_[draft].copies; }

// The stretches in which a pattern may stand with so many changes: of `most` + 1 parts of it one is unchanged. Each
// part has three letters at least, but one of a pattern of eight, which has two.
std::vector<LibraryGround::Stretch> LibraryGround::stretches(std::span<const Unit> pattern, std::uint32_t most,
                                                             const Allowed& allowed) const {
  const auto n = static_cast<std::uint32_t>(pattern.size());
  const std::uint32_t parts = most + 1;
  const bool is_short = kStem * parts > n;
  std::vector<std::vector<PlaceList>> places(n);  // of the three letters from each on, in each segment
  std::vector<std::uint64_t> counts(n, 0);
  for (std::uint32_t i = 0; i + kStem <= n; ++i)
    for (const Segment& s : segments_) {
      places[i].push_back(checked(s.folded->stem_places(pattern.subspan(i, kStem))));
      counts[i] += places[i].back().size();
    }
  // The parts that stand in the fewest places together: least[p][i], of p parts in the first i letters. The short
  // one is looked for by reading everything, which costs the same wherever it is.
  constexpr std::uint64_t kNever = UINT64_MAX / 4;
  const std::uint32_t longer = is_short ? parts - 1 : parts;
  struct Best {
    std::uint64_t cost = kNever;
    std::vector<std::uint32_t> begins;
    std::uint32_t short_begin = UINT32_MAX;
  } best;
  const auto choose = [&](std::uint32_t gap) {  // the short part takes letters [gap, gap + 2)
    std::vector<std::vector<std::uint64_t>> least(longer + 1, std::vector<std::uint64_t>(n + 1, kNever));
    std::fill(least[0].begin(), least[0].end(), 0);
    const auto free = [&](std::uint32_t i) { return i >= gap + 2 || i + kStem <= gap; };
    for (std::uint32_t p = 1; p <= longer; ++p)
      for (std::uint32_t i = kStem; i <= n; ++i) {
        least[p][i] = least[p][i - 1];
        if (free(i - kStem)) least[p][i] = std::min(least[p][i], least[p - 1][i - kStem] + counts[i - kStem]);
      }
    if (least[longer][n] >= best.cost) return;
    best = {least[longer][n], {}, gap < n ? gap : UINT32_MAX};
    std::uint32_t i = n;
    for (std::uint32_t p = longer; p > 0;)
      if (least[p][i] == least[p][i - 1]) {
        --i;
      } else {
        i -= kStem, --p;
        best.begins.push_back(i);
      }
  };
  if (is_short)
    for (std::uint32_t gap = 0; gap + 2 <= n; ++gap) choose(gap);
  else
    choose(n);
  std::vector<Stretch> out;
  const auto take = [&](std::uint32_t segment, std::uint32_t letter, std::uint32_t begin) {
    const std::uint32_t work = works_.at(segment, letter);
    if (work == WorkTable::kNone || !allowed(work)) return;
    const auto& of = works_.works()[work];
    const std::uint32_t at = letter - of.first, before = begin + most;
    out.push_back({work, at - std::min(at, before), std::min(of.size, at + (n - begin) + most)});
  };
  for (const std::uint32_t begin : best.begins)
    for (std::uint32_t s = 0; s < segments_.size(); ++s)
      for (std::uint32_t i = 0; i < places[begin][s].size(); ++i) {
        const std::uint32_t letter = places[begin][s][i];
        if (checked(segments_[s].folded->reads(letter, pattern.subspan(begin, kStem)))) take(s, letter, begin);
      }
  if (best.short_begin != UINT32_MAX)
    for (std::uint32_t s = 0; s < segments_.size(); ++s)
      scan(s, pattern.subspan(best.short_begin, 2),
           [&](std::uint32_t letter) { take(s, letter, best.short_begin); });
  std::sort(out.begin(), out.end(), [](const Stretch& x, const Stretch& y) {
    return std::tie(x.work, x.begin, x.end) < std::tie(y.work, y.begin, y.end);
  });
  std::vector<Stretch> joined;
  for (const Stretch& s : out)
    if (!joined.empty() && joined.back().work == s.work && s.begin <= joined.back().end)
      joined.back().end = std::max(joined.back().end, s.end);
    else
      joined.push_back(s);
  return joined;
}

// Everywhere that two letters stand in a segment, by reading all of it.
void LibraryGround::scan(std::uint32_t segment, std::span<const Unit> words,
                         const std::function<void(std::uint32_t letter)>& take) const {
  constexpr std::uint32_t kStep = 512;
  const Folded& folded = *segments_[segment].folded;
  const auto narrow = [](Unit u) {
    return static_cast<std::uint16_t>(std::min<std::uint32_t>(static_cast<std::uint32_t>(u), Folded::kRare));
  };
  const std::uint16_t a = narrow(words[0]), b = narrow(words[1]);
  std::array<std::uint16_t, kStep + 1> letters{};
  for (std::uint32_t at = 0; at + 1 < folded.letters(); at += kStep) {
    const std::uint32_t size = std::min(kStep + 1, folded.letters() - at);
    if (!folded.raw_letters(at, std::span(letters).first(size))) {
      sound_ = false;
      return;
    }
    std::uint16_t any = 0;
    for (std::uint32_t i = 0; i + 1 < size; ++i)
      any = static_cast<std::uint16_t>(any | ((letters[i] == a ? 1 : 0) & (letters[i + 1] == b ? 1 : 0)));
    for (std::uint32_t i = 0; any != 0 && i + 1 < size; ++i)
      if (letters[i] == a && letters[i + 1] == b && checked(folded.reads(at + i, words))) take(at + i);
  }
}

void LibraryGround::near(std::span<const Unit> pattern, std::uint32_t most, const Allowed& allowed,
                         const std::function<void(std::uint32_t work, std::uint32_t end)>& take) const {
  const NearSearch search(pattern, most);
  std::vector<Unit> held;
  std::uint32_t work = WorkTable::kNone;
  NearSearch::Nearest best;
  for (const Stretch& s : stretches(pattern, most, allowed)) {
    const auto found = search.run(units(s.work, {s.begin, s.end}, held));
    if (!found || (work == s.work && best.changes <= found->changes)) continue;
    if (work != WorkTable::kNone && work != s.work) take(work, best.end);
    work = s.work;
    best = {found->changes, found->end + s.begin};
  }
  if (work != WorkTable::kNone) take(work, best.end);
}

bool LibraryGround::has_outlet(const std::string& name) const {
  return std::binary_search(relations_.outlets.begin(), relations_.outlets.end(), name) ||
         std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.work->outlet == name; });
}

namespace {

bool same_letter(std::string_view title, std::size_t at, char32_t c) {
  const auto there = get<std::uint16_t>(title, at * 2);
  return there == Folded::kRare || there == c;
}
bool stands_at(std::string_view title, std::size_t at, std::u32string_view words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!same_letter(title, at + i, words[i])) return false;
  return true;
}

// Which pairs of an occasion's letters stand in a text.
class Pairs {
 public:
  explicit Pairs(std::u32string_view key, bool form) : all_(key.size() < 2 ? 0 : key.size() - 1) {
    first_.assign(65536, 0), second_.assign(65536, 0);
    for (std::size_t i = 0; i < std::min<std::size_t>(all_, 64); ++i) {
      const auto number = [&](char32_t c) {
        return std::min<std::uint32_t>(form ? han::form_class(c) : c, Folded::kRare);
      };
      first_[number(key[i])] |= std::uint64_t{1} << i;
      second_[number(key[i + 1])] |= std::uint64_t{1} << i;
    }
    // A letter beyond 16 bits may be any.
    first_[Folded::kRare] = second_[Folded::kRare] = ~std::uint64_t{0};
    last_ = all_ > 64;
  }
  std::uint64_t in(std::span<const std::uint16_t> text) const {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) out |= first_[text[i]] & second_[text[i + 1]];
    return out;
  }
  // As a list, for each pair; those past the 64th count as there.
  std::vector<char> list(std::uint64_t bits) const {
    std::vector<char> out(all_, 1);
    for (std::size_t i = 0; i < std::min<std::size_t>(all_, 64); ++i) out[i] = (bits >> i & 1) != 0;
    return out;
  }
  bool any(std::uint64_t bits) const { return bits != 0 || last_; }

 private:
  std::size_t all_;
  bool last_ = false;
  std::vector<std::uint64_t> first_, second_;
};

}  // namespace

bool LibraryGround::has_title(const std::u32string& letters) const {
  if (std::any_of(drafts_.begin(), drafts_.end(),
                  [&](const Draft& d) { return title_letters(d.work->title) == letters; }))
    return true;
  for (const auto& of : works_.works()) {
    const Segment& s = segments_[of.segment];
    const auto row = s.folded->work(of.row);
    const auto title = row ? s.folded->title(*row) : std::nullopt;
    if (!title) {
      sound_ = false;
      return false;
    }
    if (title->size() != letters.size() * 2 || !stands_at(*title, 0, letters)) continue;
    PartReader::Held held;
    const DocumentPlace place{s.entry.number, of.document};
    if (!reader_.read(place, held)) {
      sound_ = false;
      return false;
    }
    const auto& works = held.at(place).second.works;
    if (row->number < works.size() && title_letters(works[row->number].title) == letters) return true;
  }
  return false;
}

// Rows, titles and the beginnings of reports tell which works may answer; these are read.
Holding LibraryGround::holding(const std::vector<Asked>& asked, const Allowed& allowed) const {
  struct Question {
    const Asked* asked;
    std::vector<std::uint32_t> outlets;  // of each segment: the outlet's number; UINT32_MAX: none
    std::u32string key;
    std::unique_ptr<Pairs> in_title, in_lead;
  };
  std::vector<Question> questions;
  for (const Asked& a : asked) {
    if (a.kind == Claim::Kind::publication && !a.outlet.empty()) {
      if (a.number == 0 && !a.first) continue;
      Question& q = questions.emplace_back(Question{&a, {}, {}, nullptr, nullptr});
      for (const Segment& s : segments_) {
        const auto outlets = checked(s.folded->outlets());
        const auto known = std::find(outlets.begin(), outlets.end(), a.outlet);
        q.outlets.push_back(known == outlets.end() ? UINT32_MAX
                                                   : static_cast<std::uint32_t>(known - outlets.begin()));
      }
    } else if (a.kind == Claim::Kind::publication && !a.key.empty()) {
      questions.push_back({&a, {}, a.key, nullptr, nullptr});
    } else if (a.kind == Claim::Kind::occasion) {
      for (const std::u32string& key : occasion_names(a.key))
        questions.push_back({&a, {}, key, std::make_unique<Pairs>(key, false), std::make_unique<Pairs>(key, true)});
    }
  }
  if (questions.empty()) return Holding::none;
  Holding out = Holding::none;
  std::vector<std::uint16_t> buffer;
  const auto may = [&](const Question& q, const Segment& s, std::uint32_t segment, const WorkRow& row) {
    if (!q.outlets.empty()) {
      if (row.outlet != q.outlets[segment] || row.outlet == 0) return false;
      if (q.asked->number != 0) return true;
      return row.earliest != Date{} && row.latest != Date{} && *q.asked->first <= row.latest &&
             (!q.asked->last || row.earliest <= *q.asked->last);
    }
    const std::string_view title = checked(s.folded->title(row));
    const std::size_t letters = title.size() / 2;
    if (q.asked->kind == Claim::Kind::publication) {
      if (letters < q.key.size()) return false;
      for (std::size_t at = 0; at + q.key.size() <= letters; ++at)
        if (stands_at(title, at, q.key)) return true;
      return false;
    }
    if ((row.flags & WorkRow::kSections) != 0) return true;
    const auto kind = static_cast<WorkKind>(row.kind);
    const bool report = kind == WorkKind::report;
    if (!report && kind != WorkKind::speech && kind != WorkKind::decision) return false;
    if (report && row.lead == WorkRow::kUnknown) return true;
    buffer.resize(letters);
    for (std::size_t i = 0; i < letters; ++i) buffer[i] = get<std::uint16_t>(title, i * 2);
    std::uint64_t bits = q.in_title->in(buffer);
    if (report) {
      buffer.resize(std::min<std::uint32_t>(row.lead, row.size));
      if (!s.folded->raw_letters(row.first, buffer)) sound_ = false;
      bits |= q.in_lead->in(buffer);
    }
    return q.in_title->any(bits) && (!report || may_agree(q.key, q.in_title->list(bits)));
  };
  for (std::uint32_t w = 0; w < works_.works().size() && sound_; ++w) {
    const auto& of = works_.works()[w];
    const Segment& s = segments_[of.segment];
    const auto row = s.folded->work(of.row);
    if (!row) {
      sound_ = false;
      break;
    }
    suyuan::Work like;
    like.kind = static_cast<WorkKind>(row->kind);
    if ((row->flags & WorkRow::kDamaged) != 0) like.defects.emplace_back();
    const DocumentPlace place{s.entry.number, of.document};
    // What others say of a document may be what is asked for.
    const bool changed = relations_.changed.contains(place);
    if ((!changed && holding_of(like) <= out) || !allowed(w)) continue;
    if (!changed && std::none_of(questions.begin(), questions.end(),
                                 [&](const Question& q) { return may(q, s, of.segment, *row); }))
      continue;
    PartReader::Held held;
    if (!reader_.read_all({place}, held)) {
      sound_ = false;
      break;
    }
    Corpus part;
    std::uint32_t number = 0;
    for (auto& [at, document] : held) {
      if (at == place && row->number < document.second.works.size()) {
        number = static_cast<std::uint32_t>(part.works.size());
        part.works.push_back({static_cast<std::uint32_t>(part.documents.size()), row->number, 0,
                              fold(document.first, document.second.works[row->number])});
      }
      part.documents.push_back(std::move(document.first));
      part.segmentations.push_back(std::move(document.second));
    }
    if (part.works.empty()) continue;
    const Holding is = holding_of(part.work(part.works[number]));
    if (is > out && std::any_of(asked.begin(), asked.end(),
                                [&](const Asked& a) { return answers(part, a, number, shipped_lexicons()); }))
      out = is;
  }
  return out;
}

}  // namespace suyuan::library
