// Outlets, kinds, copies and dates, each with the words it was concluded from.
#include "segment/describe.hpp"

#include <algorithm>
#include <map>

#include "base/han.hpp"
#include "read/html.hpp"
#include "segment/dates.hpp"
#include "segment/head.hpp"
#include "segment/starts.hpp"

namespace suyuan {

namespace {

using Status = DateInterval::Status;

constexpr std::size_t kSignature = 30;  // characters of a line under a text
constexpr int kReportDelay = 7;         // days within which a news report follows what it reports

class Describer {
 public:
  Describer(State& s, Work& w) : s_(s), w_(w), cover_(s.cover) {}

  void run() {
    find_edition();
    find_publication();
    if (const Given& given = s_.document.metadata.outlet; w_.outlet.empty() && given) {
      w_.outlet = to_utf8(named_source(fold_words(from_utf8(given.value))));
      if (w_.outlet.empty()) w_.outlet = given.value;
    }
    find_kind();
    find_copy();
    bound_publication();
    find_about();
    side_file();
  }

 private:
  static std::string where(const Given& given) {
    return given.by == Given::By::side_file ? "side-file " + given.where
           : given.by == Given::By::record  ? "record " + given.where
                                            : "page " + given.where;
  }
  // Where the text begins behind its head.
  std::uint32_t text_begin() const {
    const auto first = std::find_if(w_.paragraphs.begin(), w_.paragraphs.end(),
                                    [](const Paragraph& p) { return !stands_in_head(p.role); });
    return first == w_.paragraphs.end() ? w_.span.end : first->parts.front().begin;
  }
  static Evidence said(const Given& given) { return {{0, 0}, where(given), given.value, ""}; }

  void find_edition() {
    const Metadata& m = s_.document.metadata;
    if (m.posted)
      if (const auto date = parse_iso_date(m.posted.value))
        w_.edition = interval(Status::stated, date, date, said(m.posted));
    if (w_.edition.status == Status::none && m.url)
      if (const auto date = date_in_url(m.url.value))
        w_.edition = interval(Status::stated, date, date, {{0, 0}, "url", m.url.value, ""});
    if (cover_ && w_.edition.status == Status::none)
      w_.edition = interval(Status::stated, cover_->first, cover_->first, cover_->second);
  }

  // The lines of the work that name a source: closing lines among its paragraphs, headers and footers among its
  // drafts.
  std::vector<std::pair<Parts, bool>> source_lines() const {  // parts, closing
    std::vector<std::pair<Parts, bool>> out;
    for (const Paragraph& p : w_.paragraphs)
      if (p.role == Role::source_line) out.emplace_back(p.parts, true);
    if (w_.parent) return out;
    const auto from =
        std::lower_bound(s_.drafts.begin(), s_.drafts.end(), w_.span.begin,
                         [&](const Draft& d, std::uint32_t at) { return s_.lines()[d.lines[0]].whole.end <= at; });
    for (auto d = from; d != s_.drafts.end() && s_.lines()[d->lines[0]].whole.begin < w_.span.end; ++d)
      if (d->role == Role::footer) out.emplace_back(s_.parts(*d), false);
    return out;
  }

  // 来源：某社; 来源：某网－某报 is the paper's. A name ends where a blank stands in the text.
  static std::u32string named_source(std::u32string_view view, const std::vector<std::uint32_t>& origin = {}) {
    static constexpr std::u32string_view kSource = U"来源";
    std::size_t begin = view.find(kSource);
    if (begin == view.npos) return {};
    begin += kSource.size();
    if (begin == view.size() || std::u32string_view(U":|丨/").find(view[begin]) == std::u32string_view::npos)
      return {};
    std::size_t end = ++begin;
    const auto run = [&] {
      while (end < view.size() && han::is_han(view[end]) &&
             (end == begin || origin.empty() || origin[end] == origin[end - 1] + 1))
        ++end;
    };
    run();
    while (end > begin && end + 1 < view.size() && (view[end] == U'-' || view[end] == U'—') &&
           han::is_han(view[end + 1])) {
      begin = ++end;
      run();
    }
    return end - begin <= 11 ? std::u32string(view.substr(begin, end - begin)) : std::u32string();
  }

  // 作者：某人 in a line of credits.
  void find_author(std::u32string_view view, const std::vector<std::uint32_t>& origin) {
    static constexpr std::u32string_view kAuthor = U"作者:";
    constexpr std::size_t kLongest = 12;
    const std::size_t at = view.find(kAuthor);
    if (!w_.author.empty() || at == view.npos) return;
    const std::size_t begin = at + kAuthor.size();
    std::size_t end = begin;
    while (end < view.size() && (han::is_han(view[end]) || view[end] == U'·') &&
           (end == begin || origin[end] == origin[end - 1] + 1))
      ++end;
    if (end - begin >= 2 && end - begin <= kLongest) w_.author = to_utf8(view.substr(begin, end - begin));
  }

  void find_publication() {
    const Metadata& m = s_.document.metadata;
    // What a page's head names is often the site; a line of the page itself stands above it.
    if (m.outlet && m.outlet.by != Given::By::page) {
      w_.outlet = m.outlet.value;
      // “来源：《求是》2025/22” given whole as the outlet.
      const std::u32string view = fold_words(from_utf8(m.outlet.value));
      if (const auto issue = issue_in(view)) {
        w_.outlet = issue->outlet;
        if (const auto day = issue_date(*issue, s_.lexicons)) {
          w_.published = interval(Status::stated, day, day, {{0, 0}, "issue-calendar", m.outlet.value, ""});
          return;
        }
      }
    }
    if (const auto date = parse_iso_date(m.date.value)) {
      w_.published = interval(Status::stated, date, date, said(m.date));
      return;
    }
    if (m.date)
      s_.note("impossible-date", "the date \"" + m.date.value + "\" is none and is not used", Severity::warning);

    // A closing line, a header or a footer that names the outlet. A named issue outranks a posting time.
    for (const auto& [parts, closing] : source_lines()) {
      const auto plain = s_.plain(parts);
      const std::u32string& view = plain.text;
      const std::vector<Date> dates = dates_in(view);
      const Span span = envelope(parts);
      if (!closing) find_author(view, plain.origin);
      const auto issue = issue_in(view);
      const bool at_head = closing && span.begin < text_begin();
      const auto line = closing ? imprint(s_, view, at_head) : std::nullopt;
      const char* const by = at_head ? "head-line" : "closing-line";
      if (line && w_.author.empty()) w_.author = line->author;
      if (line && !issue) {
        if (w_.outlet.empty()) w_.outlet = line->outlet;
        if (!line->day) continue;
        // What a page says of its day is the day on which it was put up.
        DateInterval& day = s_.document.format == "html" ? w_.edition : w_.published;
        if (day.status == Status::none)
          day = interval(line->day->day != 0 ? Status::stated : Status::bounded, line->day, line->day,
                         {span, &day == &w_.edition ? "posting-time" : by, "", ""});
        continue;
      }
      if (!issue) {
        // 来源：某社 2031-03-09 10:20
        if (!closing && !dates.empty() && w_.edition.status == Status::none)
          w_.edition = interval(Status::stated, dates[0], dates[0], {span, "posting-time", "", ""});
        if (!closing && w_.outlet.empty()) w_.outlet = to_utf8(named_source(view, plain.origin));
        continue;
      }
      if (w_.outlet.empty() || closing) w_.outlet = issue->outlet;
      if (!closing && !dates.empty() && w_.edition.status == Status::none)
        w_.edition = interval(Status::stated, dates[0], dates[0], {span, "posting-time", "", ""});
      if (const auto day = issue_date(*issue, s_.lexicons)) {
        w_.published =
            interval(day->day != 0 ? Status::stated : Status::bounded, day, day, {span, "issue-calendar", "", ""});
        const Lexicons::Outlet* outlet = s_.lexicons.outlet(issue->outlet);
        if (outlet && outlet->period == "monthly") w_.published.status = Status::stated;
        return;
      }
      if (closing && !dates.empty()) {
        w_.published =
            interval(dates[0].day != 0 ? Status::stated : Status::bounded, dates[0], dates[0], {span, by, "", ""});
        return;
      }
      if (issue->year != 0) {
        const Date year{static_cast<std::int16_t>(issue->year), 0, 0};
        w_.published = interval(Status::bounded, year, dates.empty() ? year : dates[0],
                                {span, dates.empty() ? "issue-year" : "issue-and-posting-time", "", ""});
        return;
      }
      if (closing) {
        const std::vector<Date> years = dates_in(view, true);
        if (!years.empty()) {
          w_.published = interval(Status::bounded, years[0], years[0], {span, "cut-source-line", "", ""});
          return;
        }
        // "（《某报》 2024" breaks off before 年.
        std::u32string digits;
        for (const char32_t c : view)
          if (han::is_digit(c)) digits += c;
        if (digits.size() == 4 && (digits[0] == U'1' || digits[0] == U'2')) {
          const auto year = parse_iso_date(to_utf8(digits));
          if (year) w_.published = interval(Status::bounded, year, year, {span, "cut-source-line", "", ""});
          return;
        }
      }
    }
    find_byline_day();
    find_signature();
    find_dateline();
  }

  // 作者：某人 来源：某报 2041-04-13
  void find_byline_day() {
    for (const Paragraph& p : w_.paragraphs) {
      if (!stands_in_head(p.role)) return;
      if (p.role != Role::byline) continue;
      const Plain plain = s_.plain(p.parts);
      if (w_.outlet.empty()) w_.outlet = to_utf8(named_source(plain.text, plain.origin));
      const std::vector<Date> dates = dates_in(plain.text);
      if (w_.published.status == Status::none && dates.size() == 1 && dates[0].day != 0)
        w_.published = interval(Status::stated, dates[0], dates[0], {envelope(p.parts), "head-line", "", ""});
    }
  }

  // The day under a text is that of its writing: the text did not appear before it. Of a chronicle, whose days
  // stand over text after text, the last is none.
  void find_signature() {
    constexpr std::size_t kLines = 3;
    auto line = w_.paragraphs.rbegin();
    std::optional<Date> day;
    for (std::size_t looked = 0; line != w_.paragraphs.rend() && !day; ++line) {
      if (line->role == Role::source_line || line->role == Role::note) continue;
      if (line->role != Role::body || ++looked > kLines || envelope(line->parts).size() > 2 * kSignature) return;
      day = signed_on(s_, s_.folded(line->parts));
      if (day) break;
    }
    if (!day) return;
    for (auto above = line + 1; above != w_.paragraphs.rend(); ++above)
      if (above->role == Role::body && envelope(above->parts).size() <= kSignature &&
          signed_on(s_, s_.folded(above->parts)))
        return;
    narrow(w_.published, day->first_day(), std::nullopt, {envelope(line->parts), "signed-day", "", ""});
    if (const auto above = line + 1;
        w_.author.empty() && above != w_.paragraphs.rend() && above->role == Role::body) {
      if (is_name(s_, s_.folded(above->parts))) w_.author = to_utf8(s_.document.text_of(above->parts));
    }
  }

  // 新华社北京11月15日电; the year from the text, the cover, or the time the page was put up.
  void find_dateline() {
    for (std::size_t i = 0, looked = 0; i < w_.paragraphs.size() && looked < 6; ++i) {
      const Paragraph& p = w_.paragraphs[i];
      if (stands_in_head(p.role) || p.role == Role::digest) continue;
      ++looked;
      const std::u32string view = s_.folded(p.parts);
      const std::size_t length = dateline(view);
      if (length == 0) continue;
      dateline_ = p.parts.front();
      const std::u32string_view line = std::u32string_view(view).substr(0, length);
      if (w_.outlet.empty()) {
        const std::size_t agency = line.find_first_of(U"社网台报刊");
        std::u32string_view name = line.substr(0, agency + 1);
        if (const std::size_t open = name.find(U'《'); open != name.npos) name.remove_prefix(open + 1);
        if (!name.starts_with(U'本')) w_.outlet = to_utf8(name);  // 本报, 本台
      }
      const std::vector<DateExpression> found = find_dates(line);
      if (found.empty() || w_.published.status == Status::stated) return;
      const DateExpression& e = found.back();
      const Span span{p.parts.front().begin,
                      std::min(p.parts.front().end, s_.plain(p.parts).origin[length - 1] + 1)};
      if (e.impossible) return;  // told where the dates of the text are read
      if (e.stated()) {
        if (const auto days = resolve(e, std::nullopt, std::nullopt))
          w_.published = interval(Status::stated, days->first, days->last, {span, "dateline", "", ""});
        return;
      }
      // No later than the edition, and near it.
      const auto bound = w_.edition.latest;
      if (!bound) return;
      const auto with_year = [&](int year) {
        DateExpression full = e;
        full.year_kind = DateExpression::Year::stated;
        full.year = year;
        return resolve(full, std::nullopt, std::nullopt);
      };
      if (e.month == 0) return;
      auto day = with_year(bound->year);
      if (!day || day->first > *bound) day = with_year(bound->year - 1);
      if (!day || day->first > *bound) return;
      w_.published = interval(Status::stated, day->first, day->last, {span, "dateline", "", ""});
      w_.published.evidence.push_back(w_.edition.evidence.front());
      return;
    }
  }

  void find_kind() {
    const auto set = [&](WorkKind kind, Confidence confidence, Evidence evidence) {
      w_.kind = kind;
      w_.kind_confidence = confidence;
      w_.kind_evidence.assign(1, std::move(evidence));
    };
    if (w_.kind == WorkKind::collection) return;
    const Span title_span = !w_.paragraphs.empty() && w_.paragraphs[0].role == Role::title
                                ? envelope(w_.paragraphs[0].parts)
                                : Span{w_.span.begin, w_.span.begin};
    for (const Paragraph& p : w_.paragraphs)
      if (p.role == Role::note) {
        const std::u32string view = s_.folded(p.parts);
        // A footnote says it of other texts too.
        if (p.parts.front().begin >= s_.notes_begin && s_.lexicons.role_by_wording(view) != Role::note) continue;
        if (view.find(U"节录") != view.npos || view.find(U"摘编") != view.npos || view.find(U"摘要") != view.npos ||
            view.find(U"一部分") != view.npos || view.find(U"主要部分") != view.npos ||
            view.find(U"要点") != view.npos)
          return set(WorkKind::excerpt, Confidence::high, {envelope(p.parts), "note", "", ""});
      }
    const auto first = std::find_if(w_.paragraphs.begin(), w_.paragraphs.end(),
                                    [](const Paragraph& p) { return !stands_in_head(p.role); });
    if (first == w_.paragraphs.end()) return;
    const std::u32string opening = s_.folded(first->parts);
    if (opening.starts_with(U"编者按") || opening.starts_with(U"编者的话"))
      return set(WorkKind::editorial_note, Confidence::high, {first->parts.front(), "opening-words", "", ""});
    // Interview: paragraphs that begin with who asks.
    std::size_t asked = 0;
    for (const Paragraph& p : w_.paragraphs) {
      const std::u32string view = s_.folded({p.parts.front()});
      asked += view.starts_with(U"记者:") || view.starts_with(U"问:") || view.starts_with(U"主持人:");
    }
    if (asked >= 2)
      return set(WorkKind::interview, Confidence::high,
                 {first->parts.front(), "questions", std::to_string(asked), ""});
    for (const Section& section : w_.sections)
      for (const Paragraph& p : w_.paragraphs)
        if (p.role == Role::note && p.parts.front() == section.occasion.back())
          return set(WorkKind::speech, Confidence::high, {envelope(p.parts), "occasion-line", "", ""});
    const std::u32string title = fold_words(from_utf8(w_.title));
    const auto by_title = s_.lexicons.kind_by_title(title);
    // （某日在某会议上的讲话） over the words.
    for (auto p = w_.paragraphs.begin(); p != first && !dateline_; ++p) {
      if (p->role != Role::occasion) continue;
      const std::u32string line = s_.folded(p->parts);
      const bool bracketed = line.starts_with(U'(') && line.ends_with(U')');
      if (s_.lexicons.kind_by_title(bracketed ? line.substr(1, line.size() - 2) : line) == WorkKind::speech)
        return set(WorkKind::speech, Confidence::high, {envelope(p->parts), "occasion-line", "", ""});
    }
    if (dateline_) {
      // A dispatch that gives a decision or an editorial in full is that; one about a speech reports it.
      if (by_title == WorkKind::decision || by_title == WorkKind::commentary || by_title == WorkKind::interview)
        return set(*by_title, Confidence::medium, {title_span, "title-words", w_.title, ""});
      return set(WorkKind::report, Confidence::high, {*dateline_, "dateline", "", ""});
    }
    // A text that gives another's words throughout comments on them; a signed one that does not is an article.
    std::map<std::string, std::size_t> by_speaker;
    for (const Quotation& q : w_.quotations)
      if (q.form != Quotation::Form::indirect && q.attribution && q.attribution->kind == SpeakerKind::person &&
          !q.attribution->speaker.empty() && q.attribution->speaker != w_.author)
        ++by_speaker[q.attribution->speaker];
    std::size_t quoted = 0, led = 0;
    for (const Quotation& q : w_.quotations)
      if (!q.hearsay()) (q.form == Quotation::Form::indirect ? led : quoted) += 1;
    if (by_title && !(by_title == WorkKind::report && quoted >= 3 && led < quoted))
      return set(*by_title, Confidence::medium, {title_span, "title-words", w_.title, ""});
    const std::string& group = s_.groups[static_cast<std::size_t>(&w_ - s_.out.works.data())];
    if (s_.lexicons.kind_by_title(fold_words(from_utf8(group))) == WorkKind::commentary)
      return set(WorkKind::commentary, Confidence::medium, {{0, 0}, "contents-group", group, ""});
    for (const auto& [speaker, count] : by_speaker)
      if (count >= 2)
        return set(WorkKind::commentary, Confidence::medium,
                   {{w_.span.begin, w_.span.begin}, "quotes-another", speaker + " " + std::to_string(count), ""});
    bool bullets_only = true;
    for (const Paragraph& p : w_.paragraphs)
      if (p.role == Role::body) bullets_only = false;
    if (bullets_only && first->role == Role::digest)
      return set(WorkKind::digest, Confidence::medium, {first->parts.front(), "bullets-only", "", ""});
    if (!w_.sections.empty() && !w_.author.empty())
      return set(WorkKind::excerpt, Confidence::medium,
                 {envelope(w_.sections[0].occasion), "occasion-lines", "", ""});
    if (w_.author.empty())
      if (const Lexicons::Outlet* outlet = s_.lexicons.outlet(w_.outlet);
          outlet && (outlet->period == "daily" || outlet->period == "agency" || outlet->period == "broadcast"))
        return set(WorkKind::report, Confidence::low, {title_span, "news-outlet", w_.outlet, ""});
    if (!w_.author.empty())
      return set(WorkKind::article, Confidence::medium, {title_span, "byline", w_.author, ""});
  }

  void find_copy() {
    const auto set = [&](Copy copy, Evidence evidence) {
      w_.copy = copy;
      w_.copy_evidence.assign(1, std::move(evidence));
    };
    // A machine's conversion shows in characters that no writer of traditional script puts there, a reader's aid in
    // readings.
    const std::u32string_view text = s_.document.text;
    std::size_t readings = 0, wrong = 0, traditional = 0, simplified = 0, sampled = 0;
    Span example{w_.span.begin, w_.span.begin};
    for (std::uint32_t i = w_.span.begin; i < w_.span.end && sampled < 400; ++i) {
      const char tag = han::script_tag(text[i]);
      traditional += tag == 't';
      simplified += tag == 's';
      sampled += han::is_han(text[i]);
    }
    for (std::uint32_t i = w_.span.begin; i < w_.span.end && readings < 10; ++i)
      if ((text[i] == U'(' || text[i] == U'（') && han::gloss_length(text, i) != 0)
        ++readings, example = {i - 1, i + 1};
    for (std::uint32_t i = w_.span.begin; i < w_.span.end && wrong < 2 && traditional > simplified; ++i)
      if (const auto word = s_.lexicons.conversions.at(text, i))
        ++wrong, example = {i, std::min(w_.span.end, i + word->length)};
    if (wrong >= 2 || readings >= 10)
      return set(Copy::converted, {example, wrong >= 2 ? "wrong-conversions" : "readings-in-text", "", ""});
    // Scans: headings misread as dashes, sentences cut by empty lines, a bracket read as another sign.
    std::size_t cut = 0, dashes = 0;
    for (const Paragraph& p : w_.paragraphs) {
      if (p.parts.size() > 1) cut += p.parts.size() - 1;
      const std::u32string_view own = s_.document.view(p.parts.front());
      if (p.role == Role::section_number && (own == U"—" || own == U"-" || own == U"一一" || own == U"——"))
        ++dashes;
    }
    if (s_.document.format == "markdown" && (dashes > 0 || s_.scanned))
      return set(Copy::ocr, {{w_.span.begin, w_.span.begin},
                             dashes > 0 ? "numbers-read-as-dashes" : "sentences-cut-by-pages",
                             "",
                             ""});
    const Metadata& m = s_.document.metadata;
    if (m.url) {
      const Lexicons::Outlet* site = s_.lexicons.outlet_by_host(m.url.value);
      if (site) return set(Copy::official_web, {{0, 0}, "url", m.url.value, ""});
      if (!w_.outlet.empty()) return set(Copy::repost, {{0, 0}, "url", m.url.value, ""});
    }
    if (s_.contents) return set(Copy::compilation, {{0, 0}, "contents", "", ""});
    for (const Paragraph& p : w_.paragraphs)
      if (p.role == Role::source_line) {
        const std::u32string view = s_.folded(p.parts);
        if (view.find(U"原文") != view.npos || view.find(U"原载") != view.npos || view.find(U"转自") != view.npos)
          return set(Copy::repost, {envelope(p.parts), "names-the-original", "", ""});
      }
  }

  // Bounds where no day is stated: what the text speaks of as past, the cover, a report's event.
  void bound_publication() {
    DateInterval& d = w_.published;
    if (d.status == Status::stated || w_.kind == WorkKind::collection) return;
    const std::optional<Date> cover = cover_ ? std::optional(cover_->first.last_day()) : std::nullopt;
    const auto anchor = w_.edition.latest ? w_.edition.latest : d.latest;
    for (const Section& section : w_.sections)
      if (section.spoken.latest && (!cover || *section.spoken.latest <= *cover))
        narrow(d, section.spoken.latest, std::nullopt, {section.occasion.front(), "latest-occasion", "", ""});
    // Events: the meetings that the text speaks of as held, and days stated in full.
    std::optional<std::pair<Date, Evidence>> past, event;
    for (const Paragraph& p : w_.paragraphs) {
      if (p.role == Role::source_line || p.role == Role::title) continue;
      const Plain plain = s_.plain(p.parts);
      const std::u32string_view text = plain.text;
      const auto spoken_of = [&](Date day, std::size_t begin, std::size_t end, const char* rule, std::string said) {
        if (anchor && day > *anchor) return;
        if (past && past->first >= day) return;
        past = {day, Evidence{{plain.origin[begin], plain.origin[end - 1] + 1}, rule, std::move(said), ""}};
      };
      for (std::size_t i = 0; i < text.size(); ++i)
        if (const auto meeting = s_.lexicons.meetings.at(text, i)) {
          const std::u32string_view behind = text.substr(i + meeting->length, 3);
          const bool ahead = (i > 0 && has_any(text.substr(i >= 2 ? i - 2 : 0, 2), U"将迎即备")) ||
                             has_any(behind, U"前") || behind.starts_with(U"即将") || behind.starts_with(U"将于");
          if (!ahead)
            spoken_of(s_.lexicons.meeting_rows[meeting->id].first, i, i + meeting->length, "meeting-held",
                      s_.lexicons.meeting_rows[meeting->id].first.to_string());
          i += meeting->length - 1;
        }
      for (const DateExpression& e : find_dates(text)) {
        if (e.month == 0 || !e.stated()) continue;
        if (!is_ahead(text, e))
          if (const auto days = resolve(e, std::nullopt, std::nullopt))
            spoken_of(e.day != 0 ? days->last : days->first, e.begin, e.end, "day-spoken-of", "");
      }
    }
    if (past) narrow(d, past->first, std::nullopt, past->second);
    if (cover) narrow(d, std::nullopt, cover, cover_->second);
    // A report follows its event within days: the event is the last day its first paragraphs speak of. A page is
    // put up within days of it, too.
    const auto posted = cover ? std::nullopt : w_.edition.latest;
    if (w_.kind == WorkKind::report && d.status != Status::stated) {
      std::size_t looked = 0;
      for (const Paragraph& p : w_.paragraphs) {
        if (p.role != Role::body) continue;
        if (++looked > 3) break;
        const Plain plain = s_.plain(p.parts);
        const std::u32string_view text = plain.text;
        std::optional<Days> last;
        for (const DateExpression& e : find_dates(text.substr(0, 120))) {
          if (e.day == 0 || e.impossible) continue;
          const auto days = resolve(e, event ? std::optional(event->first) : event_anchor(d), last);
          if (!days || (d.latest && days->last > *d.latest) ||
              (d.earliest && add_days(days->last, kReportDelay) < *d.earliest))
            continue;
          last = days;
          const bool background = posted && (days->last > *posted || add_days(days->last, kReportDelay) < *posted);
          if (!background && !is_ahead(text, e) && (!event || days->last > event->first))
            event = {days->last,
                     Evidence{{plain.origin[e.begin], plain.origin[e.end - 1] + 1}, "event-day", "", ""}};
        }
        if (event) break;
      }
      if (event) narrow(d, event->first, add_days(event->first, kReportDelay), event->second);
    }
  }

  // 将自12月1日起, 到2035年底: a day that is yet to come, or no single one.
  static bool is_ahead(std::u32string_view text, const DateExpression& e) {
    const std::u32string_view before =
        text.substr(e.begin - std::min<std::size_t>(e.begin, 2), e.begin < 2 ? e.begin : 2);
    return has_any(before, U"将拟") || (!before.empty() && has_any(before.substr(before.size() - 1), U"至到")) ||
           has_any(text.substr(e.end, 2), U"将前闭底末起");
  }

  // The day against which a report's days without a year are read.
  std::optional<Date> event_anchor(const DateInterval& d) const {
    if (w_.parent) {
      // The reports of one collection speak of days near each other.
      for (const Work& other : s_.out.works)
        if (other.parent == w_.parent && other.published.status == Status::stated) return other.published.latest;
    }
    return d.latest ? d.latest : w_.edition.latest;
  }

  // “《求是》杂志将发表某某的重要文章《…》”, with the issue and the day.
  void find_about() {
    if (w_.kind != WorkKind::report && w_.kind != WorkKind::unknown && w_.kind != WorkKind::commentary) return;
    std::size_t looked = 0;
    for (const Paragraph& p : w_.paragraphs) {
      if (p.role != Role::body || ++looked > 2) continue;
      const Plain plain = s_.plain(p.parts);
      const std::u32string_view text = std::u32string_view(plain.text).substr(0, 300);
      std::size_t verb = text.npos;
      for (const std::u32string_view word : {U"发表", U"刊发", U"刊登", U"刊载"})
        verb = std::min(verb, text.find(word));
      if (verb == text.npos) continue;
      const std::size_t stop = std::min(text.size(), text.find(U'。', verb));
      const std::size_t open = text.find(U'《', verb);
      if (open == text.npos || open > stop) continue;
      const std::size_t close = text.find(U'》', open);
      if (close == text.npos || close - open < 5 || close > stop + 1) continue;
      const std::size_t outlet_close = text.rfind(U'》', verb);
      const std::size_t outlet_open = outlet_close == text.npos ? text.npos : text.rfind(U'《', outlet_close);
      if (outlet_open == text.npos) continue;
      const std::u32string_view between = text.substr(verb, open - verb);
      if (between.find(U"文章") == between.npos && between.find(U"讲话") == between.npos &&
          between.find(U"署名") == between.npos)
        continue;
      About about;
      about.title = to_utf8(s_.document.view({plain.origin[open] + 1, plain.origin[close]}));
      about.outlet = to_utf8(text.substr(outlet_open + 1, outlet_close - outlet_open - 1));
      for (std::size_t i = verb; i < open; ++i)
        if (const auto speaker = s_.lexicons.speakers.at(text, i))
          about.author = s_.lexicons.speaker_rows[speaker->id];
      if (about.author.empty()) {
        std::size_t of = between.rfind(U'的');
        if (of != between.npos)
          if (const auto title = s_.lexicons.titles.before(between, of)) of -= title->length;
        if (of != between.npos && of >= 3)
          for (const std::size_t size : {3U, 2U})
            if (about.author.empty() && s_.lexicons.surname(between.substr(of - size)) == 1)
              about.author = to_utf8(between.substr(of - size, size));
      }
      about.evidence = {{plain.origin[0], plain.origin[close] + 1}, "announcement", "", ""};
      // 11月16日出版的第22期; “今年第22期” with the outlet's calendar.
      const std::optional<Date> anchor = w_.published.status == Status::stated ? w_.published.latest : std::nullopt;
      for (const DateExpression& e : find_dates(text.substr(0, outlet_open))) {
        if (e.day == 0 || text.substr(e.end, 2) != U"出版") continue;
        if (const auto days = resolve(e, anchor, std::nullopt))
          about.published =
              interval(Status::stated, days->first, days->last,
                       {{plain.origin[e.begin], plain.origin[outlet_close] + 1}, "announcement", "", ""});
      }
      w_.about = std::move(about);
      return;
    }
  }

  // A side file's word wins.
  void side_file() {
    const auto apply = [&](const Metadata& m, bool whole) {
      const auto by = [](const Given& g) { return g.by == Given::By::side_file; };
      if (by(m.title)) w_.title = m.title.value, w_.title_rule = "side-file";
      if (by(m.outlet) && !whole) w_.outlet = m.outlet.value;
      if (by(m.kind))
        if (const auto kind = work_kind(m.kind.value)) {
          w_.kind = *kind;
          w_.kind_confidence = Confidence::high;
          w_.kind_evidence.assign(1, said(m.kind));
        }
      if (by(m.copy))
        if (const auto copy = copy_quality(m.copy.value)) {
          w_.copy = *copy;
          w_.copy_evidence.assign(1, said(m.copy));
        }
      if (by(m.rank)) {
        int rank = 0;
        for (const char c : m.rank.value)
          if (c >= '0' && c <= '9' && rank < 100000) rank = rank * 10 + (c - '0');
        w_.rank = rank;
      }
      if (by(m.date))
        if (const auto date = parse_iso_date(m.date.value))
          w_.published = interval(Status::stated, date, date, said(m.date));
      if (by(m.posted))
        if (const auto date = parse_iso_date(m.posted.value))
          w_.edition = interval(Status::stated, date, date, said(m.posted));
    };
    if (s_.out.works.size() <= 1) apply(s_.document.metadata, true);
    const std::u32string mine = fold_words(from_utf8(w_.title));
    for (const auto& [title, m] : s_.document.works)
      if (!mine.empty() && fold_words(from_utf8(title)) == mine) apply(m, false);
  }

  State& s_;
  Work& w_;
  const std::optional<std::pair<Date, Evidence>>& cover_;
  std::optional<Span> dateline_;
};

}  // namespace

// A document of the scanner's kind: paragraphs that empty lines cut in mid-sentence.
void find_scan(State& s) {
  std::size_t cut = 0, all = 0;
  for (const Draft& d : s.drafts) {
    if (is_furniture(d.role)) continue;
    ++all;
    for (std::size_t k = 1; k < d.lines.size(); ++k) cut += d.lines[k] > d.lines[k - 1] + 1;
  }
  s.scanned = cut >= 3 && cut * 50 >= all;
}

// The days a compilation bears on its cover or in its contents, the narrowest.
void find_cover(State& s) {
  if (!s.contents) return;
  auto& found = s.cover;
  for (std::size_t n = 0; n <= s.contents->second; ++n) {
    const Line& line = s.lines()[s.filled[n]];
    if (line.leader) continue;
    for (const Date& d : dates_in(s.view(s.filled[n]), true))
      if (!found || d.last_day() < found->first.last_day() ||
          (d.year == found->first.year && d.month != 0 && found->first.month == 0))
        found = {d, Evidence{line.content, "cover", "", ""}};
  }
}

void describe(State& state, Work& work) { Describer(state, work).run(); }

}  // namespace suyuan
