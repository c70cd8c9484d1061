// Letters and postings of segments. docs/library.md has the layout.
#include "library/folded.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/han.hpp"
#include "base/parallel.hpp"
#include "index/background.hpp"
#include "library/bytes.hpp"
#include "library/checksum.hpp"
#include "segment/lexicon.hpp"
#include "verify/occasion.hpp"

namespace suyuan::library {

namespace {

constexpr std::uint32_t kGram = Index::kGram;
constexpr std::uint16_t kRare = Folded::kRare;  // stands for a letter of the section `rare`
constexpr std::uint32_t kBucket = 8;            // places a bucket of the postings has, about
constexpr std::uint32_t kMostBits = 28;
constexpr std::uint64_t kHeader = 8, kPlace = 4, kRareRow = 8;

void put_day(std::string& to, Date day) {
  put(to, static_cast<std::uint16_t>(day.year));
  put(to, day.month);
  put(to, day.day);
}
Date get_day(std::string_view bytes, std::size_t at) {
  return {static_cast<std::int16_t>(get<std::uint16_t>(bytes, at)), get<std::uint8_t>(bytes, at + 2),
          get<std::uint8_t>(bytes, at + 3)};
}

void put_row(std::string& to, const WorkRow& row) {
  put(to, row.document);
  put(to, row.number);
  put(to, row.first);
  put(to, row.size);
  put(to, row.title);
  put_day(to, row.earliest);
  put_day(to, row.latest);
  put(to, row.outlet);
  put(to, row.title_at);
  put(to, row.lead);
  put(to, row.kind);
  put(to, row.flags);
}

constexpr std::size_t kFirst = 8;  // where in a row it says its first letter
WorkRow get_row(std::string_view bytes, std::size_t at) {
  return {get<std::uint32_t>(bytes, at),
          get<std::uint32_t>(bytes, at + 4),
          get<std::uint32_t>(bytes, at + kFirst),
          get<std::uint32_t>(bytes, at + kFirst + 4),
          get<std::uint64_t>(bytes, at + 16),
          get_day(bytes, at + 24),
          get_day(bytes, at + 28),
          get<std::uint32_t>(bytes, at + 32),
          get<std::uint32_t>(bytes, at + 36),
          get<std::uint16_t>(bytes, at + 40),
          get<std::uint8_t>(bytes, at + 42),
          get<std::uint8_t>(bytes, at + 43)};
}

// Places are in the order of their key: the hash of the gram's first letters, then that of all of them. So places
// of three letters stand together too.
constexpr std::uint32_t kKeyBits = 32, kStemBits = 17, kRestBits = kKeyBits - kStemBits;

std::uint64_t stem_key(std::span<const Unit> stem) {
  return background::gram_hash(stem.first(Folded::kStem)) >> (64 - kStemBits) << kRestBits;
}
std::uint64_t place_key(std::span<const Unit> gram) {
  return stem_key(gram) | background::gram_hash(gram) >> (64 - kRestBits);
}
std::uint64_t bucket_of(std::uint64_t key, std::uint32_t bits) { return key >> (kKeyBits - bits); }

void put_title(std::string& to, const std::u32string& title) {
  const std::size_t size = std::min<std::size_t>(title.size(), UINT16_MAX);
  put(to, static_cast<std::uint16_t>(size));
  for (std::size_t i = 0; i < size; ++i) put(to, static_cast<std::uint16_t>(std::min<char32_t>(title[i], kRare)));
}

// The first letters of a report among which those are that name its occasion; kUnknown where its letters read
// otherwise than the text that occasions are looked for in.
std::uint16_t lead_of(const Document& document, const Work& work, const Fold& folded) {
  std::uint32_t end = 0;
  bool same = true;
  const std::size_t read = lead_paragraphs(document, work, [&](std::size_t p, std::u32string_view text) {
    const FoldSpan span = folded.paragraph_span(static_cast<std::uint32_t>(p));
    std::uint32_t at = span.begin;
    for (const char32_t c : text) {
      if (han::kind(c) != han::Kind::letter) continue;
      while (at < span.end && folded.units()[at] == Unit{U'.'}) ++at;  // of a number
      same = same && at < span.end && static_cast<char32_t>(folded.units()[at]) == han::form_class(c);
      ++at;
    }
    end = std::max(end, at);
  });
  return same && end < WorkRow::kUnknown ? static_cast<std::uint16_t>(read == 0 ? 0 : end) : WorkRow::kUnknown;
}

}  // namespace

std::uint64_t title_digest(const std::string& title) {
  return title.empty() ? 0 : checksum(to_utf8(fold_words(from_utf8(title))));
}

FoldedDocument fold_document(const Document& document, const Segmentation& made) {
  FoldedDocument out;
  for (std::uint32_t n = 0; n < made.works.size(); ++n) {
    const Work& work = made.works[n];
    const Fold folded = fold(document, work);
    WorkRow row;
    row.number = n;
    row.first = static_cast<std::uint32_t>(out.letters.size());
    row.size = folded.size();
    row.title = title_digest(work.title);
    row.earliest = work.published.earliest.value_or(Date{});
    row.latest = work.published.latest.value_or(Date{});
    row.kind = static_cast<std::uint8_t>(work.kind);
    row.flags = static_cast<std::uint8_t>((work.about ? WorkRow::kReports : 0) |
                                          (work.defects.empty() ? 0 : WorkRow::kDamaged) |
                                          (work.sections.empty() ? 0 : WorkRow::kSections));
    if (work.kind == WorkKind::report) row.lead = lead_of(document, work, folded);
    out.titles.push_back(title_letters(work.title));
    row.outlet = static_cast<std::uint32_t>(std::find(out.outlets.begin(), out.outlets.end(), work.outlet) -
                                            out.outlets.begin());
    if (row.outlet == out.outlets.size()) out.outlets.push_back(work.outlet);
    out.works.push_back(row);
    const auto units = folded.units();
    out.letters.insert(out.letters.end(), units.begin(), units.end());
  }
  return out;
}

void FoldedWriter::add(std::uint32_t number, const FoldedDocument& document) {
  for (std::size_t n = 0; n < document.works.size(); ++n) {
    WorkRow row = document.works[n];
    row.document = number;
    row.title_at = static_cast<std::uint32_t>(titles_.size());
    put_title(titles_, document.titles[n]);
    row.first += static_cast<std::uint32_t>(letters_.size());
    const std::string& outlet = document.outlets[row.outlet];
    const auto [known, is_new] = outlet_numbers_.try_emplace(outlet, static_cast<std::uint32_t>(outlets_.size()));
    row.outlet = known->second;
    if (is_new) outlets_.push_back(outlet);
    put_row(rows_, row);
  }
  for (const Unit unit : document.letters) {
    const auto value = static_cast<std::uint32_t>(unit);
    if (value >= kRare) rare_.emplace_back(static_cast<std::uint32_t>(letters_.size()), unit);
    letters_.push_back(value < kRare ? static_cast<std::uint16_t>(value) : kRare);
  }
}

void FoldedWriter::write(SegmentWriter& to, unsigned jobs) const {
  to.begin(SectionKind::works);
  to.append(rows_);
  to.begin(SectionKind::outlets);
  std::string bytes;
  put_varint(bytes, outlets_.size());
  for (const std::string& outlet : outlets_) put_string(bytes, outlet);
  to.append(bytes);
  // A block's worth at a time.
  const auto append_all = [&]<class Number>(std::span<const Number> numbers) {
    for (constexpr std::size_t kStep = kBlock / sizeof(Number); !numbers.empty();) {
      const auto now = numbers.first(std::min(kStep, numbers.size()));
      bytes.clear();
      put_all(bytes, now);
      to.append(bytes);
      numbers = numbers.subspan(now.size());
    }
  };
  to.begin(SectionKind::letters);
  append_all(std::span<const std::uint16_t>(letters_));
  append_all(std::span<const std::uint16_t>(std::array<std::uint16_t, kGram - 1>{}));
  to.begin(SectionKind::rare);
  bytes.clear();
  for (const auto& [at, unit] : rare_) {
    put(bytes, at);
    put(bytes, static_cast<std::uint32_t>(unit));
  }
  to.append(bytes);

  const auto count = static_cast<std::uint32_t>(letters_.size());
  std::uint32_t bits = 0;
  while (bits < kMostBits && (std::uint64_t{kBucket} << bits) < count) ++bits;
  // The key of the letters from each on, past the end of its work too; then the places by its first bits, in order;
  // then each bucket by the others.
  std::vector<std::uint32_t> hashes(count);
  constexpr std::uint32_t kRun = 1U << 16;  // letters
  for_each_index((count + kRun - 1) / kRun, jobs, [&](std::size_t run) {
    std::array<Unit, kGram> gram{};
    const auto begin = static_cast<std::uint32_t>(run * kRun);
    for (std::uint32_t p = begin; p < std::min(count, begin + kRun); ++p) {
      for (std::uint32_t k = 0; k < kGram; ++k) gram[k] = letter(p + k);
      hashes[p] = static_cast<std::uint32_t>(place_key(gram));
    }
  });
  const auto bucket = [&](std::uint32_t place) { return bucket_of(hashes[place], bits); };
  std::vector<std::uint32_t> directory((std::size_t{1} << bits) + 1, 0);
  for (std::uint32_t p = 0; p < count; ++p) ++directory[bucket(p) + 1];
  std::partial_sum(directory.begin(), directory.end(), directory.begin());
  std::vector<std::uint32_t> places(count);
  for (std::uint32_t p = 0; p < count; ++p) places[directory[bucket(p)]++] = p;
  directory.insert(directory.begin(), 0);  // each has become the next one's
  directory.pop_back();
  constexpr std::size_t kStep = 4096;  // buckets
  for_each_index((directory.size() + kStep - 2) / kStep, jobs, [&](std::size_t step) {
    std::vector<std::uint64_t> keys;
    for (std::size_t b = step * kStep; b < std::min((step + 1) * kStep, directory.size() - 1); ++b) {
      const std::span<std::uint32_t> of = std::span(places).subspan(directory[b], directory[b + 1] - directory[b]);
      keys.clear();
      for (const std::uint32_t place : of) keys.push_back(std::uint64_t{hashes[place]} << 32 | place);
      std::sort(keys.begin(), keys.end());
      std::transform(keys.begin(), keys.end(), of.begin(),
                     [](std::uint64_t k) { return static_cast<std::uint32_t>(k); });
    }
  });
  to.begin(SectionKind::postings);
  bytes.clear();
  put(bytes, bits);
  put(bytes, count);
  to.append(bytes);
  append_all(std::span<const std::uint32_t>(directory));
  to.begin(SectionKind::places);
  append_all(std::span<const std::uint32_t>(places));
  to.begin(SectionKind::titles);
  to.append(titles_);
}

Unit FoldedWriter::letter(std::uint32_t at) const {
  if (at >= letters_.size()) return Unit{0};
  if (letters_[at] != kRare) return static_cast<Unit>(letters_[at]);
  return std::lower_bound(rare_.begin(), rare_.end(), std::pair(at, Unit{0}))->second;
}

std::optional<Folded> Folded::open(std::shared_ptr<const SegmentFile> file, std::uint32_t documents) {
  Folded out;
  for (const SectionKind section :
       {SectionKind::works, SectionKind::outlets, SectionKind::letters, SectionKind::rare, SectionKind::places,
        SectionKind::postings, SectionKind::titles})
    if (!file->has(section)) return std::nullopt;
  const std::uint64_t rows = file->size(SectionKind::works), letters = file->size(SectionKind::letters);
  const auto header = file->bytes(SectionKind::postings, 0, kHeader);
  if (!header || rows % WorkRow::kSize != 0 || rows / WorkRow::kSize > UINT32_MAX || letters % 2 != 0 ||
      letters / 2 > UINT32_MAX || letters / 2 < kGram - 1 || file->size(SectionKind::rare) % kRareRow != 0)
    return std::nullopt;
  out.works_ = static_cast<std::uint32_t>(rows / WorkRow::kSize);
  out.letters_ = static_cast<std::uint32_t>(letters / 2);
  out.bits_ = get<std::uint32_t>(*header, 0);
  if (out.bits_ > kMostBits ||
      file->size(SectionKind::postings) != kHeader + ((std::uint64_t{1} << out.bits_) + 1) * 4 ||
      file->size(SectionKind::places) != get<std::uint32_t>(*header, 4) * kPlace)
    return std::nullopt;
  out.file_ = std::move(file);
  if (out.works_ > 0) {
    const auto last = out.work(out.works_ - 1);
    if (!last || last->document >= documents) return std::nullopt;
  }
  return out;
}

std::optional<WorkRow> Folded::work(std::uint32_t number) const {
  const auto bytes = file_->bytes(SectionKind::works, number * WorkRow::kSize, WorkRow::kSize);
  if (!bytes) return std::nullopt;
  const WorkRow row = get_row(*bytes, 0);
  if (row.first > letters_ || row.size > letters_ - row.first) return std::nullopt;
  return row;
}

std::optional<std::vector<WorkRow>> Folded::all_works() const {
  const auto bytes = file_->bytes(SectionKind::works);
  if (!bytes) return std::nullopt;
  std::vector<WorkRow> out;
  out.reserve(works_);
  for (std::uint32_t n = 0; n < works_; ++n) {
    out.push_back(get_row(*bytes, n * WorkRow::kSize));
    if (out.back().first > letters_ || out.back().size > letters_ - out.back().first) return std::nullopt;
  }
  return out;
}

std::optional<std::vector<std::string>> Folded::outlets() const {
  const auto bytes = file_->bytes(SectionKind::outlets);
  if (!bytes) return std::nullopt;
  Cursor from(*bytes);
  std::vector<std::string> out(from.count(1));
  for (std::string& outlet : out) outlet = from.string();
  if (!from.ok() || !from.at_end()) return std::nullopt;
  return out;
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> Folded::works_of(std::uint32_t document) const {
  const auto first_from = [&](std::uint32_t wanted) -> std::optional<std::uint32_t> {
    std::uint32_t low = 0, high = works_;
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      const auto row = work(middle);
      if (!row) return std::nullopt;
      if (row->document < wanted)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  };
  const auto first = first_from(document), last = first_from(document + 1);
  if (!first || !last) return std::nullopt;
  return std::pair(*first, *last);
}

std::optional<FoldedDocument> Folded::document(std::uint32_t row) const {
  const auto range = works_of(row);
  const auto names = outlets();
  if (!range || !names) return std::nullopt;
  FoldedDocument out;
  for (std::uint32_t n = range->first; n < range->second; ++n) {
    auto one = work(n);
    auto units = one ? letters(one->first, one->size) : std::nullopt;
    const auto name = one ? title(*one) : std::nullopt;
    if (!units || !name || one->outlet >= names->size()) return std::nullopt;
    std::u32string& letters_of = out.titles.emplace_back();
    for (std::size_t i = 0; i < name->size(); i += 2) letters_of += get<std::uint16_t>(*name, i);
    const std::string& outlet = (*names)[one->outlet];
    one->first = static_cast<std::uint32_t>(out.letters.size());
    one->outlet =
        static_cast<std::uint32_t>(std::find(out.outlets.begin(), out.outlets.end(), outlet) - out.outlets.begin());
    if (one->outlet == out.outlets.size()) out.outlets.push_back(outlet);
    out.works.push_back(*one);
    out.letters.insert(out.letters.end(), units->begin(), units->end());
  }
  return out;
}

std::optional<std::uint32_t> Folded::work_at(std::uint32_t letter) const {
  const auto rows = file_->bytes(SectionKind::works);
  if (!rows) return std::nullopt;
  std::uint32_t low = 0, high = works_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const std::size_t row = std::size_t{middle} * WorkRow::kSize;
    const auto first = get<std::uint32_t>(*rows, row + kFirst), size = get<std::uint32_t>(*rows, row + kFirst + 4);
    if (first > letters_ || size > letters_ - first) return std::nullopt;
    if (first + size <= letter)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == works_) return std::nullopt;
  return low;
}

std::optional<Unit> Folded::rare(std::uint32_t at) const {
  const auto bytes = file_->bytes(SectionKind::rare);
  if (!bytes) return std::nullopt;
  std::uint64_t low = 0, high = bytes->size() / kRareRow;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (get<std::uint32_t>(*bytes, middle * kRareRow) < at)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == bytes->size() / kRareRow || get<std::uint32_t>(*bytes, low * kRareRow) != at) return std::nullopt;
  return static_cast<Unit>(get<std::uint32_t>(*bytes, low * kRareRow + 4));
}

bool Folded::letters(std::uint32_t first, std::span<Unit> to) const {
  const auto bytes = file_->bytes(SectionKind::letters, std::uint64_t{first} * 2, to.size() * 2);
  if (!bytes) return false;
  for (std::uint32_t i = 0; i < to.size(); ++i) {
    const auto value = get<std::uint16_t>(*bytes, std::size_t{i} * 2);
    to[i] = static_cast<Unit>(value);
    if (value != kRare) continue;
    const auto unit = rare(first + i);
    if (!unit) return false;
    to[i] = *unit;
  }
  return true;
}

bool Folded::raw_letters(std::uint32_t first, std::span<std::uint16_t> to) const {
  const auto bytes = file_->bytes(SectionKind::letters, std::uint64_t{first} * 2, to.size() * 2);
  if (!bytes) return false;
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = get<std::uint16_t>(*bytes, i * 2);
  return true;
}

std::optional<std::vector<Unit>> Folded::letters(std::uint32_t first, std::uint32_t size) const {
  std::vector<Unit> out(std::min(size, letters_));
  if (!letters(first, out)) return std::nullopt;
  return out;
}

std::optional<bool> Folded::reads(std::uint32_t at, std::span<const Unit> words) const {
  if (at > letters_ || words.size() > letters_ - at) return false;
  const auto bytes = file_->bytes(SectionKind::letters, std::uint64_t{at} * 2, words.size() * 2);
  if (!bytes) return std::nullopt;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const auto value = get<std::uint16_t>(*bytes, std::size_t{i} * 2);
    if (value != kRare) {
      if (static_cast<Unit>(value) != words[i]) return false;
      continue;
    }
    const auto unit = rare(at + i);
    if (!unit) return std::nullopt;
    if (*unit != words[i]) return false;
  }
  return true;
}

std::uint32_t PlaceList::operator[](std::uint32_t n) const {
  return get<std::uint32_t>(bytes, std::size_t{n} * kPlace);
}

std::optional<std::uint32_t> Folded::bound(std::uint64_t key, std::uint32_t from) const {
  const auto all = static_cast<std::uint32_t>(file_->size(SectionKind::places) / kPlace);
  if (key >> kKeyBits != 0) return all;
  const auto ends = file_->bytes(SectionKind::postings, kHeader + bucket_of(key, bits_) * 4, 8);
  if (!ends) return std::nullopt;
  std::uint32_t low = get<std::uint32_t>(*ends, 0), high = get<std::uint32_t>(*ends, 4);
  if (low > high || high > all) return std::nullopt;
  if (bucket_of(key, bits_) << (kKeyBits - bits_) == key) return low;
  const auto places = file_->bytes(SectionKind::places, low * kPlace, (high - low) * kPlace);
  if (!places) return std::nullopt;
  const std::uint32_t first = low;
  const bool near = from > low;
  if (near) low = std::min(from, high);
  for (std::uint32_t step = 1, ahead = high; low < high;) {
    // Each look is a cache miss or two: from a place known to be near, first close by.
    const bool gallops = near && high == ahead;
    const std::uint32_t middle = gallops ? std::min(low + step, high) - 1 : low + (high - low) / 2;
    step *= 2;
    std::array<Unit, kGram> gram{};
    if (!letters(PlaceList{*places}[middle - first], gram)) return std::nullopt;
    if (place_key(gram) < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

std::optional<PlaceList> Folded::between(std::uint64_t low, std::uint64_t high) const {
  const auto from = bound(low, 0), to = from ? bound(high, *from) : std::nullopt;
  if (!to || *from > *to) return std::nullopt;
  const auto bytes = file_->bytes(SectionKind::places, *from * kPlace, (*to - *from) * kPlace);
  if (!bytes) return std::nullopt;
  return PlaceList{*bytes};
}

std::optional<PlaceList> Folded::places(std::span<const Unit> gram) const {
  const std::uint64_t key = place_key(gram);
  return between(key, key + 1);
}

void Folded::look_ahead(std::span<const std::array<Unit, kGram>> grams) const {
  std::vector<std::uint64_t> rows;
  for (const auto& gram : grams) {
    rows.push_back(kHeader + bucket_of(place_key(gram), bits_) * 4);
    file_->look_ahead(SectionKind::postings, rows.back());
  }
  const auto all = static_cast<std::uint32_t>(file_->size(SectionKind::places) / kPlace);
  std::vector<std::string_view> buckets;
  for (const std::uint64_t row : rows) {
    const auto ends = file_->bytes(SectionKind::postings, row, 8);
    if (!ends) return;
    const auto low = get<std::uint32_t>(*ends, 0), high = get<std::uint32_t>(*ends, 4);
    if (low >= high || high > all || high - low > 8 * kBucket) continue;
    const auto places = file_->bytes(SectionKind::places, low * kPlace, (high - low) * kPlace);
    if (!places) return;
    for (std::uint64_t at = 0; at < places->size(); at += 64) __builtin_prefetch(places->data() + at);
    __builtin_prefetch(places->data() + places->size() - 1);
    buckets.push_back(*places);
  }
  for (const std::string_view bucket : buckets)
    for (std::uint32_t n = 0; n < PlaceList{bucket}.size(); ++n) {
      const std::uint64_t at = std::uint64_t{PlaceList{bucket}[n]} * 2;
      if (at + kGram * 2 <= file_->size(SectionKind::letters)) file_->look_ahead(SectionKind::letters, at);
    }
}

std::optional<PlaceList> Folded::stem_places(std::span<const Unit> stem) const {
  const std::uint64_t key = stem_key(stem);
  return between(key, key + (std::uint64_t{1} << kRestBits));
}

std::optional<std::string_view> Folded::title(const WorkRow& row) const {
  const auto size = file_->bytes(SectionKind::titles, row.title_at, 2);
  if (!size) return std::nullopt;
  const auto bytes = file_->bytes(SectionKind::titles, std::uint64_t{row.title_at} + 2,
                                  std::uint64_t{get<std::uint16_t>(*size, 0)} * 2);
  if (!bytes) return std::nullopt;
  return *bytes;
}

}  // namespace suyuan::library
