// The verdicts on a draft for an editor at a terminal, and one line each for other programs.
#include <array>
#include <ostream>

#include "report/common.hpp"
#include "report/verify_grid.hpp"
#include "report/verify_view.hpp"

namespace suyuan {

namespace {

constexpr std::array<const char*, 4> kLevels{"fix", "check", "note", "ok"};

// Both texts, a Han character in two columns, the base above, marks below. What stands outside the quotation runs
// on by itself in each of them.
class GridRows {
 public:
  GridRows(std::ostream& out, const VerifyView& view, bool color) : out_(out), view_(view), color_(color) {}

  void write(const std::vector<GridCell>& cells) {
    for (std::size_t n = 0; n < cells.size();) {
      if (!cells[n].context) {
        cell(cells[n++]);
        continue;
      }
      const bool before = n == 0;
      std::u32string base, draft;
      for (; n < cells.size() && cells[n].context; ++n) {
        if (cells[n].base != 0) base += cells[n].base;
        if (cells[n].draft != 0) draft += cells[n].draft;
      }
      if (!before) cell({U'〕', U'〕', ' ', true});
      context(base, draft, before);
      if (before && n < cells.size()) cell({U'〔', U'〔', ' ', true});
    }
    flush();
  }

 private:
  static constexpr std::size_t kColumns = 68;
  struct Row {
    std::string base, draft, marks;
    std::size_t columns = 0;
    bool marked = false;
  };

  static std::size_t width(char32_t c) { return c == 0 ? 0 : c >= 0x1100 && !(c >= 0x2000 && c <= 0x2010) ? 2 : 1; }
  static std::size_t width(std::u32string_view t) {
    std::size_t n = 0;
    for (const char32_t c : t) n += width(c);
    return n;
  }
  static std::string blank(std::size_t columns) {
    std::string out;
    for (; columns >= 2; columns -= 2) out += "　";
    return out + std::string(columns, ' ');
  }
  std::string paint(const std::string& text, const char* code) const {
    return color_ ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
  }

  void flush() {
    if (row_.columns == 0) return;
    out_ << "   " << view_.say("row base") << " " << row_.base << "\n   " << view_.say("row draft") << " "
         << row_.draft << '\n';
    if (row_.marked) {
      row_.marks.erase(row_.marks.find_last_not_of(" \xE3\x80\x80") + 1);
      out_ << "   " << view_.say("row marks") << " " << row_.marks << '\n';
    }
    row_ = {};
  }

  void cell(const GridCell& c) {
    const std::size_t w = std::max(width(c.base), width(c.draft));
    if (row_.columns + w > kColumns) flush();
    const auto text = [&](char32_t x) {
      return (x == 0 ? std::string() : to_utf8(std::u32string(1, x))) + blank(w - width(x));
    };
    row_.base += text(c.base);
    row_.draft += c.mark == ' ' ? text(c.draft) : paint(text(c.draft), "31");
    row_.marks += mark(c.mark, w);
    row_.columns += w;
    row_.marked = row_.marked || c.mark != ' ';
  }

  // Up to where the quotation begins, or from where it ends on.
  void context(std::u32string_view base, std::u32string_view draft, bool before) {
    while (!base.empty() || !draft.empty()) {
      if (row_.columns + 2 > kColumns) flush();
      const auto take = [&](std::u32string_view& rest) {
        std::size_t fits = 0;
        while (fits < rest.size() && row_.columns + width(rest.substr(0, fits + 1)) <= kColumns) ++fits;
        const std::u32string_view line = rest.substr(0, fits);
        rest.remove_prefix(fits);
        return line;
      };
      const std::u32string_view above = take(base), below = take(draft);
      const std::size_t w = std::max(width(above), width(below));
      const auto text = [&](std::u32string_view t) {
        const std::string pad = blank(w - width(t)), words = to_utf8(std::u32string(t));
        return paint(before ? pad + words : words + pad, "2");
      };
      row_.base += text(above);
      row_.draft += text(below);
      row_.marks += blank(w);
      row_.columns += w;
    }
  }

  // A mark of so many columns.
  static std::string mark(char m, std::size_t columns) {
    const bool wide = columns > 1;
    switch (m) {
      case '!':
        return wide ? "！" : "!";
      case '~':
        return wide ? "～" : "~";
      case 'o':
        return wide ? "○ " : "○";
      case '-':
        return wide ? "－" : "-";
      case '+':
        return wide ? "＋" : "+";
      case 'x':
        return wide ? "× " : "×";
      case '>':
        return wide ? "↔ " : "↔";
      default:
        return blank(columns);
    }
  }

  std::ostream& out_;
  const VerifyView& view_;
  bool color_;
  Row row_;
};

class VerifyText {
 public:
  VerifyText(std::ostream& out, const Report& report, const TextOptions& options)
      : out_(out), view_(report, options.language), options_(options) {}

  void run() {
    head();
    std::size_t number = 0;
    std::vector<std::pair<std::size_t, const Json*>> faithful, accepted;
    for (const Json* f : view_.findings()) {
      ++number;
      if (!f->at("accepted").is_null())
        accepted.emplace_back(number, f);
      else if (f->at("level") == "ok")
        faithful.emplace_back(number, f);
      else
        finding(number, *f);
    }
    if (!faithful.empty()) out_ << paint(say("faithful"), "1") << " " << faithful.size() << '\n';
    for (const auto& [n, f] : faithful) {
      line(n, *f) << view_.cited(*view_.base(*f)[0]);
      for (const Json& c : f->at("claims"))
        if (c.at("kind") != "speaker") out_ << "  " << view_.claim(c);
      out_ << aside(view_.limits(*f)) << '\n';
    }
    if (!accepted.empty()) out_ << paint(say("accepted"), "1") << " " << accepted.size() << '\n';
    for (const auto& [n, f] : accepted) {
      const Json& a = f->at("accepted");
      line(n, *f) << view_.decided(*f) << "  " << string_or(a, "who") << " " << string_or(a, "when") << " "
                  << string_or(a, "why") << '\n';
    }
    if (const Json& marked = view_.report().at("marked"); marked != 0)
      out_ << say("marked") << " " << marked << '\n';
    if (const auto p = view_.report().find("points"); p != view_.report().end()) {
      out_ << say("points") << " " << p->at("points").get<double>() << " (" << say("confirmed error") << " "
           << p->at("findings") << ")";
      if (!p->at("per_10000").is_null())
        out_ << ", " << say("per 10000") << " " << p->at("per_10000").get<double>();
      out_ << '\n';
    }
    if (!view_.unmarked().empty()) {
      out_ << say("unmarked words") << " " << view_.unmarked().size() << ": ";
      const char* comma = "";
      for (const Json* f : view_.unmarked()) {
        out_ << comma << view_.position(*f);
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
  static const char* color(const Json& level) {
    return level == "fix" ? "31;1" : level == "check" ? "33;1" : level == "note" ? "36" : "32";
  }
  std::string aside(const std::vector<std::string>& words) const {
    if (words.empty()) return {};
    return view_.zh() ? "（" + view_.joined(words) + "）" : " (" + view_.joined(words) + ")";
  }
  std::string text(const Json& f) const { return "“" + VerifyView::text_of(f, "text") + "”"; }
  std::ostream& line(std::size_t n, const Json& f) {
    return out_ << "  " << n << "  " << view_.place(f) << "  " << text(f) << "  " << view_.verdict(f) << "  ";
  }

  void head() {
    for (const Json& w : view_.report().at("works")) {
      const Json& d = view_.document(w);
      const auto& drafts = view_.drafts();
      const bool draft =
          std::any_of(drafts.begin(), drafts.end(), [&](const Json* x) { return x->at("id") == d.at("id"); });
      if (!draft || !w.at("parent").is_null()) continue;
      const std::string title = string_or(w, "title");
      out_ << paint(say("draft"), "1") << "  " << VerifyView::text_of(d, "path") << "  "
           << titled(title, "", view_.language()) << "  " << say("published") << " " << view_.date(w) << '\n';
    }
    out_ << paint(say("library"), "1") << "  " << view_.library() << '\n' << paint(say("verdicts"), "1");
    for (const char* level : kLevels) {
      std::size_t count = 0;
      for (const Json* f : view_.findings()) count += f->at("accepted").is_null() && f->at("level") == level;
      out_ << (level == kLevels[0] ? "  " : ", ") << paint(say(level), color(level)) << " " << count;
    }
    out_ << "\n\n";
  }

  void finding(std::size_t number, const Json& f) {
    const char* shade = color(f.at("level"));
    const std::string speaker = string_or(f, "speaker"), reason = VerifyView::text_of(f, "reason");
    out_ << paint(std::to_string(number) + "  " + view_.level(f) + "  " + view_.verdict(f), shade) << "  "
         << view_.place(f) << "  " << say(VerifyView::text_of(f, "form")) << (speaker.empty() ? "" : "  " + speaker)
         << (f.at("sources").empty() || reason.empty() ? "" : "  " + say(reason)) << "  "
         << paint("[" + VerifyView::text_of(f, "key").substr(0, 12) + "]", "2") << '\n';
    for (const std::string& flag : view_.flags(f)) out_ << "   " << paint("▲ " + flag, shade) << '\n';
    if (f.at("sources").empty()) {
      out_ << "   " << say("in the draft") << "  " << text(f) << "\n   ";
      if (f.at("verdict") == "not-found")
        out_ << view_.holding(f) << (reason == "the-draft-is-the-report" ? "; " + say(reason) : "");
      else
        out_ << say(reason);
      out_ << '\n';
      if (const Json& near = f.at("nearest"); !near.is_null())
        out_ << "   " << say("nearest, not a source") << "  " << VerifyView::text_of(near, "text") << "  "
             << view_.place(near) << '\n';
    }
    const bool faithful = f.at("verdict") == "verbatim" || f.at("verdict") == "folded";
    const auto& flags = f.at("flags");
    const bool cut = std::find(flags.begin(), flags.end(), "context-cut") != flags.end();
    const bool ordered = f.contains("order");
    if (ordered) out_ << "   " << say("in the draft") << "  " << text(f) << '\n';
    if (const std::string made_of = view_.joined(view_.made_of(f)); !made_of.empty())
      out_ << "   " << say("apparatus") << "  " << made_of << (view_.zh() ? "。" : ".") << '\n';
    const auto places = view_.places(f);
    for (const Json* s : view_.base(f)) {
      if (faithful && !cut)
        out_ << "   " << say("in the draft") << "  " << text(f) << '\n';
      else if (!ordered)
        grid(grid_of(s->at("collation")));
      if (const std::string notes = view_.joined(view_.notes(*s)); !notes.empty())
        out_ << "   " << say("apparatus") << "  " << notes << (view_.zh() ? "。" : ".") << '\n';
      if (std::find(places.begin(), places.end(), s) != places.end())
        out_ << "   " << say("base") << "  " << view_.cited(*s) << '\n';
    }
    for (const Json* s : view_.witnesses(f))
      out_ << "   " << say("witness") << "  " << view_.citation(*s) << "  " << view_.place(*s) << "  "
           << view_.reading(*s) << '\n';
    for (const Json& c : f.at("claims"))
      if (c.at("kind") != "speaker" || c.at("result") == "differs" ||
          (c.at("result") == "unchecked" && !f.at("sources").empty()))
        out_ << "   " << view_.claim(c) << '\n';
    for (const std::string& limit : view_.limits(f)) out_ << "   " << limit << '\n';
    out_ << '\n';
  }

  void grid(const std::vector<GridCell>& cells) { GridRows(out_, view_, options_.color).write(cells); }

  std::ostream& out_;
  VerifyView view_;
  TextOptions options_;
};

}  // namespace

void write_verify_text(std::ostream& out, const Report& report, const TextOptions& options) {
  VerifyText(out, report, options).run();
}

void write_verify_lines(std::ostream& out, const Report& report, Language language) {
  const VerifyView view(report, language);
  for (const Json* f : view.findings()) {
    std::string message = view.message(*f);
    if (const std::string decided = view.decided(*f); !decided.empty())
      message = "[" + decided + "]" + (message.empty() ? "" : " ") + message;
    out << view.place(*f) << ": " << VerifyView::text_of(*f, "level") << ": " << VerifyView::text_of(*f, "verdict")
        << ": “" << VerifyView::text_of(*f, "text") << "”" << (message.empty() ? "" : " " + message) << '\n';
  }
}

}  // namespace suyuan
