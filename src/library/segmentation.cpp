// Segmentations as bytes: each type is described once, for both directions.
#include "library/segmentation.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <vector>

#include "library/bytes.hpp"

namespace suyuan::library {

namespace {

constexpr std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// Spans are written as their distance from the one before: most are near.
class Out {
 public:
  static constexpr bool reads = false;
  template <class Number>
  void number(const Number& value) {
    put_varint(bytes, static_cast<std::uint64_t>(value));
  }
  template <class Enum>
  void one_of(const Enum& value, Enum) {
    put(bytes, static_cast<std::uint8_t>(value));
  }
  void integer(const int& value) { put_varint(bytes, zigzag(value)); }
  void string(const std::string& value) { put_string(bytes, value); }
  void span(const Span& value) {
    put_varint(bytes, zigzag(std::int64_t{value.begin} - before_));
    put_varint(bytes, value.end - value.begin);
    before_ = value.begin;
  }

  std::string bytes;

 private:
  std::int64_t before_ = 0;
};

class In {
 public:
  static constexpr bool reads = true;
  In(std::string_view bytes, std::uint32_t characters) : from(bytes), characters_(characters) {}

  template <class Number>
  void number(Number& value) {
    if constexpr (std::is_same_v<Number, bool>)
      value = from.below<unsigned>(2) != 0;
    else
      value = from.below<Number>(sizeof(Number) < 8 ? std::uint64_t{1} << (8 * sizeof(Number)) : UINT64_MAX);
  }
  template <class Enum>
  void one_of(Enum& value, Enum last) {
    value = static_cast<Enum>(from.byte(static_cast<std::uint8_t>(static_cast<std::uint8_t>(last) + 1)));
  }
  void integer(int& value) {
    const std::int64_t read = unzigzag(from.below<std::uint64_t>(std::uint64_t{1} << 34));
    if (read < INT32_MIN || read > INT32_MAX) return from.fail();
    value = static_cast<int>(read);
  }
  void string(std::string& value) { value = from.string(); }
  void span(Span& value) {
    const std::int64_t begin = before_ + unzigzag(from.below<std::uint64_t>(std::uint64_t{1} << 34));
    const std::uint64_t size = from.varint();
    if (begin < 0 || begin > characters_ || size > characters_ - static_cast<std::uint64_t>(begin))
      return from.fail();
    value = {static_cast<std::uint32_t>(begin),
             static_cast<std::uint32_t>(static_cast<std::uint64_t>(begin) + size)};
    before_ = begin;
  }
  Cursor from;

 private:
  std::uint32_t characters_;
  std::int64_t before_ = 0;
};

template <class Archive, class T, class Each>
void list(Archive& a, T& items, Each each) {
  if constexpr (Archive::reads) {
    for (std::size_t left = a.from.count(1); left > 0 && a.from.ok(); --left) each(items.emplace_back());
  } else {
    a.number(items.size());
    for (auto& item : items) each(item);
  }
}

template <class Archive, class T, class Value>
void maybe(Archive& a, T& value, Value describe_value) {
  bool has = value.has_value();
  a.number(has);
  if constexpr (Archive::reads)
    if (has) value.emplace();
  if (has) describe_value(*value);
}

template <class Archive, class T>
void parts(Archive& a, T& value) {
  list(a, value, [&](auto& span) { a.span(span); });
}

template <class Archive, class T>
void date(Archive& a, T& value) {
  auto year = static_cast<std::uint16_t>(value.year);
  a.number(year);
  a.number(value.month);
  a.number(value.day);
  if constexpr (Archive::reads) {
    value.year = static_cast<std::int16_t>(year);
    if (!value.valid()) a.from.fail();
  }
}

template <class Archive, class T>
void evidence(Archive& a, T& value) {
  list(a, value, [&](auto& e) {
    a.span(e.span);
    a.string(e.rule);
    a.string(e.text);
    a.string(e.document);
  });
}

template <class Archive, class T>
void interval(Archive& a, T& value) {
  a.one_of(value.status, DateInterval::Status::stated);
  maybe(a, value.earliest, [&](auto& d) { date(a, d); });
  maybe(a, value.latest, [&](auto& d) { date(a, d); });
  evidence(a, value.evidence);
}

template <class Archive, class T>
void diagnostic(Archive& a, T& value) {
  a.one_of(value.severity, Severity::error);
  a.string(value.what.code);
  a.string(value.what.message);
  a.string(value.what.source);
  maybe(a, value.what.offset, [&](auto& o) { a.number(o); });
  a.string(value.what.help);
}

template <class Archive, class T>
void attribution(Archive& a, T& value) {
  a.span(value.span);
  a.string(value.speaker);
  a.one_of(value.kind, SpeakerKind::text);
  maybe(a, value.named, [&](auto& s) { a.span(s); });
  a.string(value.by);
  a.string(value.verb);
  maybe(a, value.occasion, [&](auto& s) { a.span(s); });
  a.number(value.after);
}

template <class Archive, class T>
void work(Archive& a, T& value) {
  a.span(value.span);
  maybe(a, value.parent, [&](auto& p) { a.number(p); });
  a.string(value.title);
  a.string(value.title_rule);
  a.string(value.outlet);
  a.string(value.author);
  a.one_of(value.kind, WorkKind::collection);
  a.one_of(value.kind_confidence, Confidence::high);
  evidence(a, value.kind_evidence);
  a.one_of(value.copy, Copy::compilation);
  evidence(a, value.copy_evidence);
  maybe(a, value.rank, [&](auto& r) { a.integer(r); });
  maybe(a, value.about, [&](auto& x) {
    a.string(x.title);
    a.string(x.outlet);
    a.string(x.author);
    interval(a, x.published);
    a.span(x.evidence.span);
    a.string(x.evidence.rule);
    a.string(x.evidence.text);
    a.string(x.evidence.document);
    a.string(x.document);
    a.span(x.work);
  });
  interval(a, value.published);
  interval(a, value.edition);
  maybe(a, value.pages, [&](auto& p) {
    a.number(p.first);
    a.number(p.second);
  });
  list(a, value.defects, [&](auto& d) {
    a.string(d.code);
    a.span(d.span);
    a.one_of(d.confidence, Confidence::high);
    a.string(d.message);
  });
  list(a, value.paragraphs, [&](auto& p) {
    a.one_of(p.role, Role::blank);
    parts(a, p.parts);
  });
  list(a, value.sections, [&](auto& s) {
    a.number(s.first);
    a.number(s.last);
    parts(a, s.occasion);
    interval(a, s.spoken);
  });
  list(a, value.quotations, [&](auto& q) {
    a.one_of(q.form, Quotation::Form::indirect);
    a.number(q.paragraph);
    parts(a, q.parts);
    a.number(q.depth);
    a.number(q.unclosed);
    maybe(a, q.attribution, [&](auto& x) { attribution(a, x); });
  });
  list(a, value.marked, [&](auto& m) {
    a.number(m.paragraph);
    parts(a, m.parts);
    a.string(m.reason);
  });
  list(a, value.dates, [&](auto& d) {
    a.number(d.paragraph);
    a.span(d.span);
    date(a, d.earliest);
    date(a, d.latest);
    a.number(d.relative);
    a.string(d.against);
  });
}

template <class Archive, class T>
void segmentation(Archive& a, T& value) {
  list(a, value.blocks, [&](auto& b) {
    a.span(b.span);
    a.one_of(b.role, Role::blank);
  });
  list(a, value.works, [&](auto& w) { work(a, w); });
  list(a, value.diagnostics, [&](auto& d) { diagnostic(a, d); });
}

template <class Archive, class T>
void related(Archive& a, T& value) {
  for (auto& w : value.works) {
    a.string(w.outlet);
    interval(a, w.published);
    if (!w.about) continue;
    a.string(w.about->document);
    a.span(w.about->work);
  }
}

// What later steps rely on.
bool holds(const Segmentation& made, std::uint32_t characters) {
  std::uint32_t at = 0;
  for (const Block& b : made.blocks) {
    if (b.span.begin != at || b.span.empty()) return false;
    at = b.span.end;
  }
  if (at != characters && !made.blocks.empty()) return false;
  const auto sound = [](const Parts& p) {
    for (std::size_t i = 0; i < p.size(); ++i)
      if (p[i].empty() || (i > 0 && p[i].begin < p[i - 1].end)) return false;
    return !p.empty();
  };
  for (std::size_t w = 0; w < made.works.size(); ++w) {
    const Work& work = made.works[w];
    const std::size_t paragraphs = work.paragraphs.size();
    if (work.parent && *work.parent >= w) return false;
    std::uint32_t end = 0;
    for (const Paragraph& p : work.paragraphs) {
      if (!sound(p.parts) || p.parts.front().begin < end) return false;
      end = p.parts.back().end;
    }
    for (const Section& s : work.sections)
      if (s.first > s.last || s.last > paragraphs) return false;
    for (const Quotation& q : work.quotations)
      if (q.paragraph >= paragraphs || !sound(q.parts)) return false;
    for (const Marked& m : work.marked)
      if (m.paragraph >= paragraphs || !sound(m.parts)) return false;
    for (const DateMention& d : work.dates)
      if (d.paragraph >= paragraphs) return false;
  }
  return true;
}

}  // namespace

std::string encode(const Segmentation& made) {
  Out out;
  segmentation(out, made);
  return std::move(out.bytes);
}

std::optional<Segmentation> decode_segmentation(std::string_view bytes, std::uint32_t characters) {
  In in(bytes, characters);
  Segmentation out;
  segmentation(in, out);
  if (!in.from.ok() || !in.from.at_end() || !holds(out, characters)) return std::nullopt;
  return out;
}

std::string encode_related(const Segmentation& made) {
  Out out;
  related(out, made);
  return std::move(out.bytes);
}

bool decode_related(std::string_view bytes, Segmentation& made) {
  In in(bytes, UINT32_MAX);  // spans of other documents
  for (Work& w : made.works) w.published = {};
  related(in, made);
  return in.from.ok() && in.from.at_end();
}

}  // namespace suyuan::library
