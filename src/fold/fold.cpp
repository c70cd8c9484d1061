// The comparison form of a work, with the way back.
#include "suyuan/fold.hpp"

#include <algorithm>

#include "base/han.hpp"

namespace suyuan {

Fold fold(const Document& document, const Work& work) {
  Fold out;
  const std::u32string_view text = document.text;
  std::size_t most = 0;
  for (const Paragraph& paragraph : work.paragraphs)
    for (const Span part : paragraph.parts) most += part.size();
  out.units_.reserve(most);
  out.origin_.reserve(most);
  out.gaps_.reserve(most + 1);
  auto sign = document.markup.begin();  // the next that is no wording
  const auto next_sign = [&](std::uint32_t at) {
    while (sign != document.markup.end() && (sign->kind != Markup::Kind::sign || sign->span.end <= at)) ++sign;
    return sign != document.markup.end() && sign->span.begin <= at;
  };
  std::uint8_t gap = Fold::paragraph | Fold::clause | Fold::sentence;
  for (const Paragraph& paragraph : work.paragraphs) {
    out.paragraphs_.push_back(out.size());
    gap |= Fold::paragraph;
    if (paragraph.role == Role::source_line) continue;
    std::uint32_t passed = 0;  // the end of a reading that began in an earlier part
    for (std::size_t p = 0; p < paragraph.parts.size(); ++p) {
      const Span part = paragraph.parts[p];
      out.parts_.push_back(part);
      if (p > 0) gap |= Fold::layout;
      for (std::uint32_t i = std::max(part.begin, passed); i < part.end;) {
        const char32_t c = text[i];
        if (next_sign(i)) {
          gap |= Fold::layout;
          i = sign->span.end;
          continue;
        }
        if (han::begins_aside(c)) {
          if (const std::size_t omission = han::omission_length(text.substr(0, part.end), i)) {
            out.marks_.push_back({out.size(), i, U'…'});
            gap |= Fold::clause;
            i += static_cast<std::uint32_t>(omission);
            continue;
          }
          std::uint32_t end = han::gloss_end(text, paragraph.parts, p, i);
          if (end == i) end += static_cast<std::uint32_t>(han::remark_length(text.substr(0, part.end), i));
          if (end == i && i > part.begin)
            end += static_cast<std::uint32_t>(han::note_mark_length(text.substr(0, part.end), i));
          if (end != i) {
            gap |= Fold::gloss;
            i = passed = end;
            continue;
          }
        }
        const auto digit = [&](std::uint32_t at) {
          return at < part.end && at >= part.begin && han::is_digit(text[at]);
        };
        const bool point = (c == U'.' || c == U'．') && i > part.begin && digit(i - 1) && digit(i + 1);
        const han::Folded as = han::compared(c);
        switch (point ? han::Kind::letter : as.kind) {
          case han::Kind::blank:
            gap |= Fold::layout;
            break;
          case han::Kind::mark: {
            const char32_t mark = as.character;
            out.marks_.push_back({out.size(), i, mark});
            gap |= Fold::clause;
            if (mark == U'。' || mark == U'!' || mark == U'?') gap |= Fold::sentence;
            if (mark == U'"') gap |= Fold::quote;
            break;
          }
          case han::Kind::letter:
            out.units_.push_back(static_cast<Unit>(as.character));
            out.origin_.push_back(i);
            out.gaps_.push_back(gap);
            gap = Fold::none;
            break;
        }
        ++i;
      }
    }
  }
  out.gaps_.push_back(gap | Fold::paragraph | Fold::sentence | Fold::clause);
  out.paragraphs_.push_back(out.size());
  // A corpus holds its folds as long as it lives.
  out.units_.shrink_to_fit();
  out.origin_.shrink_to_fit();
  out.gaps_.shrink_to_fit();
  out.marks_.shrink_to_fit();
  out.end_ = out.parts_.empty() ? work.span.end : out.parts_.back().end;
  return out;
}

Parts Fold::parts(FoldSpan s) const {
  const Span whole{origin_[s.begin], origin_[s.end - 1] + 1};
  Parts out;
  auto part = std::upper_bound(parts_.begin(), parts_.end(), whole.begin,
                               [](std::uint32_t at, Span p) { return at < p.end; });
  for (; part != parts_.end() && part->begin < whole.end; ++part)
    out.push_back({std::max(part->begin, whole.begin), std::min(part->end, whole.end)});
  return out;
}

FoldSpan Fold::find(Span span) const {
  const auto at = [&](std::uint32_t offset) {
    return static_cast<std::uint32_t>(std::lower_bound(origin_.begin(), origin_.end(), offset) - origin_.begin());
  };
  return {at(span.begin), at(span.end)};
}

std::span<const Fold::Mark> Fold::marks(FoldSpan s) const {
  const auto by = [](std::uint32_t at, const Mark& m) { return at < m.before; };
  const auto first = std::upper_bound(marks_.begin(), marks_.end(), s.begin, by);
  const auto last = std::upper_bound(first, marks_.end(), s.end == 0 ? 0 : s.end - 1, by);
  return {first, last};
}

std::uint32_t Fold::paragraph_of(std::uint32_t i) const {
  const auto after = std::upper_bound(paragraphs_.begin(), paragraphs_.end() - 1, i);
  return static_cast<std::uint32_t>(after - paragraphs_.begin()) - 1;
}

FoldSpan Fold::paragraph_span(std::uint32_t number) const { return {paragraphs_[number], paragraphs_[number + 1]}; }

}  // namespace suyuan
