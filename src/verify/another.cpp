#include "verify/another.hpp"

#include <algorithm>
#include <vector>

#include "base/data.hpp"
#include "base/han.hpp"
#include "segment/lexicon.hpp"

namespace suyuan {

namespace {

struct Lexicon {
  std::vector<std::u32string> another, says, quotes, rejects;

  Lexicon() {
    for (const auto& row : data::rows(data::context())) {
      if (row.at(1) == "another") another.push_back(from_utf8(row[0]));
      if (row[1] == "says") says.push_back(from_utf8(row[0]));
      if (row[1] == "quotes") quotes.push_back(from_utf8(row[0]));
      if (row[1] == "rejects" || row[1] == "verdict") rejects.push_back(from_utf8(row[0]));
    }
  }
};
const Lexicon& lexicon() {
  static const Lexicon kLexicon;
  return kLexicon;
}

constexpr std::uint32_t kLead = 60;  // characters before the words, and of the sentence behind them

std::u32string plain(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text) out += han::folded(c).character;
  return out;
}

bool ends_sentence(char32_t mark) { return mark == U'。' || mark == U'!' || mark == U'?' || mark == U'\n'; }

constexpr std::u32string_view kTold = U"对向同给跟替被诉请让叫问劝教送为";  // 告诉我, 向大家: who is told

// Where the last of the words stands that is not who is told something; npos where none does.
std::size_t last_of(std::u32string_view text, const std::vector<std::u32string>& words) {
  std::size_t out = text.npos;
  for (const std::u32string& w : words)
    for (std::size_t at = text.find(w); at != text.npos; at = text.find(w, at + 1))
      if ((at == 0 || kTold.find(text[at - 1]) == kTold.npos) && (out == text.npos || out < at)) out = at;
  return out;
}

bool holds(std::u32string_view text, const std::vector<std::u32string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::u32string& w) { return text.find(w) != text.npos; });
}

// Whether a lead gives what follows as somebody else's; `marks`: what follows stands in marks.
bool leads_to_another(std::u32string_view lead, bool marks) {
  if (lead.empty()) return false;
  const char32_t last = lead.back();
  if (last == U':' || last == U',')
    lead.remove_suffix(1);
  else if (!marks && han::is_han(last))  // 有人主张拆桥: in the same clause
    lead.remove_prefix(lead.find_last_of(U",;:、") + 1);
  else
    return false;
  const bool says = std::any_of(lexicon().says.begin(), lexicon().says.end(),
                                [&](const std::u32string& w) { return lead.ends_with(w); });
  if (!says && !(marks && last == U':')) return false;
  const std::size_t another = last_of(lead, lexicon().another), own = last_of(lead, {U"我"});
  return another != lead.npos && (own == lead.npos || own < another);
}

}  // namespace

Another given_as_anothers(const Corpus& corpus, std::uint32_t work, FoldSpan place, std::u32string_view speaker) {
  const CorpusWork& at = corpus.works[work];
  const Work& w = corpus.work(at);
  const std::u32string& text = corpus.document(at).text;
  const Span words{at.fold.origin(place.begin), at.fold.origin(place.end - 1) + 1};
  Span around = words;
  const Attribution* by = nullptr;
  const auto inside = [&](const Parts& parts) {
    const Span s = envelope(parts);
    return s.begin <= words.begin && words.end <= s.end;
  };
  for (const Quotation& q : w.quotations)
    if (q.form != Quotation::Form::block && inside(q.parts)) {
      around = envelope(q.parts);
      if (q.form == Quotation::Form::indirect) around.end = words.end;  // led speech may run on over its rejection
      by = q.attribution ? &*q.attribution : nullptr;
    }
  for (const Marked& m : w.marked)
    if (inside(m.parts)) around = envelope(m.parts);
  if (by && by->kind == SpeakerKind::person && fold_words(from_utf8(by->speaker)) == speaker) return {};
  const bool marks = around.begin > 0 && han::mark_class(text[around.begin - 1]) == U'"';
  const std::uint32_t to = around.begin - (marks ? 1 : 0);
  std::uint32_t from = to;
  while (from > w.span.begin && to - from < kLead && !ends_sentence(han::mark_class(text[from - 1]))) --from;
  Another out;
  const std::u32string lead = plain(std::u32string_view(text).substr(from, to - from));
  const bool person = by != nullptr && !by->after && by->named &&
                      (by->kind == SpeakerKind::unknown || by->kind == SpeakerKind::person) &&
                      (by->speaker.empty() || w.author.find(by->speaker) == std::string::npos);
  const bool named = person && marks && last_of(lead, {U"我"}) == lead.npos;
  if (!named && !leads_to_another(lead, marks)) return out;
  out.stand = Another::Stand::quoted;
  out.lead = to_utf8(std::u32string_view(text).substr(from, to - from));
  // 这种看法，我是不赞成的: the sentence behind.
  std::uint32_t next = around.end;
  while (next < text.size() && !ends_sentence(han::mark_class(text[next])) && next - around.end < kLead) ++next;
  if (marks && next > around.end) next = around.end;  // the stop stands inside the marks
  while (next < text.size() && text[next] != U'\n' && han::kind(text[next]) != han::Kind::letter) ++next;
  std::uint32_t end = next;
  while (end < text.size() && end - next < kLead && !ends_sentence(han::mark_class(text[end]))) ++end;
  const std::u32string behind = plain(std::u32string_view(text).substr(next, end - next));
  if ((behind.starts_with(U"这") || behind.starts_with(U"此") || behind.starts_with(U"那")) &&
      holds(behind, lexicon().rejects))
    out.stand = Another::Stand::rejected;
  return out;
}

bool tells_another(std::u32string_view lead) {
  const std::u32string text = plain(lead);
  return last_of(text, lexicon().another) != text.npos || holds(text, lexicon().quotes);
}

}  // namespace suyuan
