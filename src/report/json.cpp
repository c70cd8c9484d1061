// The JSON report, streamed member by member; its shape is data/schema/report.schema.json.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/han.hpp"
#include "report/common.hpp"
#include "report/readings.hpp"
#include "report/report_json.hpp"
#include "report/sigla.hpp"

namespace suyuan {

std::string context(const Corpus& corpus, std::uint32_t document, std::uint32_t offset, Beside side,
                    std::size_t size) {
  constexpr std::uint32_t kFarthest = 400;  // characters, furniture among them
  const std::u32string& text = corpus.documents[document].text;
  const auto& blocks = corpus.segmentations[document].blocks;
  const bool back = side == Beside::before;
  std::u32string out;
  for (std::uint32_t n = 0; n < kFarthest && out.size() < size; ++n) {
    if (back ? n >= offset : offset + n >= text.size()) break;
    const std::uint32_t i = back ? offset - 1 - n : offset + n;
    if (text[i] == U'\n' || text[i] == U'\r') continue;
    const auto block = std::upper_bound(blocks.begin(), blocks.end(), i,
                                        [](std::uint32_t at, const Block& b) { return at < b.span.end; });
    if (block == blocks.end() || !is_furniture(block->role)) out += text[i];
  }
  if (back) std::reverse(out.begin(), out.end());
  return to_utf8(out);
}

namespace {

// With the marks right beside it that open or close what a passage holds the other mark of: “三农”工作 for
// 三农”工作.
Parts paired(const Document& document, Parts parts) {
  constexpr std::u32string_view kOpen = U"“‘「『《〈（(【", kClose = U"”’」』》〉）)】";
  std::u32string open, close;  // of the marks inside, those without the other
  for (const Span p : parts)
    for (std::uint32_t i = p.begin; i < p.end; ++i) {
      const char32_t c = document.text[i];
      if (kOpen.find(c) != kOpen.npos) {
        open += c;
      } else if (const std::size_t at = kClose.find(c); at != kClose.npos) {
        if (!open.empty() && open.back() == kOpen[at])
          open.pop_back();
        else
          close += c;
      }
    }
  const auto pair = [&](char32_t opening, char32_t closing) {
    const std::size_t at = kOpen.find(opening);
    return at != kOpen.npos && kClose[at] == closing;
  };
  for (std::uint32_t& at = parts.front().begin;
       !close.empty() && at > 0 && pair(document.text[at - 1], close.front()); --at)
    close.erase(0, 1);
  for (std::uint32_t& at = parts.back().end;
       !open.empty() && at < document.text.size() && pair(open.back(), document.text[at]); ++at)
    open.pop_back();
  return parts;
}

}  // namespace

Parts exact_parts(const Document& document, const Parts& parts) {
  Parts out;
  for (const Span part : parts) {
    const std::u32string_view piece = document.view(part);
    if (piece.find_first_of(U"\n\r") == piece.npos) {
      out.push_back(part);
      continue;
    }
    // As text_of reads them: without line breaks and the blanks beside them.
    for (std::size_t at = 0; at < piece.size();) {
      std::size_t end = std::min(piece.find_first_of(U"\n\r", at), piece.size());
      const std::size_t next = end;
      if (at > 0)
        while (at < end && han::kind(piece[at]) == han::Kind::blank) ++at;
      if (next < piece.size())
        while (end > at && han::kind(piece[end - 1]) == han::Kind::blank) --end;
      if (end > at)
        out.push_back({part.begin + static_cast<std::uint32_t>(at), part.begin + static_cast<std::uint32_t>(end)});
      at = next;
      while (at < piece.size() && (piece[at] == U'\n' || piece[at] == U'\r')) ++at;
    }
  }
  return out;
}

namespace {

class Writer {
 public:
  explicit Writer(const Found& found) : found_(found), corpus_(found.corpus) {}

  void run(std::ostream& out, const ReportOptions& options) const {
    out << "{\"schema\":\"suyuan.report/1\",\n\"generator\":"
        << written(object({{"name", "suyuan"}, {"version", std::string(version())}}))
        << ",\n\"unit\":\"code point\",\n\"options\":" << written(options_json(options))
        << ",\n\"coverage\":" << written(coverage_json(corpus_));
    if (found_.provenance.fragments > 0) out << ",\n\"fragments\":" << found_.provenance.fragments;
    lists(options, true, [&](const char* key, std::size_t count, auto make) { stream(out, key, count, make); });
    out << "}\n";
  }

  // The lists of a report in order, each by its key, its length and what makes an element of it.
  template <class Take>
  void lists(const ReportOptions& options, bool all, Take take) const {
    std::vector<std::size_t> documents, works;
    std::vector<bool> cited(corpus_.documents.size(), !options.cited);
    std::vector<bool> cited_work(corpus_.works.size(), !options.cited);
    for (const Chain& c : found_.provenance.chains) {
      for (const Witness& w : c.witnesses) cited[corpus_.works[w.work].document] = cited_work[w.work] = true;
      for (const EarlierPart& p : c.earlier_parts)
        cited[corpus_.works[p.work].document] = cited_work[p.work] = true;
    }
    for (std::size_t d = 0; d < cited.size(); ++d)
      if (cited[d]) documents.push_back(d);
    for (std::size_t w = 0; w < cited_work.size(); ++w)
      if (cited_work[w]) works.push_back(w);
    take("documents", documents.size(),
         [&](std::size_t n) { return document_json(corpus_, documents[n], options.texts); });
    const std::vector<std::string> names = sigla(corpus_);
    const std::vector<std::vector<std::uint32_t>> held =
        options.texts ? held_elsewhere() : std::vector<std::vector<std::uint32_t>>();
    take("works", works.size(), [&](std::size_t n) { return work(works[n], names, held); });
    take("chains", found_.provenance.chains.size(), [&](std::size_t c) { return chain(c); });
    take("series", found_.provenance.series.size(), [&](std::size_t n) { return series(n, options); });
    if (all)
      take("formulas", found_.formulas.size(), [&](std::size_t f) { return formula(found_.formulas[f], options); });
    if (all && options.alignments)
      take("alignments", found_.alignments.size(), [&](std::size_t a) { return alignment(found_.alignments[a]); });
    take("diagnostics", corpus_.diagnostics.size(),
         [&](std::size_t d) { return diagnostic_json(corpus_.diagnostics[d]); });
  }

  Json work(std::size_t w, const std::vector<std::string>& names,
            const std::vector<std::vector<std::uint32_t>>& held) const {
    Json j = work_json(corpus_, w);
    j["siglum"] = names[w];
    if (!held.empty()) {  // how its text is read: what is in no paragraph is furniture
      Json paragraphs = Json::array();
      const CorpusWork& of = corpus_.works[w];
      for (const Paragraph& p : corpus_.work(of).paragraphs)
        paragraphs.push_back(object({{"role", std::string(name(p.role))},
                                     {"parts", parts_json(exact_parts(corpus_.document(of), p.parts))}}));
      j["paragraphs"] = std::move(paragraphs);
      j["recurs"] = recurs(w, held[w]);
    }
    return j;
  }

  // Where other publications hold places of a work: [start, end, publications].
  Json recurs(std::size_t w, const std::vector<std::uint32_t>& held) const {
    const Fold& fold = corpus_.works[w].fold;
    Json out = Json::array();
    for (std::uint32_t from = 0, to = 0; from < held.size(); from = to) {
      while (to < held.size() && held[to] == held[from]) ++to;
      if (held[from] > 0) out.push_back({fold.origin(from), fold.origin(to - 1) + 1, held[from]});
    }
    return out;
  }

  // How many other publications hold each letter, of each work. What is too widespread to be paired as many as hold
  // it of the earliest text, with which alone it is.
  std::vector<std::vector<std::uint32_t>> held_elsewhere() const {
    std::vector<std::vector<const Alignment*>> touching(corpus_.works.size());
    for (const Alignment& x : found_.alignments) {
      touching[x.a_work].push_back(&x);
      if (x.b_work != x.a_work) touching[x.b_work].push_back(&x);
    }
    std::vector<std::vector<std::uint32_t>> out;
    for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
      std::vector<std::uint32_t>& held = out.emplace_back(held_in_pairs(w, touching[w]));
      for (const Alignment* x : touching[w]) {
        if (!x->widespread || x->b_work != w || x->a_work == w) continue;
        for (const EqualRun& r : x->equal)
          for (std::uint32_t i = 0; i < r.length; ++i)
            held[r.b + i] = std::max(held[r.b + i], out[x->a_work][r.a + i]);
      }
    }
    return out;
  }

  std::vector<std::uint32_t> held_in_pairs(std::uint32_t w, const std::vector<const Alignment*>& alignments) const {
    constexpr std::uint32_t kBridge = 4;  // letters that may differ between two equal stretches of one place
    const CorpusWork& work = corpus_.works[w];
    std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, int>>>
        edges;  // unit → publications that begin or end
    for (const Alignment* x : alignments)
      for (const bool b_side : {false, true}) {
        if ((b_side ? x->b_work : x->a_work) != w) continue;
        const std::uint32_t other = corpus_.works[b_side ? x->a_work : x->b_work].publication;
        if (other == work.publication) continue;
        for (std::size_t i = 0; i < x->equal.size();) {
          const auto begin = b_side ? x->equal[i].b : x->equal[i].a;
          std::uint32_t end = begin;
          for (; i < x->equal.size(); ++i) {
            const auto at = b_side ? x->equal[i].b : x->equal[i].a;
            if (at > end + kBridge) break;
            end = at + x->equal[i].length;
          }
          edges[begin].emplace_back(other, 1);
          edges[end].emplace_back(other, -1);
        }
      }
    std::vector<std::uint32_t> out(work.fold.size(), 0);
    std::map<std::uint32_t, int> open;
    for (auto at = edges.begin(); at != edges.end(); ++at) {
      for (const auto& [publication, by] : at->second)
        if ((open[publication] += by) == 0) open.erase(publication);
      const auto next = std::next(at);
      if (next != edges.end())
        std::fill(out.begin() + at->first, out.begin() + next->first, static_cast<std::uint32_t>(open.size()));
    }
    return out;
  }

 private:
  template <class Make>
  static void stream(std::ostream& out, const char* key, std::size_t count, Make make) {
    out << ",\n\"" << key << "\":[";
    for (std::size_t i = 0; i < count; ++i) out << (i == 0 ? "\n" : ",\n") << written(make(i));
    out << "]";
  }

 public:
  Json chain(std::size_t n, bool compared = true) const {
    const Chain& c = found_.provenance.chains[n];
    const auto wid = [&](std::uint32_t i) { return "c" + std::to_string(n + 1) + "." + std::to_string(i + 1); };
    const Witness& head = c.witnesses[c.head];
    const CorpusWork& hw = corpus_.works[head.work];
    const Parts head_parts = hw.fold.parts(head.span);
    Json j = object({{"id", "c" + std::to_string(n + 1)},
                     {"key", chain_key(head.work, head.span)},
                     {"kind", c.quotation ? "quotation" : "shared"},
                     {"head", wid(c.head)},
                     {"text", to_utf8(corpus_.document(hw).text_of(paired(corpus_.document(hw), head_parts)))},
                     {"first", wid(c.first)},
                     {"first_part", wid(c.first_part)}});
    if (!c.rivals.empty()) {
      Json rivals = Json::array();
      for (const std::uint32_t r : c.rivals) rivals.push_back(wid(r));
      j["rivals"] = rivals;
    }
    if (!c.earlier_parts.empty()) {
      Json parts = Json::array();
      for (const EarlierPart& p : c.earlier_parts) {
        const CorpusWork& first = corpus_.works[p.work];
        const Parts there = first.fold.parts(p.span);
        parts.push_back(object({{"span", span_json(envelope(hw.fold.parts(p.of)))},
                                {"text", to_utf8(corpus_.document(first).text_of(there))},
                                {"chain", chain_key(p.head_work, p.head)},
                                {"work", "w" + std::to_string(p.work + 1)},
                                {"document", document_id(first.document)},
                                {"first", span_json(envelope(there))},
                                {"date", date_json(corpus_.work(first))},
                                {"speaker", p.voice.speaker.empty() ? Json() : Json(p.voice.speaker)}}));
      }
      j["earlier_parts"] = std::move(parts);
    }
    if (c.occasion) {
      const CorpusWork& w = corpus_.works[c.occasion->first];
      const Section& s = corpus_.work(w).sections[c.occasion->second];
      Json o = interval_json(corpus_, s.spoken, w.document);
      j["occasion"] = object({{"earliest", o["earliest"]},
                              {"latest", o["latest"]},
                              {"text", to_utf8(corpus_.document(w).text_of(s.occasion))},
                              {"evidence", o["evidence"]}});
    }
    Json witnesses = Json::array();
    for (std::uint32_t i = 0; i < c.witnesses.size(); ++i) witnesses.push_back(witness(c, i, wid, compared));
    j["witnesses"] = std::move(witnesses);
    if (compared) j["readings"] = readings_of(j);
    return j;
  }

  Json series(std::size_t n, const ReportOptions& options) const {
    const Series& s = found_.provenance.series[n];
    const auto parts_of = [&](const Series::Place& p) { return corpus_.works[p.work].fold.parts(p.span); };
    const auto text_of = [&](const Series::Place& p) {
      return to_utf8(corpus_.document(corpus_.works[p.work]).text_of(parts_of(p)));
    };
    const CorpusWork& work = corpus_.works[s.head.work];
    Json slots = Json::array(), earliest, latest;
    std::string pattern;
    const Document& document = corpus_.document(work);
    std::uint32_t at = s.head.span.begin, from = work.fold.origin(at);
    const auto up_to = [&](std::uint32_t to) {  // with the marks that stand before it
      if (to > from) pattern += to_utf8(document.text_of(exact_parts(document, {{from, to}})));
    };
    for (const FoldSpan slot : s.slots) {
      if (slot.begin < at || slot.end > s.head.span.end) continue;
      const std::string value = slot.empty() ? "" : text_of({s.head.work, slot});
      slots.push_back(value);
      up_to(work.fold.origin(slot.begin));
      pattern += "［" + value + "］";
      at = slot.end;
      from = slot.empty() ? work.fold.origin(at) : work.fold.origin(at - 1) + 1;
    }
    up_to(work.fold.origin(s.head.span.end - 1) + 1);
    for (const Series::Place& p : s.places)
      if (const auto& day = corpus_.work(corpus_.works[p.work]).published.latest) {
        if (earliest.is_null()) earliest = day->to_string();
        latest = day->to_string();
      }
    Json j = object({{"id", "s" + std::to_string(n + 1)},
                     {"text", text_of(s.head)},
                     {"pattern", pattern},
                     {"slots", std::move(slots)},
                     {"count", s.places.size()},
                     {"works", s.works},
                     {"earliest", std::move(earliest)},
                     {"latest", std::move(latest)}});
    if (options.formulas) {
      Json list = Json::array();
      for (const Series::Place& p : s.places)
        list.push_back(object({{"work", "w" + std::to_string(p.work + 1)},
                               {"document", document_id(corpus_.works[p.work].document)},
                               {"span", span_json(envelope(parts_of(p)))},
                               {"text", text_of(p)}}));
      j["occurrences"] = std::move(list);
    }
    return j;
  }

 private:
  std::string chain_key(std::uint32_t work, FoldSpan head) const {
    const CorpusWork& w = corpus_.works[work];
    const Span at = envelope(w.fold.parts(head));
    return sha256(corpus_.document(w).key + ":" + std::to_string(at.begin) + "-" + std::to_string(at.end));
  }

  // When a text stood: one without a day of its own when this copy was put up.
  static Json date_json(const Work& of) {
    const bool published = of.published.status != DateInterval::Status::none;
    const bool edition = !published && of.edition.status != DateInterval::Status::none;
    const DateInterval& date = edition ? of.edition : of.published;
    const auto day = [](const std::optional<Date>& on) { return on ? Json(on->to_string()) : Json(); };
    return object({{"earliest", edition ? Json() : day(date.earliest)},
                   {"latest", day(date.latest)},
                   {"basis", published ? "publication"
                             : edition ? "edition"
                                       : "none"}});
  }

  Json place(std::uint32_t work, FoldSpan s) const {
    const Fold& fold = corpus_.works[work].fold;
    return s.empty() ? Json() : span_json({fold.origin(s.begin), fold.origin(s.end - 1) + 1});
  }

 private:
  template <class Id>
  Json witness(const Chain& c, std::uint32_t i, Id wid, bool compared) const {
    const Witness& x = c.witnesses[i];
    const CorpusWork& w = corpus_.works[x.work];
    const Document& d = corpus_.document(w);
    const Work& of = corpus_.work(w);
    const Parts p = exact_parts(d, paired(d, w.fold.parts(x.span)));
    const Span e = envelope(p);
    const Document::Position at = d.position(e.begin);
    const auto day = [](const std::optional<Date>& on) { return on ? Json(on->to_string()) : Json(); };
    Json j = object({{"id", wid(i)},
                     {"work", "w" + std::to_string(x.work + 1)},
                     {"document", document_id(w.document)},
                     {"span", span_json(e)},
                     {"line", at.line},
                     {"column", at.column},
                     {"parts", parts_json(p)},
                     {"text", to_utf8(d.text_of(p))},
                     {"before", context(corpus_, w.document, e.begin, Beside::before, 24)},
                     {"after", context(corpus_, w.document, e.end, Beside::behind, 24)},
                     {"extent", rounded(x.extent)},
                     {"role", std::string(name(x.role))},
                     {"quoted", x.quoted},
                     {"speaker", x.voice.speaker.empty() ? Json() : Json(x.voice.speaker)},
                     {"date", date_json(of)}});
    if (!at.page.empty()) j["page"] = std::string(at.page);
    if (x.voice.by != Voice::By::nothing) {
      j["speaker_kind"] = std::string(name(x.voice.kind));
      j["speaker_by"] = x.voice.by == Voice::By::author ? "author" : "quotation";
      if (x.voice.inferred) j["speaker_inferred"] = true;
    }
    if (!x.voice.occasion.empty())
      j["occasion"] = object({{"earliest", day(x.voice.spoken.earliest)},
                              {"latest", day(x.voice.spoken.latest)},
                              {"text", to_utf8(d.text_of(x.voice.occasion))}});
    const auto comparison = [&](const Comparison& k, const Witness& a, const Witness& b) {
      Json said =
          comparison_json(k, corpus_.document(corpus_.works[a.work]), corpus_.document(corpus_.works[b.work]));
      said["compared"] = object({{"from", place(a.work, k.a)}, {"to", place(b.work, k.b)}});
      return said;
    };
    if (x.nearest) {
      Json nearest = object({{"witness", wid(*x.nearest)}});
      append(nearest, comparison(x.against_nearest, c.witnesses[*x.nearest], x));
      j["nearest"] = std::move(nearest);
    }
    if (x.against_first && compared) {
      const Witness &first = c.witnesses[c.first], &a = x.before_first ? x : first, &b = x.before_first ? first : x;
      j["against_first"] = comparison(*x.against_first, a, b);
      if (x.before_first) j["against_first"]["earlier"] = true;
    }
    for (std::size_t n = 0; compared && n < x.against_head.size(); ++n) {
      const Comparison& k = x.against_head[n];
      if (!j.contains("against_head")) j["against_head"] = Json::array();
      j["against_head"].push_back(comparison(k, c.witnesses[c.head], x));
    }
    j["follows"] = follows(x, wid);
    return j;
  }

  template <class Id>
  Json follows(const Witness& x, Id wid) const {
    const auto ids = [&](const std::vector<std::uint32_t>& numbers) {
      Json out = Json::array();
      for (const std::uint32_t n : numbers) out.push_back(wid(n));
      return out;
    };
    const auto text = [&](std::uint32_t work, const Parts& parts) {
      return parts.empty() ? "" : to_utf8(corpus_.document(corpus_.works[work]).text_of(parts));
    };
    const Follows& f = x.follows;
    Json readings = Json::array();
    for (const Telling& t : f.readings) {
      Json against = Json::array();
      for (const Telling::Other& o : t.against)
        against.push_back(object({{"witness", wid(o.witness)}, {"text", text(o.work, o.has)}}));
      Json reading = object({{"class", std::string(name(t.kind))},
                             {"text", text(x.work, t.at)},
                             {"span", t.at.empty() ? Json() : span_json(envelope(t.at))},
                             {"at", t.offset},
                             {"with", ids(t.with)},
                             {"against", std::move(against)}});
      if (t.outside) reading["outside"] = true;
      readings.push_back(std::move(reading));
    }
    Json out = object({{"status", std::string(name(f.status))},
                       {"witnesses", ids(f.witnesses)},
                       {"readings", std::move(readings)}});
    if (f.more > 0) out["more"] = f.more;
    return out;
  }

  Json formula(const Formula& f, const ReportOptions& options) const {
    const auto parts_of = [&](const Formula::Place& p) { return corpus_.works[p.work].fold.parts(p.span); };
    const Formula::Place& first = f.places.front();
    Json j = object({{"text", to_utf8(corpus_.document(corpus_.works[first.work]).text_of(parts_of(first)))},
                     {"count", f.count()},
                     {"works", f.works},
                     {"kind", f.quotation ? "quotation" : "formula"},
                     {"quoted", f.quoted},
                     {"before", f.before},
                     {"after", f.after}});
    if (options.formulas) {
      Json list = Json::array();
      for (const Formula::Place& p : f.places)
        list.push_back(object({{"document", document_id(corpus_.works[p.work].document)},
                               {"span", span_json(envelope(parts_of(p)))}}));
      j["occurrences"] = std::move(list);
    }
    return j;
  }

  Json alignment(const Alignment& given) const {
    const Alignment x = second_is_older(corpus_, given) ? exchanged(given) : given;
    const CorpusWork &a = corpus_.works[x.a_work], &b = corpus_.works[x.b_work];
    const Comparison c = compare(corpus_, x.a_work, x.b_work, x.equal, x.a, x.b);
    const auto place = [&](const CorpusWork& w, FoldSpan s) {
      return object({{"document", document_id(w.document)}, {"span", span_json(envelope(w.fold.parts(s)))}});
    };
    return object({{"a", place(a, x.a)},
                   {"b", place(b, x.b)},
                   {"kind", std::string(name(x.joined ? MatchKind::composite : c.kind))},
                   {"similarity", rounded(c.similarity)},
                   {"score", std::round(x.score * 10) / 10},
                   {"folds", folds_json(c.folds)},
                   {"edits", edits_json(c, corpus_.document(a), corpus_.document(b))}});
  }

  const Found& found_;
  const Corpus& corpus_;
};

}  // namespace

void write_json(std::ostream& out, const Found& found, const ReportOptions& options) {
  Writer(found).run(out, options);
}

void each_part(const Found& found, const ReportOptions& options,
               const std::function<void(std::string_view key, Json part)>& take) {
  Writer(found).lists(options, false, [&](const char* key, std::size_t count, auto make) {
    for (std::size_t i = 0; i < count; ++i) take(key, make(i));
  });
}

Json options_json(const ReportOptions& options) {
  Json out = object({{"gram", Index::kGram},
                     {"common", Index::kCommon},
                     {"least", kLeast},
                     {"omission", kOmission},
                     {"nearest", kNearest}});
  if (options.cited) out["command"] = "find";
  if (!options.since.empty()) out["since"] = options.since;
  if (!options.work.empty()) out["work"] = options.work;
  return out;
}

Json chain_json(const Found& found, std::size_t chain, bool compared) {
  return Writer(found).chain(chain, compared);
}
Json series_json(const Found& found, std::size_t series) { return Writer(found).series(series, {}); }

}  // namespace suyuan
