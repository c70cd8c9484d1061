// Whose words a place gives: by the quotations that cover it, else by whom the text is signed.
#include "chain/voice.hpp"

#include <algorithm>
#include <map>

#include "base/han.hpp"

namespace suyuan {

namespace {

constexpr double kCovers = 0.8;  // of the place
constexpr double kOthers = 0.5;  // and of one that is not its author's
constexpr std::uint32_t kStray = 2;  // letters of led speech that a place may lack at its beginning: 要
constexpr std::u32string_view kStops = U"。！？!?";

std::uint32_t shared(Span a, Span b) {
  const std::uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  return end > begin ? end - begin : 0;
}

// Whether a day that ends at `end` bounds a time and is not the time: 7月以来, 7月起，.
bool bounds(const Document& document, std::uint32_t end) {
  constexpr std::u32string_view kAfter[]{U"以来", U"以后", U"之后", U"以前", U"之前", U"至今", U"起，", U"起,"};
  const std::u32string_view rest = std::u32string_view(document.text).substr(end, 2);
  return std::find(std::begin(kAfter), std::end(kAfter), rest) != std::end(kAfter);
}

// The day that the words of an attribution name, where they name one.
DateInterval day_in(const Document& document, const Work& work, Span words) {
  DateInterval out;
  for (const DateMention& d : work.dates) {
    if (d.span.begin < words.begin || d.span.end > words.end || bounds(document, d.span.end)) continue;
    out.status = DateInterval::Status::stated;
    out.earliest = d.earliest;
    out.latest = d.latest;
    out.evidence.push_back({d.span, d.relative ? d.against : "attribution", "", ""});
    break;
  }
  return out;
}

std::string simplified(const std::string& name) {
  std::u32string out = from_utf8(name);
  for (char32_t& c : out) c = han::script_class(han::plain(c));
  return to_utf8(out);
}

struct Named {
  std::string name;
  SpeakerKind kind = SpeakerKind::unknown;
  bool inferred = false;
};

// Whom an attribution names; nobody where it names only "the article".
Named named_by(const Attribution& a, const Work& work) {
  constexpr std::string_view kTitle = "《";
  if (a.kind != SpeakerKind::text || a.speaker.starts_with(kTitle))
    return {simplified(a.speaker), a.kind, a.by == "pronoun" || a.by == "carried"};
  if (work.about && !work.about->author.empty())
    return {simplified(work.about->author), SpeakerKind::person, false};
  return {};
}

// 一是, 第二: a paragraph of what is counted off begins so.
bool counts_off(std::u32string_view text) {
  constexpr std::u32string_view kNumerals = U"一二三四五六七八九十";
  if (text.size() < 2) return false;
  const bool first = kNumerals.find(text[0]) != kNumerals.npos, second = kNumerals.find(text[1]) != kNumerals.npos;
  return (first && text[1] == U'是') || (text[0] == U'第' && second);
}

// What stands before the words and says whose they are.
Span says_who(const Document& document, const Quotation& q) {
  const std::uint32_t words = envelope(q.parts).begin;
  if (q.form != Quotation::Form::indirect) return lead_in(document, q);
  return q.attribution && q.attribution->span.begin < words ? Span{q.attribution->span.begin, words}
                                                            : Span{words, words};
}

}  // namespace

Span lead_in(const Document& document, const Quotation& q) {
  const std::uint32_t words = envelope(q.parts).begin;
  if (!q.attribution || q.attribution->after || q.form == Quotation::Form::indirect ||
      q.attribution->span.begin >= words)
    return {words, words};
  std::uint32_t begin = q.attribution->span.begin;
  constexpr std::u32string_view kEnds = U"。！？!?\n”」』";
  while (begin > 0 && kEnds.find(document.text[begin - 1]) == kEnds.npos) --begin;
  return {begin, words};
}

Voice voice_of(const Corpus& corpus, std::uint32_t number, FoldSpan span) {
  Voice out;
  const CorpusWork& at = corpus.works[number];
  const Work& work = corpus.work(at);
  const Span place{at.fold.origin(span.begin), at.fold.origin(span.end - 1) + 1};
  const std::uint32_t first = at.fold.paragraph_of(span.begin), last = at.fold.paragraph_of(span.end - 1);
  for (const Section& s : work.sections)
    if (s.first <= first && last < s.last) {
      out.occasion = s.occasion;
      out.spoken = s.spoken;
    }

  // What says whose words follow counts for nothing, unless it is most of the place.
  std::uint32_t words = place.size();
  for (const Quotation& q : work.quotations)
    if (q.depth == 0) words -= std::min(words, shared(says_who(corpus.document(at), q), place));
  const auto enough = [&](std::uint32_t n) { return n >= kCovers * words && 2 * n >= place.size(); };
  const Quotation *innermost = nullptr,
                  *nobodys = nullptr;  // of those in marks that somebody unknown is said to say
  Named name;
  std::uint32_t others = 0;  // letters that the text gives as somebody's
  struct Told {
    Named who;
    std::uint32_t letters = 0;
  };
  std::map<std::string, Told> told;  // how much of the place one speaker's led speech holds
  for (const Quotation& q : work.quotations) {
    const Span e = envelope(q.parts);
    const std::uint32_t n = shared(e, place);
    if (n == 0) continue;
    const Named who = q.attribution ? named_by(*q.attribution, work) : Named{};
    if (!who.name.empty() && q.depth == 0) {
      Told& of = told.try_emplace(who.name, Told{who, 0}).first->second;
      of.who.inferred = of.who.inferred || who.inferred;
      of.letters += n;
    }
    if (q.depth == 0) others += n;
    if (!enough(n)) continue;
    if (who.name.empty() && q.attribution && q.attribution->named && q.form != Quotation::Form::indirect)
      nobodys = &q;
    if (!who.name.empty() && (!innermost || e.size() < envelope(innermost->parts).size())) {
      innermost = &q;
      name = who;
    }
  }
  if (nobodys && (!innermost || envelope(nobodys->parts).size() < envelope(innermost->parts).size())) return out;
  if (innermost) {
    out.speaker = name.name;
    out.kind = name.kind;
    out.inferred = name.inferred;
    out.by = Voice::By::quotation;
    if (out.occasion.empty() && innermost->attribution->occasion) {
      out.occasion = {*innermost->attribution->occasion};
      out.spoken = day_in(corpus.document(at), work, innermost->attribution->span);
    }
    return out;
  }
  for (const auto& [speaker, held] : told)
    if (enough(held.letters)) {
      out.speaker = speaker;
      out.kind = held.who.kind;
      out.inferred = held.who.inferred;
      out.by = Voice::By::quotation;
      return out;
    }
  // 某某来到河边。他强调，……: the passage tells who speaks, and half of it and its end are his words.
  const bool others_too = std::ranges::any_of(work.quotations, [&](const Quotation& q) {
    return q.depth == 0 && q.attribution && named_by(*q.attribution, work).name.empty() &&
           shared(envelope(q.parts), place) > 0;
  });
  if (told.size() == 1 && !others_too && 2 * told.begin()->second.letters >= place.size() &&
      std::ranges::any_of(work.quotations, [&](const Quotation& q) {
        return q.depth == 0 && q.form == Quotation::Form::indirect && shared(envelope(q.parts), place) > 0 &&
               envelope(q.parts).end >= place.end;
      })) {
    out.speaker = told.begin()->first;
    out.kind = told.begin()->second.who.kind;
    out.inferred = told.begin()->second.who.inferred;
    out.by = Voice::By::quotation;
    return out;
  }
  // 某某强调，……。……: the passage begins with his words, nobody else is given a word of it, and no sentence of it
  // begins with another time: 2032年10月，.
  const Quotation* opens = nullptr;
  for (const Quotation& q : work.quotations) {
    if (shared(envelope(q.parts), place) == 0) continue;
    const std::uint32_t begin = envelope(q.parts).begin;
    const bool his = !opens && q.form == Quotation::Form::indirect && first == last && begin <= place.begin &&
                     place.begin <= begin + kStray && q.attribution && !named_by(*q.attribution, work).name.empty();
    opens = his ? &q : nullptr;
    if (!his) break;
  }
  if (opens && std::ranges::none_of(work.dates, [&](const DateMention& d) {
        return envelope(opens->parts).end <= d.span.begin && d.span.begin < place.end &&
               kStops.find(corpus.document(at).text[d.span.begin - 1]) != kStops.npos;
      })) {
    const Named who = named_by(*opens->attribution, work);
    out.speaker = who.name;
    out.kind = who.kind;
    out.inferred = true;
    out.by = Voice::By::quotation;
    return out;
  }
  // 某某强调，……。 / 一是……。 / 二是……。: what is counted off below belongs to whoever the paragraph above them
  // names.
  const auto opening = [&](std::uint32_t p) {
    return std::u32string_view(corpus.document(at).text).substr(work.paragraphs[p].parts.front().begin, 3);
  };
  if (first == last && first > 0 && others == 0 && counts_off(opening(first))) {
    std::uint32_t above = first - 1;
    while (above > 0 && counts_off(opening(above))) --above;
    for (const Quotation& q : work.quotations) {
      if (q.paragraph != above || q.depth != 0 || !q.attribution || q.attribution->after ||
          q.attribution->span.begin > work.paragraphs[above].parts.front().begin + kStray)
        continue;
      const Named who = named_by(*q.attribution, work);
      if (who.name.empty()) break;
      out.speaker = who.name;
      out.kind = who.kind;
      out.inferred = true;
      out.by = Voice::By::quotation;
      return out;
    }
  }
  const bool own =
      work.kind == WorkKind::article || work.kind == WorkKind::excerpt || work.kind == WorkKind::speech;
  if (own && others < kOthers * words && !work.author.empty()) {
    out.speaker = simplified(work.author);
    out.kind = SpeakerKind::person;
    out.by = Voice::By::author;
  }
  return out;
}

}  // namespace suyuan
