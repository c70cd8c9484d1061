#include "report/verify_view.hpp"

#include <algorithm>

#include "base/han.hpp"
#include "segment/dates.hpp"

namespace suyuan {

namespace {

std::string quoted(const std::u32string& s) { return "“" + to_utf8(s) + "”"; }

char mark_of(const Edit& e) {
  if (e.kind == EditClass::punctuation || e.kind == EditClass::numeral) return '~';
  if (e.kind == EditClass::form) return 'o';
  if (e.op == EditOp::move) return '>';
  if (e.sensitive) return '!';
  return e.op == EditOp::omit ? '-' : e.op == EditOp::add ? '+' : 'x';
}

}  // namespace

std::string VerifyView::place(std::uint32_t work, std::uint32_t offset) const {
  const Document& d = corpus_.document(corpus_.works[work]);
  const auto at = d.position(offset);
  return d.path + (d.record.empty() ? "" : "#" + d.record) + ":" + std::to_string(at.line) + ":" +
         std::to_string(at.column);
}

std::string VerifyView::text(const Finding& f) const {
  return to_utf8(corpus_.document(corpus_.works[f.work]).text_of(f.parts));
}

std::string VerifyView::base_text(const Source& s) const {
  const CorpusWork& at = corpus_.works[s.work];
  return to_utf8(corpus_.document(at).text_of(at.fold.parts(s.base)));
}

std::vector<Cell> VerifyView::cells(const Finding& f, const Source& s, std::uint32_t around) const {
  const CorpusWork &x = corpus_.works[s.work], &y = corpus_.works[f.work];
  const Document &a = corpus_.document(x), &b = corpus_.document(y);
  std::vector<Cell> out;
  // A letter with the marks that stand before it.
  const auto marks_before = [](const CorpusWork& w, const Document& d, std::uint32_t unit) {
    std::u32string t;
    if (unit == 0) return t;
    for (const Fold::Mark& m : w.fold.marks({unit - 1, unit + 1})) t += d.text[m.origin];
    return t;
  };
  const auto letters = [&](const CorpusWork& w, const Document& d, std::uint32_t begin, std::uint32_t end,
                           bool marks_first) {
    std::u32string t;
    for (std::uint32_t i = begin; i < end; ++i) {
      if (i > begin || marks_first) t += marks_before(w, d, i);
      t += d.text[w.fold.origin(i)];
    }
    return t;
  };
  const auto mark_at = [&](std::uint32_t i, std::uint32_t j) {
    for (const Edit& e : s.comparison.edits) {
      const auto holds = [](const Parts& p, std::uint32_t offset) {
        return std::any_of(p.begin(), p.end(), [&](Span q) { return q.begin <= offset && offset < q.end; });
      };
      if ((i < x.fold.size() && holds(e.from, x.fold.origin(i))) ||
          (j < y.fold.size() && holds(e.to, y.fold.origin(j))))
        return mark_of(e);
    }
    return ' ';
  };
  const auto pair_up = [&](const std::u32string& p, const std::u32string& q, char mark, bool context, bool right) {
    const std::size_t n = std::max(p.size(), q.size());
    for (std::size_t k = 0; k < n; ++k) {
      const auto at = [&](const std::u32string& t) {
        const std::size_t skip = right ? n - t.size() : 0;
        return k < skip || k - skip >= t.size() ? char32_t{0} : t[k - skip];
      };
      out.push_back({at(p), at(q), mark, context});
    }
  };
  const auto before = [&](const CorpusWork& w, const Document& d, std::uint32_t unit) {
    return letters(w, d, unit - std::min(unit, around), unit, false) + marks_before(w, d, unit);
  };
  const auto after = [&](const CorpusWork& w, const Document& d, std::uint32_t unit) {
    const std::uint32_t end = std::min(w.fold.size(), unit + around);
    return unit < end ? letters(w, d, unit, end, true) : std::u32string();
  };
  if (around > 0) pair_up(before(x, a, s.base.begin), before(y, b, s.covers.begin), ' ', true, true);
  std::uint32_t i = s.base.begin, j = s.covers.begin;
  const auto gap = [&](std::uint32_t to_i, std::uint32_t to_j) {
    if (i == to_i && j == to_j) return;
    const char mark = mark_at(i < to_i ? i : UINT32_MAX, j < to_j ? j : UINT32_MAX);
    pair_up(letters(x, a, i, to_i, i > s.base.begin), letters(y, b, j, to_j, j > s.covers.begin), mark, false,
            false);
    i = to_i, j = to_j;
  };
  for (const EqualRun& r : s.equal) {
    const bool joined = i == r.a && j == r.b;
    gap(r.a, r.b);
    for (std::uint32_t k = 0; k < r.length; ++k, ++i, ++j) {
      if (i > s.base.begin && j > s.covers.begin) {
        const std::u32string p = marks_before(x, a, i), q = marks_before(y, b, j);
        char mark = ' ';
        if ((k > 0 || joined) && p != q)
          for (const Edit& e : s.comparison.edits)
            if (e.kind == EditClass::punctuation &&
                ((!e.from.empty() && e.from.front().begin > x.fold.origin(i - 1) &&
                  e.from.front().begin < x.fold.origin(i)) ||
                 (!e.to.empty() && e.to.front().begin > y.fold.origin(j - 1) &&
                  e.to.front().begin < y.fold.origin(j))))
              mark = '~';
        pair_up(p, q, mark, false, false);
      }
      const char32_t p = a.text[x.fold.origin(i)], q = b.text[y.fold.origin(j)];
      out.push_back({p, q, p == q ? ' ' : mark_at(i, j) == 'o' ? 'o' : ' ', false});
    }
  }
  gap(s.base.end, s.covers.end);
  if (around > 0) pair_up(after(x, a, s.base.end), after(y, b, s.covers.end), ' ', true, false);
  return out;
}

std::vector<std::string> VerifyView::notes(const Finding& f, const Source& s) const {
  const Document &a = corpus_.document(corpus_.works[s.work]), &b = corpus_.document(corpus_.works[f.work]);
  std::vector<std::string> out;
  const bool zh = language_ == Language::zh;
  for (const Edit& e : s.comparison.edits) {
    if (e.kind == EditClass::structure) continue;
    std::u32string from = e.from.empty() ? std::u32string() : a.text_of(e.from),
                   to = e.to.empty() ? std::u32string() : b.text_of(e.to);
    std::string note;
    if (e.op == EditOp::move)
      note = zh ? quoted(from) + "移位，据本在他处" : quoted(from) + " stands elsewhere in the base";
    else if (from.empty())
      note = zh ? "据本无" + quoted(to) : "the base lacks " + quoted(to);
    else if (to.empty())
      note = zh ? "据本有" + quoted(from) + "，稿无" : "left out: " + quoted(from);
    else if (from.size() == to.size() && from.size() > 1 &&
             std::is_permutation(from.begin(), from.end(), to.begin()))
      note = zh ? quoted(to) + "，据本" + quoted(from) + "，互乙"
                : quoted(to) + " is transposed: the base has " + quoted(from);
    else
      note = zh ? quoted(to) + "，据本作" + quoted(from) : quoted(to) + " where the base has " + quoted(from);
    if (e.kind != EditClass::wording) note += (zh ? "（" : " (") + say(name(e.kind)) + (zh ? "）" : ")");
    if (e.sensitive) note += (zh ? "（" : " (") + say("key word") + (zh ? "）" : ")");
    if (e.ocr_suspect) note += (zh ? "（" : " (") + say("look-alike") + (zh ? "）" : ")");
    out.push_back(std::move(note));
  }
  return out;
}

std::string VerifyView::date(const Work& work) const {
  const DateInterval& d = work.published;
  if (!d.earliest && !d.latest) return say("undated");
  if (!d.latest) return say("not before") + " " + d.earliest->to_string();
  if (!d.earliest) return say("by") + " " + d.latest->to_string();
  if (*d.earliest == *d.latest) return d.latest->to_string();
  const Date month{d.latest->year, d.latest->month, 0};
  if (month.first_day() == *d.earliest && month.last_day() == *d.latest) return month.to_string();
  return d.earliest->to_string() + " – " + d.latest->to_string();
}

std::string VerifyView::citation(std::uint32_t number) const {
  const CorpusWork& at = corpus_.works[number];
  const Work& w = corpus_.work(at);
  const Lexicons& lexicons = shipped_lexicons();
  std::string out;
  if (!w.author.empty()) out += to_utf8(fold_words(from_utf8(w.author))) + ". ";
  std::string title = w.title;
  for (const CorpusWork& copy : corpus_.works)
    if (title.empty() && copy.publication == at.publication) title = corpus_.work(copy).title;
  out += title.empty() ? "[" + say("untitled") + "]" : title;
  const Lexicons::Outlet* outlet = w.outlet.empty() ? nullptr : lexicons.outlet(w.outlet);
  const bool journal =
      outlet && (outlet->period == "half-monthly" || outlet->period == "half-month" || outlet->period == "monthly");
  out += w.outlet.empty() ? "[Z]. " : journal ? "[J]. " : "[N]. ";
  if (!w.outlet.empty()) out += w.outlet + ", ";
  std::optional<Issue> issue;
  for (const Evidence& e : w.published.evidence) {
    std::u32string text = fold_words(from_utf8(e.text));
    if (text.empty())
      for (const Document& d : corpus_.documents)
        if (e.document.empty() ? &d == &corpus_.document(at) : d.key == e.document)
          text = fold_words(d.view(e.span));
    const auto found = issue_in(text);
    if (found && found->number > 0 && found->outlet == w.outlet && !issue) issue = found;
  }
  if (journal && !issue && outlet->period != "monthly" && w.published.earliest &&
      w.published.earliest == w.published.latest && (w.published.latest->day == 1 || w.published.latest->day == 16))
    issue = Issue{w.outlet, w.published.latest->year,
                  w.published.latest->month * 2 - (w.published.latest->day == 1 ? 1 : 0)};
  if (issue)
    out += std::to_string(issue->year) + "(" + std::to_string(issue->number) + ")";
  else
    out += date(w);
  if (w.pages && w.copy == Copy::print) {
    out += ": " + std::to_string(w.pages->first);
    if (w.pages->second != w.pages->first) out += "-" + std::to_string(w.pages->second);
  }
  return out + ".";
}

std::vector<std::string> VerifyView::flags(const Finding& f) const {
  std::vector<std::string> out;
  for (const Flag flag : f.flags) {
    std::string text = say(name(flag));
    if (flag == Flag::as_in && f.as_in)
      text += (language_ == Language::zh ? "：" : ": ") + citation(f.sources[*f.as_in].work);
    out.push_back(std::move(text));
  }
  return out;
}

std::string VerifyView::holding(const Finding& f) const { return say("holding " + std::string(name(f.holding))); }

std::string VerifyView::claim(const Finding& f, const Claim& c) const {
  const Document& d = corpus_.document(corpus_.works[f.work]);
  const char* sign = c.result == Claim::Result::agrees ? "✓" : c.result == Claim::Result::differs ? "✗" : "?";
  std::string out =
      std::string(sign) + " " + say("claim " + std::string(name(c.kind))) + " " + to_utf8(d.text_of({c.span}));
  if (c.result == Claim::Result::differs)
    out += (language_ == Language::zh ? "；据本：" : "; the base: ") + c.found;
  if (c.result == Claim::Result::unchecked)
    out += (language_ == Language::zh ? "（" : " (") + say("unchecked") + (language_ == Language::zh ? "）" : ")");
  return out;
}

std::string VerifyView::message(const Finding& f) const {
  const bool zh = language_ == Language::zh;
  std::string out;
  const auto add = [&](const std::string& s) { out += (out.empty() ? "" : zh ? "；" : "; ") + s; };
  if (f.verdict == Verdict::not_found) add(holding(f));
  if (!f.reason.empty() && f.verdict != Verdict::not_found) add(say(f.reason));
  if (f.reason == "the-draft-is-the-report") add(say(f.reason));
  for (std::uint32_t n = 0; n < f.parts_of_base && n < f.sources.size(); ++n)
    for (const std::string& note : notes(f, f.sources[n])) add(note);
  for (const std::string& flag : flags(f)) add(flag);
  for (const Claim& c : f.claims)
    if (c.result == Claim::Result::differs) add(claim(f, c));
  return out;
}

std::string uri(const std::string& path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += {'%', kHex[u >> 4], kHex[u & 15]};
  }
  return out;
}

}  // namespace suyuan
