#include "report/verify_view.hpp"

#include <algorithm>

#include "base/han.hpp"
#include "report/common.hpp"

namespace suyuan {

namespace {

// In quotation marks: those inside turn, and one that lacks its other is left out. An apostrophe is none.
std::string quoted(const std::string& s) {
  constexpr std::u32string_view kOpening = U"“‘「『《", kClosing = U"”’」』》", kApostrophe = U"’";
  std::u32string text = from_utf8(s);
  std::vector<std::size_t> open, alone;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kOpening.find(text[i]) != kOpening.npos) open.push_back(i);
    const std::size_t kind = kClosing.find(text[i]);
    if (kind == kClosing.npos) continue;
    if (open.empty() || text[open.back()] != kOpening[kind]) {
      if (text[i] != kApostrophe[0]) alone.push_back(i);
      continue;
    }
    const auto turned = [&](char32_t& c) { c = c == U'“' ? U'‘' : c == U'‘' ? U'“' : c == U'”' ? U'’' : U'”'; };
    const bool nested = std::any_of(open.begin(), open.end() - 1, [&](std::size_t n) { return text[n] == U'‘'; });
    if (kind == 0 || (kind == 1 && nested)) turned(text[open.back()]), turned(text[i]);
    open.pop_back();
  }
  alone.insert(alone.end(), open.begin(), open.end());
  std::sort(alone.rbegin(), alone.rend());
  for (const std::size_t i : alone) text.erase(i, 1);
  return "“" + to_utf8(text) + "”";
}

std::string filled(std::string text, std::string_view slot, const std::string& with) {
  if (const std::size_t at = text.find(slot); at != text.npos) text.replace(at, slot.size(), with);
  return text;
}

// What is compared of them.
std::u32string letters(const std::u32string& s) {
  std::u32string out;
  for (const char32_t c : s)
    if (han::kind(c) == han::Kind::letter) out += han::script_class(han::plain(c));
  return out;
}

// Letters in another order; figures in another order are another number.
bool transposed(const std::u32string& a, const std::u32string& b) {
  const auto is_figure = [](char32_t c) { return han::is_digit(han::plain(c)); };
  return a.size() == b.size() && a.size() > 1 && std::is_permutation(a.begin(), a.end(), b.begin()) &&
         std::none_of(a.begin(), a.end(), is_figure);
}

}  // namespace

VerifyView::VerifyView(const Report& report, Language language) : data_(report.data()), language_(language) {
  for (const Json& q : data_.saved.at("quotations"))
    (q.at("form") == "unmarked" ? unmarked_ : findings_).push_back(&q);
  for (const Json& id : data_.saved.at("drafts")) drafts_.push_back(&data_.document(id));
}

std::string VerifyView::place(const Json& at) const {
  const Json& d = document(at);
  const std::string record = string_or(d, "record");
  return text_of(d, "path") + (record.empty() ? "" : "#" + record) + ":" + place_in_file(at);
}

std::string VerifyView::position(const Json& f) const {
  const std::string at = place_in_file(f);
  for (std::size_t n = 0; drafts_.size() > 1 && n < drafts_.size(); ++n)
    if (drafts_[n]->at("id") == f.at("document")) return "[" + std::to_string(n + 1) + "] " + at;
  return at;
}

std::vector<const Json*> VerifyView::base(const Json& f) const {
  std::vector<const Json*> out;
  const auto parts = f.at("base_parts").get<std::size_t>();
  for (const Json& s : f.at("sources"))
    if (out.size() < parts) out.push_back(&s);
  return out;
}

std::vector<const Json*> VerifyView::witnesses(const Json& f) const {
  std::vector<const Json*> out;
  const auto parts = f.at("base_parts").get<std::size_t>();
  for (std::size_t n = parts; n < f.at("sources").size(); ++n) out.push_back(&f.at("sources")[n]);
  return out;
}

std::string VerifyView::base_text(const Json& f) const {
  if (std::string order = string_or(f, "order"); !order.empty()) return order;
  std::string out;
  for (const Json* s : base(f)) out += (out.empty() ? "" : "｜") + text_of(*s, "text");
  return out;
}

std::vector<const Json*> VerifyView::places(const Json& f) const {
  std::vector<const Json*> out = base(f);
  if (!f.contains("order")) return out;
  const auto first = std::min_element(out.begin(), out.end(), [](const Json* x, const Json* y) {
    return x->at("span").at("start").get<std::size_t>() < y->at("span").at("start").get<std::size_t>();
  });
  return {*first};
}

std::vector<std::string> VerifyView::notes(const Json& source, std::string_view whose) const {
  std::vector<std::string> out;
  for (const Json& e : source.at("edits")) {
    if (e.at("class") == "structure") continue;
    const std::string from = text_of(e.at("from"), "text"), to = text_of(e.at("to"), "text");
    const std::u32string a = from_utf8(from), b = from_utf8(to);
    const char* what = e.at("op") == "move" ? (letters(a) == letters(b) ? "moved" : "transposed")
                       : from.empty()       ? "lacks"
                       : to.empty()         ? "has"
                       : transposed(a, b)   ? "transposed"
                                            : "reads";
    const auto shown = [&](const std::string& s) {
      return e.at("class") == "punctuation" ? "“" + s + "”" : quoted(s);
    };
    std::string note =
        filled(filled(say(std::string(whose) + " " + what), "{its}", shown(from)), "{draft}", shown(to));
    const auto aside = [&](const std::string& words) { note += zh() ? "（" + words + "）" : " (" + words + ")"; };
    if (e.at("class") != "wording") aside(say(text_of(e, "class")));
    if (e.at("sensitive").get<bool>()) aside(say("key word"));
    if (e.at("ocr_suspect").get<bool>()) aside(say("look-alike"));
    out.push_back(std::move(note));
  }
  return out;
}

std::vector<std::string> VerifyView::made_of(const Json& f) const {
  std::vector<std::string> out;
  if (const std::string order = string_or(f, "order"); !order.empty())
    out.push_back(filled(say("base order"), "{its}", quoted(order)));
  if (const auto pieces = f.find("pieces"); pieces != f.end()) {
    const auto named = [&](const Json& p) {
      const Json& w = work(f.at("sources")[p.at("source").get<std::size_t>()]);
      const std::string occasion = string_or(p, "occasion"),
                        title = titled(string_or(w, "title"), string_or(w, "outlet"), language_);
      return title + (occasion.empty() || title.find(occasion) != title.npos ? " " + date(w) : occasion);
    };
    std::string last;
    for (const Json& p : *pieces) {
      const std::string its = named(p), place = " " + place_in_file(p);
      const auto same =
          std::count_if(pieces->begin(), pieces->end(), [&](const Json& q) { return named(q) == its; });
      const std::string from = its == last ? say("same text") + place : its + (same > 1 ? place : "");
      out.push_back(filled(filled(say("base piece"), "{draft}", quoted(text_of(p, "draft"))), "{its}", from));
      last = its;
    }
  }
  if (const auto words = f.find("unheld"); words != f.end())
    for (const Json& w : *words) out.push_back(filled(say("base lacks"), "{draft}", quoted(w.get<std::string>())));
  return out;
}

std::string VerifyView::reading(const Json& witness) const {
  const std::string all = joined(notes(witness, "witness"));
  return all.empty() ? say("as the draft") : all;
}

std::string VerifyView::date(const Json& work) const {
  const Json& d = work.at("published");
  const std::string first = string_or(d, "earliest"), last = string_or(d, "latest");
  if (const auto parsed = parse_iso_date(last); parsed && first != last) {
    const Date month{parsed->year, parsed->month, 0};
    if (month.first_day().to_string() == first && month.last_day().to_string() == last) return month.to_string();
  }
  return days_in_words(first, last, language_);
}

std::string VerifyView::citation(const Json& source) const {
  const Json &w = work(source), &c = w.at("citation");
  std::string out;
  if (const std::string author = string_or(c, "author"); !author.empty()) out += author + ". ";
  out += string_or(c, "title", "[" + say("untitled") + "]") + "[" + text_of(c, "type") + "]. ";
  if (const std::string outlet = string_or(w, "outlet"); !outlet.empty()) out += outlet + ", ";
  if (const Json& issue = c.at("issue"); !issue.is_null())
    out += issue.at("year").dump() + "(" + issue.at("number").dump() + ")";
  else
    out += date(w);
  if (const auto pages = w.find("pages"); pages != w.end() && w.at("copy") == "print")
    out += ": " + (*pages)[0].dump() + ((*pages)[0] == (*pages)[1] ? "" : "-" + (*pages)[1].dump());
  return out + ".";
}

std::string VerifyView::cited(const Json& source) const {
  const std::string occasion = string_or(source, "occasion");
  const std::string text = citation(source);
  // A report's title may be what says on which occasion.
  const bool said = occasion.empty() || text.find(occasion) != text.npos;
  return text + (said ? "" : " " + occasion) + "  " + place(source);
}

std::string VerifyView::base_notes(const Json& f) const {
  std::vector<std::string> all = made_of(f);
  for (const Json* s : base(f))
    for (std::string& note : notes(*s)) all.push_back(std::move(note));
  if (f.at("verdict") == "not-found") all.push_back(holding(f));
  return joined(all);
}

std::string VerifyView::bases(const Json& f) const {
  std::vector<std::string> all;
  for (const Json* s : places(f)) all.push_back(cited(*s));
  return joined(all);
}

std::string VerifyView::verdict(const Json& f) const {
  const std::string name = text_of(f, "verdict");
  if (name != "folded") return say("verdict " + name);
  std::string folds;  // which of them the base and the draft differ in
  for (const char* what : {"layout", "width", "gloss", "script"})
    if (const auto all = base(f);
        std::any_of(all.begin(), all.end(), [&](const Json* s) { return s->at("folds").contains(what); }))
      folds += (folds.empty() ? "" : say("comma")) + say(what);
  // Nested marks alone are no fold of either text.
  if (folds.empty()) return say("verdict verbatim");
  return say("verdict verbatim") + (zh() ? "（" + folds + "）" : " (" + folds + ")");
}

std::string VerifyView::holding(const Json& f) const {
  const Json& claims = f.at("claims");
  const bool named = std::any_of(claims.begin(), claims.end(), [](const Json& c) {
    const Json& kind = c.at("kind");
    return kind == "occasion" || kind == "publication" || kind == "date";
  });
  const std::string holding = text_of(f, "holding");
  return say("holding " + (holding == "none" && !named ? "unnamed" : holding));
}

std::vector<std::string> VerifyView::flags(const Json& f) const {
  std::vector<std::string> out;
  for (const Json& flag : f.at("flags")) {
    std::string text = say(flag.get<std::string>());
    if (flag == "as-in" && !f.at("as_in").is_null())
      text += colon() + citation(f.at("sources")[f.at("as_in").get<std::size_t>()]);
    if (const std::string which = disputes(f); flag == "base-disputed" && !which.empty()) text += colon() + which;
    out.push_back(std::move(text));
  }
  return out;
}

std::string VerifyView::disputes(const Json& f) const {
  const auto by = f.find("disputed_by");
  if (by == f.end()) return {};
  std::vector<std::pair<std::string, std::string>> readings;  // and whose they are
  for (const Json& n : *by) {
    const Json& s = f.at("sources")[n.get<std::size_t>()];
    const std::string its = reading(s), who = citation(s) + " " + place(s);
    const auto at = std::find_if(readings.begin(), readings.end(), [&](const auto& r) { return r.first == its; });
    if (at == readings.end())
      readings.emplace_back(its, who);
    else
      at->second += (zh() ? "、" : ", ") + who;
  }
  std::vector<std::string> all;
  for (const auto& [its, who] : readings) all.push_back(who + colon() + its);
  return joined(all);
}

std::string VerifyView::claim(const Json& c) const {
  const Json& result = c.at("result");
  std::string out = result == "agrees" ? "✓" : result == "differs" ? "✗" : "?";
  out += " " + say("claim " + text_of(c, "kind")) + " " + text_of(c, "text");
  const std::string found = string_or(c, "found");
  // Whom a pronoun means.
  if (result == "agrees" && c.at("kind") == "speaker" && !found.empty() &&
      text_of(c, "text").find(found) == std::string::npos)
    out += zh() ? "（" + found + "）" : " (" + found + ")";
  if (!found.empty() && (result == "differs" || (result == "unchecked" && c.at("kind") == "speaker")))
    out += say("semicolon") + say("the base") + colon() + found;
  if (result == "unchecked") out += zh() ? "（" + say("unchecked") + "）" : " (" + say("unchecked") + ")";
  return out;
}

std::vector<std::string> VerifyView::claims(const Json& f) const {
  std::vector<std::string> out;
  for (const Json& c : f.at("claims")) out.push_back(claim(c));
  return out;
}

std::vector<std::string> VerifyView::limits(const Json& f) const {
  std::vector<std::string> out;
  for (const Json& l : f.at("limits"))
    out.push_back(filled(filled(say("limit " + text_of(l, "what")), "{n}", l.at("left").dump()), "{b}",
                         l.at("bound").dump()));
  return out;
}

std::string VerifyView::decided(const Json& f) const {
  const Json& a = f.at("accepted");
  return a.is_null() ? std::string() : say(a.at("as") == "error" ? "confirmed error" : "allowed");
}

std::string VerifyView::message(const Json& f) const {
  std::vector<std::string> all;
  const std::string reason = text_of(f, "reason");
  if (f.at("verdict") == "not-found") all.push_back(holding(f));
  if (!reason.empty() && (f.at("verdict") != "not-found" || reason == "the-draft-is-the-report"))
    all.push_back(say(reason));
  for (std::string& part : made_of(f)) all.push_back(std::move(part));
  for (const Json* s : base(f))
    for (std::string& note : notes(*s)) all.push_back(std::move(note));
  for (std::string& flag : flags(f)) all.push_back(std::move(flag));
  const Json& flagged = f.at("flags");
  const bool unchecked = std::find(flagged.begin(), flagged.end(), "claim-unchecked") != flagged.end();
  for (const Json& c : f.at("claims"))
    if (c.at("result") == "differs" || (unchecked && c.at("result") == "unchecked" &&
                                        (c.at("kind") != "speaker" || !string_or(c, "found").empty())))
      all.push_back(claim(c));
  for (std::string& limit : limits(f)) all.push_back(std::move(limit));
  return joined(all);
}

std::string VerifyView::library() const {
  const Json& h = report().at("holdings");
  std::string out =
      say("documents") + " " + h.at("documents").dump() + ", " + say("works") + " " + h.at("works").dump();
  if (const Json& first = h.at("first_year"); !first.is_null())
    out += ", " + first.dump() + (first == h.at("last_year") ? "" : "–" + h.at("last_year").dump());
  for (const auto& [kind, n] : h.at("kinds").items()) out += ", " + say(kind) + " " + n.dump();
  if (h.at("damaged") != 0) out += ", " + say("damaged") + " " + h.at("damaged").dump();
  return out;
}

std::string VerifyView::options() const {
  std::string out;
  for (const auto& [key, value] : report().at("options").items())
    if (key != "command")
      out += (out.empty() ? "" : ", ") + say("option " + key) + " " +
             (value.is_string() ? value.get<std::string>() : value.dump());
  return out;
}

std::string VerifyView::joined(const std::vector<std::string>& parts) const {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : zh() ? "；" : "; ") + p;
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
