#include "align/script.hpp"

#include "base/han.hpp"

namespace suyuan {

namespace {

int score(const Document& document, const Fold& fold, FoldSpan span) {
  int out = 0;
  for (std::uint32_t i = span.begin; i < span.end; ++i) {
    const char tag = han::script_tag(document.text[fold.origin(i)]);
    out += tag == 't' ? 1 : tag == 's' ? -1 : 0;
  }
  return out;
}

}  // namespace

int script_about(const Document& document, const Fold& fold, FoldSpan passage) {
  constexpr int kTells = 2;
  const auto sign = [](int n) { return n > 0 ? 1 : n < 0 ? -1 : 0; };
  const int own = score(document, fold, passage);
  if (own >= kTells || -own >= kTells || passage.empty()) return sign(own);
  const int around = score(document, fold, fold.paragraph_span(fold.paragraph_of(passage.begin)));
  if (around >= kTells || -around >= kTells) return sign(around);
  const int all = score(document, fold, {0, fold.size()});
  return sign(all != 0 ? all : own);
}

}  // namespace suyuan
