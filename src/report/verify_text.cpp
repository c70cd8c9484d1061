// The verdicts on a draft for an editor at a terminal, and one line each for other programs.
#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include "base/han.hpp"
#include "report/verify_view.hpp"

namespace suyuan {

namespace {

class VerifyText {
 public:
  VerifyText(std::ostream& out, const Verified& v, const TextOptions& options)
      : out_(out), v_(v), view_(v.all, options.language), corpus_(v.all.corpus), options_(options) {}

  void run() {
    head();
    std::size_t number = 0;
    std::vector<std::pair<std::size_t, const Finding*>> faithful, accepted, unmarked;
    for (const Finding& f : v_.findings) {
      if (f.form == Finding::Form::unmarked) {
        unmarked.emplace_back(0, &f);
        continue;
      }
      ++number;
      if (f.accepted)
        accepted.emplace_back(number, &f);
      else if (f.level == Level::ok)
        faithful.emplace_back(number, &f);
      else
        finding(number, f);
    }
    if (!faithful.empty()) out_ << paint(say("faithful"), "1") << " " << faithful.size() << '\n';
    for (const auto& [n, f] : faithful)
      out_ << "  " << n << "  " << view_.place(*f) << "  “" << view_.text(*f) << "”  " << view_.verdict(*f) << "  "
           << view_.citation(f->sources[0].work)
           << (f->sources[0].occasion.empty() ? "" : " " + f->sources[0].occasion) << "  "
           << base_place(f->sources[0]) << '\n';
    if (!accepted.empty()) out_ << paint(say("accepted"), "1") << " " << accepted.size() << '\n';
    for (const auto& [n, f] : accepted)
      out_ << "  " << n << "  " << view_.place(*f) << "  “" << view_.text(*f) << "”  " << view_.verdict(*f) << "  "
           << say(f->accepted->error ? "confirmed error" : "allowed") << "  " << f->accepted->who << " "
           << f->accepted->when << " " << f->accepted->why << '\n';
    marked();
    if (v_.points) {
      const Points p = points(v_.findings);
      out_ << say("points") << " " << p.points << " (" << say("confirmed error") << " " << p.findings << ")";
      if (v_.characters && *v_.characters > 0)
        out_ << ", " << say("per 10000") << " " << p.points * 10000 / static_cast<double>(*v_.characters);
      out_ << '\n';
    }
    if (!unmarked.empty()) {
      out_ << say("unmarked words") << " " << unmarked.size() << ": ";
      const char* comma = "";
      for (const auto& [n, f] : unmarked) {
        const auto at = corpus_.document(corpus_.works[f->work]).position(envelope(f->parts).begin);
        out_ << comma << at.line << ":" << at.column;
        comma = ", ";
      }
      out_ << '\n';
    }
  }

 private:
  std::string say(std::string_view key) const { return view_.say(key); }
  std::string paint(const std::string& text, const char* code) const {
    return options_.color ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
  }
  static const char* color(Level level) {
    return level == Level::fix ? "31;1" : level == Level::check ? "33;1" : level == Level::note ? "36" : "32";
  }
  std::string base_place(const Source& s) const {
    return view_.place(s.work, corpus_.works[s.work].fold.origin(s.base.begin));
  }

  void head() {
    for (std::uint32_t w = 0; w < corpus_.works.size(); ++w) {
      const CorpusWork& at = corpus_.works[w];
      if (!v_.all.is_draft[at.document] || corpus_.work(at).parent) continue;
      const Work& x = corpus_.work(at);
      out_ << paint(say("draft"), "1") << "  " << corpus_.document(at).path << "  "
           << (x.title.empty() ? say("untitled") : "《" + x.title + "》") << "  " << say("published") << " "
           << view_.date(x) << '\n';
    }
    std::size_t files = 0, works = 0, damaged = 0;
    int first = 9999, last = 0;
    std::map<std::string, std::size_t> kinds;
    for (std::size_t d = 0; d < corpus_.documents.size(); ++d) files += v_.all.is_library[d] != 0;
    for (const CorpusWork& at : corpus_.works) {
      if (!v_.all.is_library[at.document]) continue;
      const Work& x = corpus_.work(at);
      if (x.kind == WorkKind::collection) continue;
      ++works;
      damaged += !x.defects.empty();
      ++kinds[say(name(x.kind))];
      if (x.published.latest)
        first = std::min<int>(first, x.published.latest->year),
        last = std::max<int>(last, x.published.latest->year);
    }
    out_ << paint(say("library"), "1") << "  " << say("documents") << " " << files << ", " << say("works") << " "
         << works;
    if (last > 0) out_ << ", " << first << (first == last ? "" : "–" + std::to_string(last));
    for (const auto& [kind, n] : kinds) out_ << ", " << kind << " " << n;
    if (damaged > 0) out_ << ", " << say("damaged") << " " << damaged;
    out_ << '\n';
    std::array<std::size_t, 4> levels{};
    for (const Finding& f : v_.findings)
      if (f.form != Finding::Form::unmarked && !f.accepted) ++levels[static_cast<std::size_t>(f.level)];
    out_ << paint(say("verdicts"), "1");
    for (const Level level : {Level::fix, Level::check, Level::note, Level::ok})
      out_ << (level == Level::fix ? "  " : ", ") << paint(say(name(level)), color(level)) << " "
           << levels[static_cast<std::size_t>(level)];
    out_ << "\n\n";
  }

  void finding(std::size_t number, const Finding& f) {
    out_ << paint(std::to_string(number) + "  " + say(name(f.level)) + "  " + view_.verdict(f), color(f.level))
         << "  " << view_.place(f) << "  " << say(name(f.form)) << speaker(f) << "  "
         << paint("[" + f.key.substr(0, 12) + "]", "2") << '\n';
    for (const std::string& flag : view_.flags(f)) out_ << "   " << paint("▲ " + flag, color(f.level)) << '\n';
    if (f.sources.empty()) {
      out_ << "   " << say("in the draft") << "  “" << view_.text(f) << "”\n";
      out_ << "   " << view_.holding(f);
      if (f.reason == "the-draft-is-the-report") out_ << "; " << say(f.reason);
      out_ << '\n';
      if (f.nearest) {
        out_ << "   " << say("nearest, not a source") << "  " << view_.base_text(*f.nearest) << "  "
             << base_place(*f.nearest) << '\n';
      }
    }
    constexpr std::uint32_t kAround = 24;
    for (std::uint32_t n = 0; n < f.parts_of_base && n < f.sources.size(); ++n) {
      const Source& s = f.sources[n];
      const bool faithful = f.verdict == Verdict::verbatim || f.verdict == Verdict::folded;
      if (faithful && !f.has(Flag::context_cut))
        out_ << "   " << say("in the draft") << "  “" << view_.text(f) << "”\n";
      else
        grid(view_.cells(f, s, kAround));
      std::string notes;
      for (const std::string& note : view_.notes(f, s))
        notes += (notes.empty() ? "" : options_.language == Language::zh ? "；" : "; ") + note;
      if (!notes.empty())
        out_ << "   " << say("apparatus") << "  " << notes << (options_.language == Language::zh ? "。" : ".")
             << '\n';
      out_ << "   " << say("base") << "  " << view_.citation(s.work) << (s.occasion.empty() ? "" : " " + s.occasion)
           << "  " << base_place(s) << '\n';
    }
    for (std::size_t n = f.parts_of_base; n < f.sources.size(); ++n) {
      const Source& s = f.sources[n];
      std::string readings;
      for (const std::string& note : view_.notes(f, s)) readings += (readings.empty() ? "" : "; ") + note;
      out_ << "   " << say("witness") << "  " << view_.citation(s.work) << "  " << base_place(s) << "  "
           << (readings.empty() ? say("as the draft") : readings) << '\n';
    }
    for (const Claim& c : f.claims)
      if (c.kind != Claim::Kind::speaker || c.result == Claim::Result::differs)
        out_ << "   " << view_.claim(f, c) << '\n';
    out_ << '\n';
  }

  std::string speaker(const Finding& f) const {
    if (!f.quotation) return {};
    const Quotation& q = corpus_.work(corpus_.works[f.work]).quotations[*f.quotation];
    return q.attribution && !q.attribution->speaker.empty() ? "  " + q.attribution->speaker : std::string();
  }

  // Both texts, one Han character a cell, the base above, marks below.
  void grid(const std::vector<Cell>& cells) {
    constexpr std::size_t kWide = 34;
    const auto cell = [](char32_t c) -> std::string {
      if (c == 0) return "　";
      const bool wide = c >= 0x1100 && !(c >= 0x2000 && c <= 0x2010);
      return to_utf8(std::u32string(1, c)) + (wide || c == U'“' || c == U'”' ? "" : " ");
    };
    const auto mark = [](char m) -> std::string {
      switch (m) {
        case '!':
          return "！";
        case '~':
          return "～";
        case 'o':
          return "○";
        case '-':
          return "－";
        case '+':
          return "＋";
        case 'x':
          return "×";
        case '>':
          return "↔";
        default:
          return "　";
      }
    };
    std::vector<Cell> row;
    const auto flush = [&] {
      if (row.empty()) return;
      std::string base, draft, marks;
      bool any = false;
      for (const Cell& c : row) {
        const bool dim = c.context && options_.color;
        base += dim ? paint(cell(c.base), "2") : cell(c.base);
        draft += dim ? paint(cell(c.draft), "2") : c.mark == ' ' ? cell(c.draft) : paint(cell(c.draft), "31");
        const std::string m = mark(c.mark);
        marks += m == "×" || m == "○" || m == "↔" ? m + " " : m;
        any = any || c.mark != ' ';
      }
      out_ << "   " << say("row base") << " " << base << "\n   " << say("row draft") << " " << draft << '\n';
      if (any) {
        marks.erase(marks.find_last_not_of(" \xE3\x80\x80") + 1);
        out_ << "   " << say("row marks") << " " << marks << '\n';
      }
      row.clear();
    };
    bool context = !cells.empty() && cells.front().context;
    for (const Cell& c : cells) {
      if (c.context != context || row.size() >= kWide) {
        if (c.context != context && !row.empty())
          row.push_back(c.context ? Cell{U'〕', U'〕', ' ', true} : Cell{U'〔', U'〔', ' ', true});
        context = c.context;
        if (row.size() >= kWide) flush();
      }
      row.push_back(c);
    }
    flush();
  }

  void marked() {
    std::size_t count = 0;
    for (const CorpusWork& at : corpus_.works)
      if (v_.all.is_draft[at.document]) count += corpus_.work(at).marked.size();
    if (count > 0) out_ << say("marked") << " " << count << '\n';
  }

  std::ostream& out_;
  const Verified& v_;
  VerifyView view_;
  const Corpus& corpus_;
  TextOptions options_;
};

}  // namespace

void write_verify_text(std::ostream& out, const Verified& verified, const TextOptions& options) {
  VerifyText(out, verified, options).run();
}

void write_verify_lines(std::ostream& out, const Verified& verified, const TextOptions& options) {
  const VerifyView view(verified.all, options.language);
  for (const Finding& f : verified.findings) {
    if (f.form == Finding::Form::unmarked) continue;
    const std::string message = view.message(f);
    out << view.place(f) << ": " << name(f.level) << ": " << name(f.verdict) << ": “" << view.text(f) << "”"
        << (message.empty() ? "" : " " + message) << '\n';
  }
}

}  // namespace suyuan
