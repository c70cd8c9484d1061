// The verdicts, flags and bases of verify, on invented texts by an invented speaker in invented papers.
#include "suyuan/verify.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "suyuan/report.hpp"

namespace suyuan {
namespace {

struct Text {
  std::string name, text;
  std::string title = {}, outlet = {}, date = {}, kind = {}, copy = {}, rank = {};  // what a side file says
};

// Where the words stand between the two texts: the rest of the paragraph must not look like the library's.
constexpr const char* kFill = "山里的人记得那一年的事，也记得后来的许多年。";

const std::string kSpeech =
    "沙漏讲话选编\n\n"
    "护林先要识林。林有林的脾气，树多的时候要有地方透风，树少的时候要有地方遮阴，这是护林的根本道理。"
    "凡是能不砍的老树就不砍，凡是能不修的林道就不修，巡山账每年都要公布一次。\n"
    "（2031年3月8日在云川林业座谈会上的讲话）\n\n"
    "护林员不是看山的闲人，要给护林员发好雨衣和津贴，全省一百二十座林场都要办到。不能光盯着木材，要看林子养了多少水"
    "。\n"
    "（2031年5月20日在梨坪林场考察时的讲话）\n";
const Text kBook{"speech.txt", kSpeech, "沙漏讲话选编", "远山", "2032-08-16", "speech", "print"};

class Told {
 public:
  Told(const std::string& draft, const std::vector<Text>& library, const std::string& published = "2033-01-01") {
    const auto read = [](const std::vector<Text>& texts) {
      Sources out;
      for (const Text& t : texts) {
        Sources one = read_bytes(t.text, t.name);
        for (Document& d : one.documents) {
          const auto given = [](const std::string& value) {
            return value.empty() ? Given{} : Given{value, Given::By::side_file, "sources.toml"};
          };
          d.metadata.title = given(t.title);
          d.metadata.outlet = given(t.outlet);
          d.metadata.date = given(t.date);
          d.metadata.kind = given(t.kind);
          d.metadata.copy = given(t.copy);
          d.metadata.rank = given(t.rank);
          out.documents.push_back(std::move(d));
        }
      }
      return out;
    };
    all = build_verify_corpus(
        read({{"draft.txt", "一篇谈护林的稿件\n\n" + draft, "一篇谈护林的稿件", "", published}}), read(library));
    const Index index(all.corpus);
    findings = verify(all, index);
  }

  // The one finding that is a quotation.
  const Finding& only() const {
    const auto is = [](const Finding& f) { return f.form != Finding::Form::unmarked; };
    EXPECT_EQ(std::count_if(findings.begin(), findings.end(), is), 1);
    static const Finding kNone{};
    const auto at = std::find_if(findings.begin(), findings.end(), is);
    return at == findings.end() ? kNone : *at;
  }
  std::string base() const {
    const Finding& f = only();
    return f.sources.empty() ? "" : all.corpus.document(all.corpus.works[f.sources[0].work]).path;
  }

  VerifyCorpus all;
  std::vector<Finding> findings;
};

std::string quoted(const std::string& words, const std::string& before = "郗望澜指出：“",
                   const std::string& after = "”。") {
  return kFill + before + words + after + kFill + "\n";
}
std::string flags(const Finding& f) {
  std::string out;
  for (const Flag flag : f.flags) out += (out.empty() ? "" : " ") + std::string(name(flag));
  return out;
}

struct Case {
  const char* what;
  std::string words;
  Verdict verdict;
  Level level;
  const char* flags;
};

// Six or seven letters are too few to be judged as a quotation, and are told where the library knows them.
TEST(Sayings, AShortSentenceOfANamedPersonIsLookedFor) {
  const Text book{
      "speech.txt",
      "渡口讲话选编\n\n安全不是喊出来的，而是一条船一条船查出来的。渡口虽小，连着千家万户，要让坐船的人放心。\n",
      "渡口讲话选编",
      "远山",
      "2032-08-16",
      "speech",
      "print"};
  const auto told = [&](const std::string& words) {
    return Told(std::string(kFill) + words + kFill + "\n", {book});
  };
  const Told changed = told("郗望澜说：“安全是喊出来的。”");
  EXPECT_EQ(changed.only().verdict, Verdict::variant);
  EXPECT_EQ(changed.only().level, Level::check);
  EXPECT_EQ(changed.only().reason, "");
  EXPECT_TRUE(told("郗望澜说：“山是走出来的路。”").findings.empty());
  EXPECT_TRUE(told("河边的墙上写着“安全是喊出来的”几个字。").findings.empty());
}

// Nobody vouches for what somebody unnamed says.
TEST(Sayings, HearsayIsNotJudged) {
  const auto told = [](const std::string& lead) {
    return Told(std::string(kFill) + lead + "凡是能砍的老树就不砍，凡是能修的林道就不修，巡山账每月都要公布一次。" +
                    kFill + "\n",
                {kBook});
  };
  const auto judged = [](const Told& t) {
    return std::any_of(t.findings.begin(), t.findings.end(),
                       [](const Finding& f) { return f.form != Finding::Form::unmarked; });
  };
  EXPECT_FALSE(judged(told("有人说，")));
  EXPECT_TRUE(judged(told("护林员郗望澜说，")));
}

// Marks that nobody is said to say: told where the library knows the words, never louder than to be checked.
TEST(Sayings, AreToldWhereTheLibraryKnowsThem) {
  const auto told = [](const std::string& words) {
    return Told(std::string(kFill) + "这正是“" + words + "”的道理不假。\n", {kBook});
  };
  {
    const Told as_it_stands = told("林有林的脾气");
    EXPECT_TRUE(as_it_stands.findings.empty()) << "six letters say too little";
  }
  const Told same = told("凡是能不砍的老树就不砍");
  EXPECT_EQ(same.only().verdict, Verdict::verbatim);
  EXPECT_EQ(same.only().level, Level::ok);
  EXPECT_EQ(same.only().reason, "nobody-is-said-to-say-it");
  EXPECT_FALSE(same.only().quotation);
  for (const char* words : {"凡是能砍的老树就不砍", "凡是能不砍的老树都不砍", "凡是不能砍的老树就不砍"}) {
    SCOPED_TRACE(words);
    const Told changed = told(words);
    EXPECT_EQ(changed.only().verdict, Verdict::variant);
    EXPECT_EQ(changed.only().level, Level::check);
    EXPECT_EQ(changed.base(), "speech.txt");
  }
  for (const char* words : {"云川林业发展与保护促进会", "凡是能修好的老路就要修", "砍的老树就不砍，凡是能修"}) {
    SCOPED_TRACE(words);
    EXPECT_TRUE(told(words).findings.empty());
  }
}

TEST(Verdicts, OfWordsInMarks) {
  const std::vector<Case> cases{
      {"as they stand", "林有林的脾气，树多的时候要有地方透风", Verdict::verbatim, Level::ok, ""},
      {"another script", "林有林的脾氣，樹多的時候要有地方透風", Verdict::folded, Level::ok, ""},
      {"half-width marks", "林有林的脾气,树多的时候要有地方透风", Verdict::folded, Level::ok, ""},
      {"a comma at the edge", "林有林的脾气，树多的时候要有地方透风，", Verdict::verbatim, Level::ok, ""},
      {"a mark inside", "林有林的脾气。树多的时候要有地方透风", Verdict::punctuation, Level::check, ""},
      {"a numeral's writing", "全省120座林场都要办到。不能光盯着木材", Verdict::punctuation, Level::check, ""},
      {"another word", "林有林的脾气，树多的时候要有地方透光", Verdict::variant, Level::check, ""},
      {"a lost negation", "凡是能砍的老树就不砍，凡是能不修的林道就不修", Verdict::variant, Level::fix,
       "sensitive"},
      {"another number", "要给护林员发好雨衣和津贴，全省一百三十座林场都要办到", Verdict::variant, Level::fix,
       "sensitive"},
      {"a form", "凡是能不修的林道就不修，巡山帐每年都要公布一次", Verdict::variant, Level::check, "form"},
      {"left out, marked", "林有林的脾气……这是护林的根本道理", Verdict::abridged_marked, Level::note, ""},
      {"left out, not marked", "林有林的脾气，树多的时候要有地方透风，这是护林的根本道理",
       Verdict::abridged_unmarked, Level::fix, ""},
      {"added", "林有林的脾气，山里的老人这样讲给后生听，树多的时候要有地方透风", Verdict::expanded, Level::fix,
       ""},
      {"supplied in brackets", "林有林的脾气，〔山里〕树多的时候要有地方透风", Verdict::expanded_marked,
       Level::note, ""},
      {"a note of the quoter's", "林有林的脾气［按：指一百二十座林场的林子］，树多的时候要有地方透风",
       Verdict::expanded_marked, Level::note, ""},
      {"a note of the quoter's in round brackets", "林有林的脾气（引者注：指山里的林子），树多的时候要有地方透风",
       Verdict::expanded_marked, Level::note, ""},
      {"a negation supplied", "林有林的脾气，树多的时候〔不〕要有地方透风", Verdict::expanded_marked, Level::fix,
       "sensitive"},
      {"round brackets alone", "林有林的脾气，（也就是山里的那些）树多的时候要有地方透风", Verdict::expanded,
       Level::fix, ""},
      {"clauses in another order", "凡是能不修的林道就不修，凡是能不砍的老树就不砍", Verdict::reordered, Level::fix,
       ""},
      {"words of two occasions", "树多的时候要有地方透风，要给护林员发好雨衣和津贴", Verdict::composite, Level::fix,
       ""},
      {"short clauses of two occasions", "护林先要识林，要看林子养了多少水", Verdict::composite, Level::fix, ""},
      {"words of two occasions, an ellipsis between", "树多的时候要有地方透风……要给护林员发好雨衣和津贴",
       Verdict::composite, Level::fix, ""},
      {"other words in marks", "护林员不是看山的闲人，雨衣和津贴也得发到他手里", Verdict::paraphrase, Level::fix,
       ""},
      {"nowhere", "月亮从山后升起来的时候，渡口的人都已经睡下了", Verdict::not_found, Level::check, ""},
  };
  for (const Case& c : cases) {
    const Told told(quoted(c.words), {kBook});
    std::size_t direct = 0;
    for (const Finding& f : told.findings) direct += f.form == Finding::Form::direct;
    if (direct != 1) {
      ADD_FAILURE() << c.what << ": " << direct << " quotations";
      continue;
    }
    const Finding& f = told.only();
    EXPECT_EQ(name(f.verdict), name(c.verdict)) << c.what;
    EXPECT_EQ(name(f.level), name(c.level)) << c.what;
    std::string have = flags(f);
    for (const char* claim : {"claim-unchecked"})
      if (const std::size_t at = have.find(claim); at != std::string::npos) have.erase(at);
    while (have.ends_with(' ')) have.pop_back();
    EXPECT_EQ(have, c.flags) << c.what;
  }
}

const std::string kLedger =
    "账目讲话选编\n\n"
    "去年全省种树一千二百万株，成活率达到百分之九十三点五，林场职工增收8.6%"
    "。林道要不断修，不同的林子要用不同的修法。"
    "只要雨水调匀，来年的苗木就不会短缺，山下的水田也不会干旱。"
    "护林员的津贴已经发到手了，但还有三座林场没有发齐，今年要补上。巡山账是不是就等于林子的账？这要问一问。\n"
    "（2031年9月2日在川西林业座谈会上的讲话）\n";
const Text kAccounts{"ledger.txt", kLedger, "账目讲话选编", "远山", "2032-09-16", "speech", "print"};

const std::string kFigures =
    "苗圃账目讲话选编\n\n"
    "苗木去年的增速为-3.5%，低于上年同期的水平。每亩苗木的水费定为6.8974元，三年没有变过。"
    "今年要建苗圃四十座，改造水车一千二百辆，培训护林员三千五百人。苗木的损耗率已经下降了135%，苗圃都用满了。"
    "新建的水库蓄水1.5亿立方，苗木的成活率要升5‰。气温>5度的时候浇水，1/3的苗圃要改造，每亩投入$100万。"
    "这项规定自4月1日起施行，各林场都要照办。我们要统一一切力量，把苗圃管好。买一棵苗要收二三十元。"
    "林下的面子是小事，苗木的根子是大事。账上记着甲\uE863乙元的旧账，谁也不能改。苗木的合格率提高百分之九十三。"
    "每天要浇5-8桶水，水表误差是±5毫米，用三至五年养好，一共派了三四百人。苗圃的面积扩大两成以上。\n"
    "（2031年9月2日在川西林业座谈会上的讲话）\n";
const Text kSums{"sums.txt", kFigures, "苗圃账目讲话选编", "远山", "2032-09-16", "speech", "print"};

// A sign, a unit or a part of a number is a part of what it says; other figures for one number are not.
TEST(Verdicts, OfFiguresAndSigns) {
  const std::vector<Case> cases{
      {"a lost minus", "增速为3.5%，低于上年同期的水平", Verdict::variant, Level::fix, "sensitive"},
      {"a lost minus at the beginning", "3.5%，低于上年同期的水平", Verdict::variant, Level::fix, "sensitive"},
      {"the fourth decimal", "每亩苗木的水费定为6.8979元，三年没有变过", Verdict::variant, Level::fix, "sensitive"},
      {"figures for words", "今年要建苗圃40座，改造水车1200辆，培训护林员3500人", Verdict::punctuation,
       Level::check, ""},
      {"figures at the end", "苗木的合格率提高93%", Verdict::punctuation, Level::check, ""},
      {"a number cut in two", "35%，苗圃都用满了。新建的水库蓄水1.5亿立方", Verdict::variant, Level::fix,
       "sensitive"},
      {"a word that begins with a figure", "一切力量，把苗圃管好", Verdict::verbatim, Level::ok, ""},
      {"words for figures", "新建的水库蓄水一亿五千万立方，苗木的成活率要升千分之五", Verdict::punctuation,
       Level::check, ""},
      {"another sign", "气温<5度的时候浇水，1/3的苗圃要改造", Verdict::variant, Level::fix, "sensitive"},
      {"no stroke", "气温>5度的时候浇水，13的苗圃要改造", Verdict::variant, Level::fix, "sensitive"},
      {"another currency", "1/3的苗圃要改造，每亩投入￥100万", Verdict::variant, Level::fix, "sensitive"},
      {"a date in words", "这项规定自四月一日起施行，各林场都要照办", Verdict::punctuation, Level::check, ""},
      {"about twenty", "买一棵苗要收230元。林下的面子是小事", Verdict::variant, Level::fix, "sensitive"},
      {"one letter of the other script", "林下的麵子是小事，苗木的根子是大事", Verdict::variant, Level::check,
       "form"},
      {"a range for a number", "每天要浇58桶水，水表误差是±5毫米", Verdict::variant, Level::fix, "sensitive"},
      {"another dash", "每天要浇5～8桶水，水表误差是±5毫米", Verdict::punctuation, Level::check, ""},
      {"no tolerance", "每天要浇5-8桶水，水表误差是5毫米", Verdict::variant, Level::fix, "sensitive"},
      {"a range in figures", "水表误差是±5毫米，用3至5年养好", Verdict::punctuation, Level::check, ""},
      {"and more", "苗圃的面积扩大两成", Verdict::verbatim, Level::fix, "context-cut"},
      {"a letter that nobody can read", "账上记着甲\uE864乙元的旧账，谁也不能改", Verdict::variant, Level::fix,
       "sensitive"},
      {"a mark for a letter", "□苗木的根子是大事。账上记着", Verdict::punctuation, Level::check, ""},
  };
  for (const Case& c : cases) {
    const Told told(quoted(c.words), {kSums});
    const Finding& f = told.only();
    EXPECT_EQ(name(f.verdict), name(c.verdict)) << c.what;
    EXPECT_EQ(name(f.level), name(c.level)) << c.what;
    EXPECT_EQ(flags(f), c.flags) << c.what;
  }
}

// A sentence of several meetings in one book was said at each of them.
TEST(Verdicts, KnowEachPlaceOfARefrain) {
  std::string book = "林业讲话选编\n\n";
  for (int i = 1; i <= 7; ++i)
    book += "第" + std::to_string(i) +
            "部分说的是修林道的事。\n林道要修好，护林员要用好，一条也不能少。\n（2030年" + std::to_string(i) +
            "月4日在云川林业座谈会上的讲话）\n";
  const Told told("2030年6月4日，沙漏在云川林业座谈会上指出：“林道要修好，护林员要用好，一条也不能少。”\n",
                  {{"book.txt", book, "林业讲话选编", "远山", "2032-08-16", "speech", "print"}});
  EXPECT_EQ(name(told.only().level), "ok");
  EXPECT_EQ(told.only().sources.size(), 7U);
}

// A clause is found whose first letters stand in too many places to be asked for.
TEST(Verdicts, FindPiecesBehindAFrequentBeginning) {
  const std::vector<std::string> clauses{"山乡苗圃要把沟渠先挖到地头再谈栽树的事情",
                                         "山乡苗圃要请老把式来教年轻人认土认水",
                                         "山乡苗圃要替住在坡上的人家留一条好走的路"};
  std::vector<Text> library;
  for (const std::string& clause : clauses)
    library.push_back({"r" + std::to_string(library.size()) + ".txt", "苗圃见闻\n\n" + clause + "。\n", "苗圃见闻",
                       "远山", "2032-08-1" + std::to_string(library.size()), "report", "print"});
  std::string filler = "苗圃账目\n\n";
  for (int i = 0; i < 2100; ++i) filler += "山乡苗圃要" + std::to_string(i) + "。";
  library.push_back({"filler.txt", filler + "\n", "苗圃账目", "远山", "2032-09-16", "report", "print"});
  const Told told("沙漏指出：“" + clauses[0] + "，" + clauses[1] + "，" + clauses[2] + "。”\n", library);
  EXPECT_EQ(name(told.only().verdict), "composite");
}

// The mark that opens a long quotation is set again before each of its paragraphs; what a heading says is said.
TEST(Verdicts, OfQuotationsOverParagraphs) {
  const Text base{
      "hills.txt",
      "苗圃讲话\n\n我们必须把每一座苗圃的底细摸清楚，一座也不能少。\n\n"
      "苗木不是喊出来的，是一锹一锹种出来的。\n\n一、不许砍树\n\n今后还要把树苗管好，谁种谁管，一管到底。\n",
      "苗圃讲话",
      "远山",
      "2032-09-16",
      "speech",
      "print"};
  const Told again(
      quoted("我们必须把每一座苗圃的底细摸清楚，一座也不能少。\n\n“苗木不是喊出来的，是一锹一锹种出来的"), {base});
  EXPECT_EQ(name(again.only().level), "ok");
  const Told without(quoted("苗木不是喊出来的，是一锹一锹种出来的。今后还要把树苗管好，谁种谁管，一管到底"),
                     {base});
  EXPECT_EQ(name(without.only().verdict), "abridged-unmarked");
}

// Few letters, and the sense is another one; and what looks like a change and is none.
TEST(Verdicts, OfSmallChanges) {
  const std::vector<Case> cases{
      {"万 for 亿", "去年全省种树一千二百亿株，成活率达到百分之九十三点五", Verdict::variant, Level::fix,
       "sensitive"},
      {"a lost point", "成活率达到百分之九十三点五，林场职工增收86%", Verdict::variant, Level::fix, "sensitive"},
      {"per mille", "成活率达到百分之九十三点五，林场职工增收8.6‰", Verdict::variant, Level::fix, "sensitive"},
      {"one number, written otherwise", "去年全省种树1200万株，成活率达到百分之九十三点五", Verdict::punctuation,
       Level::check, ""},
      {"another year", "今年全省种树一千二百万株，成活率达到百分之九十三点五", Verdict::variant, Level::fix,
       "sensitive"},
      {"不同 without 不", "林道要不断修，同的林子要用不同的修法", Verdict::variant, Level::fix, "sensitive"},
      {"a clause twice", "林道要不断修，不同的林子要用不同的修法，不同的林子要用不同的修法", Verdict::expanded,
       Level::fix, ""},
      {"without its condition", "来年的苗木就不会短缺，山下的水田也不会干旱", Verdict::verbatim, Level::fix,
       "context-cut"},
      {"with its condition", "只要雨水调匀，来年的苗木就不会短缺", Verdict::verbatim, Level::ok, ""},
      {"without its 但", "护林员的津贴已经发到手了", Verdict::verbatim, Level::fix, "context-cut"},
      {"an ellipsis for 但", "护林员的津贴已经发到手了……今年要补上", Verdict::abridged_marked, Level::fix,
       "sensitive"},
      {"an ellipsis for the condition", "不同的林子要用不同的修法……来年的苗木就不会短缺", Verdict::abridged_marked,
       Level::fix, "sensitive"},
      {"a question made a statement", "巡山账是不是就等于林子的账。", Verdict::punctuation, Level::check, ""},
      {"a question", "巡山账是不是就等于林子的账？", Verdict::verbatim, Level::ok, ""},
      {"a statement made a question", "林道要不断修，不同的林子要用不同的修法？", Verdict::punctuation,
       Level::check, ""},
      {"a stop for a comma", "林道要不断修，不同的林子要用不同的修法，", Verdict::verbatim, Level::ok, ""},
      {"marks of notes", "林道要不断修①，不同的林子要用不同的修法[2]", Verdict::folded, Level::ok, ""},
      {"a note's mark for a comma", "林道要不断修①。不同的林子要用不同的修法", Verdict::punctuation, Level::check,
       ""},
  };
  for (const Case& c : cases) {
    const Told told(quoted(c.words), {kAccounts});
    const Finding& f = told.only();
    EXPECT_EQ(name(f.verdict), name(c.verdict)) << c.what;
    EXPECT_EQ(name(f.level), name(c.level)) << c.what;
    EXPECT_EQ(flags(f), c.flags) << c.what;
  }
}

TEST(Verdicts, OfWordsThatSayWhatIsLeftOut) {
  for (const char* mark : {"（略）", "（中略）", "〔中略〕", "[略]", "……"}) {
    const Told told(quoted(std::string("树多的时候要有地方透风，") + mark + "这是护林的根本道理。"), {kBook});
    EXPECT_EQ(told.only().verdict, Verdict::abridged_marked) << mark;
    EXPECT_EQ(told.only().level, Level::note) << mark;
  }
}

TEST(Verdicts, OfReadingsAndSignsInsideTheWords) {
  for (const char* words : {"树多的时候（shí hou）要有地方透风，树少的时候要有地方遮阴",
                            "树多的时候(shíhou)要有地方透风，树少的时候要有地方遮阴",
                            "树多的时候〔shí hou〕要有地方透风，树少的时候要有地方遮阴",
                            "树多的<b>时候</b>要有地方透风，<br>树少的时候要有地方遮阴",
                            "树多的时候要有地方透风<sup>1</sup>，树少的时候要有地方遮阴",
                            "树多的时候要有地方透风¹，树少的时候要有地方遮阴",
                            "树多的<ruby>时<rt>shí</rt></ruby>候要有地方透风，树少的时候要有地方遮阴",
                            "<b>树多的时候</b>要有地方透风，树少的时候要有<mark>地方遮阴</mark>。"}) {
    const Told told(quoted(words), {kBook});
    EXPECT_EQ(told.only().verdict, Verdict::folded) << words;
  }
}

TEST(Verdicts, OfACharacterThatNoConversionMakesOfTheOther) {
  Text book = kBook;
  book.text =
      "沙漏講話選編\n\n發展林業要看山，發展漁業要看水，各縣的做法還要再議。\n（2031年3月8日在雲川林業座談會上的講話"
      "）\n";
  const Told right(quoted("发展林业要看山，发展渔业要看水"), {book});
  EXPECT_EQ(name(right.only().verdict), "folded");
  const Told wrong(quoted("髮展林业要看山，发展渔业要看水"), {book});
  EXPECT_EQ(name(wrong.only().verdict), "variant");
  EXPECT_EQ(flags(wrong.only()), "form");
}

TEST(Verdicts, OfAQuotationInsideWordsThatTheLibraryLacks) {
  const std::string inner = "林有林的脾气，树多的时候要有地方透光";
  const Told told(quoted("渡口的人那天夜里说起一件事，郗望澜讲过：‘" + inner + "。’月亮升起来的时候大家还在议论"),
                  {kBook});
  std::size_t variants = 0;
  for (const Finding& f : told.findings)
    variants += f.verdict == Verdict::variant && f.form == Finding::Form::direct;
  EXPECT_EQ(variants, 1U);
  // Words around it that the library lacks are not added to it.
  const Told around(
      quoted("我最喜欢的是那句‘林有林的脾气，树多的时候要有地方透风，树少的时候要有地方遮阴’，听着提气",
             "渡口的人说：“"),
      {kBook});
  ASSERT_EQ(around.findings.size(), 2U);
  EXPECT_EQ(around.findings[0].verdict, Verdict::not_found);
  EXPECT_EQ(around.findings[1].verdict, Verdict::verbatim);
  // Nor is what gives them as somebody's, though a report has that too.
  const Text report{"report.txt",
                    "郗望澜5月19日在青岭考察。郗望澜强调，护林员要有新担当新作为，林子要一年比一年密。\n"};
  const std::string told_words = "‘护林员要有新担当新作为，林子要一年比一年密。’";
  const Told led(quoted("我记得郗望澜强调过，" + told_words + "这话我抄在本子上", "老陈说：“"), {report});
  ASSERT_EQ(led.findings.size(), 2U);
  EXPECT_EQ(led.findings[0].verdict, Verdict::not_found);
  EXPECT_EQ(led.findings[1].verdict, Verdict::verbatim);
  const Told whole(quoted("郗望澜强调，" + told_words, "报上写道：“"), {report});
  EXPECT_NE(whole.findings[0].verdict, Verdict::not_found);
  // Not twice where the library has all of it.
  Text book = kBook;
  book.text =
      "沙漏讲话选编\n\n老人常说：“一座山养不活两条河，一条河养得活一座山。”这句话我记了三十年，今天讲给你们听。\n"
      "（2031年3月8日在云川林业座谈会上的讲话）\n";
  const Told once(quoted("老人常说：‘一座山养不活两条河，一条河养得活一座山。’这句话我记了三十年"), {book});
  EXPECT_EQ(std::count_if(once.findings.begin(), once.findings.end(),
                          [](const Finding& f) { return f.form == Finding::Form::direct; }),
            1);
}

// An answer is the interview's own; what it quotes is told.
TEST(Verdicts, OfAQuotationInsideAnAnswer) {
  const Told told(
      "记者：哪句话让您印象最深？\n郗望澜：这个说法不准确。原话是“凡是能不砍的老树都要砍”。您注意这几个字，山里人都"
      "懂。\n"
      "记者：后来呢？\n郗望澜：后来的事情山里的人都知道，河里的鱼也回来了，渡口又有了船。\n",
      {kBook});
  EXPECT_TRUE(std::any_of(told.findings.begin(), told.findings.end(), [](const Finding& f) {
    return f.verdict == Verdict::variant && f.mark && f.level == Level::check;
  }));
}

// What the base says elsewhere in nearly the same words is no other reading of it.
TEST(Verdicts, OfWordsThatTheBaseRepeats) {
  Text book = kBook;
  book.text =
      "沙漏讲话选编\n\n巡山要走到沟底，不要只走大路，这是老规矩。护林先要识林，林有林的脾气。巡山要走到沟里，不要只"
      "走大路，"
      "这是老规矩。\n（2031年3月8日在云川林业座谈会上的讲话）\n";
  const Told told(quoted("巡山要走到沟底，不要只走大路，这是老规矩"), {book});
  EXPECT_EQ(told.only().verdict, Verdict::verbatim);
  EXPECT_EQ(flags(told.only()), "");
}

TEST(Verdicts, OfWordsBehindACircumstance) {
  Text book = kBook;
  book.text =
      "沙漏讲话选编\n\n在雨水偏少的情况下，山里的苗木仍然成活了九成。护林员走遍了每一条沟。在不增加人手的情况下，林"
      "场的账要"
      "按月公布，让每一户都看得见。\n（2031年3月8日在云川林业座谈会上的讲话）\n";
  const Told told(quoted("山里的苗木仍然成活了九成。护林员走遍了每一条沟"), {book});
  EXPECT_EQ(flags(told.only()), "context-turns");
  const Told condition(quoted("林场的账要按月公布，让每一户都看得见"), {book});
  EXPECT_TRUE(condition.only().has(Flag::context_cut)) << flags(condition.only());
}

// The edit is the whole figure.
TEST(Verdicts, OfAFigure) {
  Text book = kBook;
  book.text =
      "沙漏讲话选编\n\n林场职工的平均收入去年增长14.5%，苗木成活了9080亩，山里人都高兴。\n"
      "（2031年3月8日在云川林业座谈会上的讲话）\n";
  const Told told(quoted("林场职工的平均收入去年增长15.4%，苗木成活了9800亩"), {book});
  const auto& edits = told.only().sources[0].comparison.edits;
  const CorpusWork& at = told.all.corpus.works[told.only().work];
  ASSERT_EQ(edits.size(), 2U);
  EXPECT_EQ(to_utf8(told.all.corpus.document(at).text_of(edits[0].to)), "15.4");
  EXPECT_EQ(to_utf8(told.all.corpus.document(at).text_of(edits[1].to)), "9800");
  EXPECT_TRUE(edits[0].sensitive);
}

TEST(Verdicts, OfIndirectSpeech) {
  struct Indirect {
    const char *words, *flags;
    Verdict verdict;
    Level level;
  };
  for (const Indirect& c :
       {Indirect{"要给护林员发好雨衣和津贴，全省一百二十座林场都要办到", "", Verdict::verbatim, Level::ok},
        Indirect{"给护林员发好雨衣和津贴，全省一百二十座林场都要办", "", Verdict::paraphrase, Level::note},
        Indirect{"给护林员发好雨衣和津贴，全省一百二十座林场都要尽早办到", "", Verdict::paraphrase, Level::note}}) {
    const Told told(std::string(kFill) + "郗望澜指出，" + c.words + "。\n", {kBook});
    const Finding& f = told.only();
    EXPECT_EQ(f.form, Finding::Form::indirect);
    EXPECT_EQ(name(f.verdict), name(c.verdict)) << c.words;
    EXPECT_EQ(name(f.level), name(c.level)) << c.words;
    EXPECT_EQ(flags(f), c.flags) << c.words;
  }
}

TEST(Verdicts, OfTwoPairsOfMarksAreTwo) {
  const Told told(std::string(kFill) + "郗望澜指出：“树多的时候要有地方透风”“要给护林员发好雨衣和津贴”。\n",
                  {kBook});
  std::vector<std::string> verdicts;
  for (const Finding& f : told.findings)
    if (f.form == Finding::Form::direct) verdicts.emplace_back(name(f.verdict));
  EXPECT_EQ(verdicts, (std::vector<std::string>{"verbatim", "verbatim"}));
}

struct Flagged {
  const char* what;
  std::string draft;
  const char* flag;
  bool there;
  Level least;
};

TEST(Flags, OfWhatStandsBesideAndWhatIsSaidOfTheSource) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  const std::vector<Flagged> cases{
      {"a cut behind 不", quoted("砍的老树就不砍，凡是能不修的林道就不修"), "context-cut", true, Level::fix},
      {"no cut", quoted(words), "context-cut", false, Level::ok},
      {"the right meeting", quoted(words, "在云川林业座谈会上，郗望澜指出：“"), "misattributed", false, Level::ok},
      {"another meeting", quoted(words, "在梨坪林场考察时，郗望澜指出：“"), "misattributed", true, Level::fix},
      {"the right day", quoted(words, "2031年3月8日，郗望澜指出：“"), "misattributed", false, Level::ok},
      {"another day", quoted(words, "2030年2月3日，郗望澜指出：“"), "misattributed", true, Level::fix},
      {"the right paper", quoted(words, "郗望澜指出：“", "”（《远山》2032年8月16日）。"), "misattributed", false,
       Level::ok},
      {"another day's paper", quoted(words, "郗望澜指出：“", "”（《远山》2031年6月1日）。"), "misattributed", true,
       Level::fix},
      {"a note that agrees",
       quoted(words, "郗望澜指出：“", "”①。") + "\n①郗望澜：《沙漏讲话选编》，《远山》2032年8月16日。\n",
       "misattributed", false, Level::ok},
      {"a note that differs",
       quoted(words, "郗望澜指出：“", "”[1]。") + "\n[1] 郗望澜：《沙漏讲话选编》，《远山》2031年6月1日。\n",
       "misattributed", true, Level::fix},
      {"a raised note that differs",
       quoted(words, "郗望澜指出：“", "”¹²。") + "\n¹² 郗望澜：《沙漏讲话选编》，《远山》2031年6月1日。\n",
       "misattributed", true, Level::fix},
      {"the same as a note that differs",
       quoted(words, "郗望澜指出：“", "”②。") + "\n①《远山》2031年6月1日。\n②同上。\n", "misattributed", true,
       Level::fix},
      {"many times", quoted(words, "郗望澜多次指出：“"), "claim-unchecked", true, Level::note},
      {"a day in Chinese numerals", quoted(words, "二〇三一年三月九日，郗望澜指出：“"), "misattributed", true,
       Level::fix},
      {"that day in Chinese numerals", quoted(words, "二〇三一年三月八日，郗望澜指出：“"), "misattributed", false,
       Level::ok},
      {"a year by the draft's", quoted(words, "去年3月，郗望澜指出：“"), "misattributed", true, Level::fix},
      {"the year before the last", quoted(words, "前年3月，郗望澜指出：“"), "misattributed", false, Level::ok},
      {"a day behind the name", quoted(words, "郗望澜2031年3月9日在云川林业座谈会上指出：“"), "misattributed", true,
       Level::fix},
      {"another meeting's number", quoted(words, "在云川第二次林业座谈会上，郗望澜指出：“"), "misattributed", false,
       Level::ok},
      {"a signature that agrees", quoted(words, "山里的老话：“", "”——郗望澜2031年3月8日在云川林业座谈会上的讲话\n"),
       "misattributed", false, Level::ok},
      {"a source in a signature's place", quoted(words, "山里的老话：“", "”——摘自《沙漏讲话选编》\n"),
       "misattributed", false, Level::ok},
      {"a signature of another day",
       quoted(words, "山里的老话：“", "”——郗望澜2031年3月9日在云川林业座谈会上的讲话\n"), "misattributed", true,
       Level::fix},
      {"a day without its year", quoted(words, "3月9日，郗望澜在云川林业座谈会上指出：“"), "misattributed", true,
       Level::fix},
      {"that day without its year", quoted(words, "3月8日，郗望澜在云川林业座谈会上指出：“"), "misattributed",
       false, Level::ok},
      {"a day without its year behind the name", quoted(words, "郗望澜3月9日在云川林业座谈会上指出：“"),
       "misattributed", true, Level::fix},
      {"a meeting's day without its year", quoted(words, "在3月9日召开的云川林业座谈会上，郗望澜指出：“"),
       "misattributed", true, Level::fix},
      {"a day of something else", quoted(words, "3月12日是植树节，郗望澜指出：“"), "misattributed", false,
       Level::ok},
      {"a year before the verb", quoted(words, "郗望澜在2030年提出：“"), "misattributed", true, Level::fix},
      {"a paper's report of its day", quoted(words, "据《远山》2032年8月16日报道，郗望澜指出：“"), "misattributed",
       false, Level::ok},
      {"a paper's report of another day", quoted(words, "据《远山》2032年8月18日报道，郗望澜指出：“"),
       "misattributed", true, Level::fix},
      {"the same without 据", quoted(words, "《远山》2032年8月18日报道，郗望澜指出：“"), "misattributed", true,
       Level::fix},
      {"a report of a paper that is not held", quoted(words, "据《云川晚报》2031年3月9日报道，郗望澜指出：“"),
       "claim-unchecked", true, Level::note},
      {"said for the first time, later", quoted(words, "2032年2月，郗望澜首次提出：“"), "misattributed", true,
       Level::fix},
      {"the first meeting", quoted(words, "2031年3月8日，郗望澜在第一次云川林业座谈会上指出：“"), "misattributed",
       false, Level::ok},
      {"said for the first time, later, at a meeting", quoted(words, "2032年2月，郗望澜第一次在会上提出：“"),
       "misattributed", true, Level::fix},
      {"said for the first time, earlier", quoted(words, "2030年2月，郗望澜首次提出：“"), "misattributed", false,
       Level::note},
  };
  // A signature without a stop speaks of the words above it alone.
  const Told signed_(quoted(words, "山里的老话：“", "”——郗望澜2031年3月9日在云川林业座谈会上的讲话\n\n") +
                         "郗望澜指出：“要给护林员发好雨衣和津贴，全省一百二十座林场都要办到”。\n",
                     {kBook});
  EXPECT_FALSE(signed_.findings.back().has(Flag::misattributed)) << flags(signed_.findings.back());
  for (const Flagged& c : cases) {
    const Told told(c.draft, {kBook});
    const auto f = std::find_if(told.findings.begin(), told.findings.end(),
                                [](const Finding& x) { return x.form == Finding::Form::direct; });
    ASSERT_NE(f, told.findings.end()) << c.what;
    EXPECT_EQ(flags(*f).find(c.flag) != std::string::npos, c.there) << c.what << ": " << flags(*f);
    EXPECT_GE(f->level, c.least) << c.what;
  }
}

// What stands beside a paper, a press or a site was printed that day, not said.
TEST(Claims, ATitleInWhichSomebodySaysItIsNoOccasion) {
  const Told named("沙漏在《沙漏讲话选编》中说：“护林先要识林。林有林的脾气，树多的时候要有地方透风。”\n", {kBook});
  EXPECT_EQ(name(named.only().level), "ok");
  const Told other("沙漏在《给苗圃的一封信》中说：“护林先要识林。林有林的脾气，树多的时候要有地方透风。”\n",
                   {kBook});
  EXPECT_EQ(name(other.only().level), "note");
}

TEST(Claims, ADayOfPrintingIsNotTheDayOfSaying) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  const auto told = [&](const std::string& note, bool foot) {
    return Told(foot ? quoted(words, "郗望澜指出：“", "”①。") + "\n① " + note + "。\n"
                     : quoted(words, "郗望澜指出：“", "”（" + note + "）。"),
                {kBook});
  };
  const std::string title = "郗望澜：《在云川林业座谈会上的讲话》，";
  for (const std::string& note :
       {std::string("《云川日报》2031年3月9日"), std::string("《云川日报》2031年3月9日第1版"),
        title + "《云川日报》2031年3月9日", title + "载《护林》2031年4月", title + "《护林》2031年第4期",
        title + "云川：云川出版社，2035年，第12页", std::string("云川出版社2035年版，第12页"),
        std::string("据云川新闻网，2031年3月9日"), std::string("新华社云川2031年3月9日电"),
        std::string("郗望澜：《林有林的脾气》，2031年3月9日"),
        std::string("郗望澜. 林有林的脾气[N]. 云川日报, 2031-03-09(1)"),
        std::string("郗望澜. 林有林的脾气[EB/OL]. (2031-03-09)[2032-01-01]")})
    for (const bool foot : {false, true}) {
      const Told at = told(note, foot);
      ASSERT_FALSE(at.findings.empty());
      EXPECT_EQ(flags(at.findings[0]), "claim-unchecked") << note;
      EXPECT_EQ(at.findings[0].level, Level::note) << note;
    }
  for (const std::string& note :
       {std::string("2031年3月9日"), title + "2031年3月9日", std::string("2031年3月9日在云川林业座谈会上的讲话"),
        std::string("《远山》2031年3月9日"), std::string("2031年3月9日，《云川日报》2031年3月10日")})
    EXPECT_TRUE(told(note, false).findings[0].has(Flag::misattributed)) << note;
  const Told both = told("《在云川林业座谈会上的讲话》（2031年3月9日），《云川日报》2031年3月10日", true);
  EXPECT_TRUE(both.findings[0].has(Flag::misattributed)) << "a speech's own day beside a paper's";
}

TEST(Claims, AReportIsPrintedOnTheDayAfterWhatItTells) {
  const std::string report =
      "沈砚秋在青岭县调研时强调 把桥修到心坎上\n云川日报 2031年9月3日\n\n　　9月2日，省长沈砚秋到青岭县调研。\n"
      "　　沈砚秋强调，山里修桥，要多听老人的话，少听图纸的话。\n";
  const auto told = [&](const std::string& day) {
    const Told at(
        quoted("山里修桥，要多听老人的话，少听图纸的话。", "沈砚秋" + day + "在青岭县调研时强调：“", "”") + "\n",
        {{"report.txt", report}});
    return flags(at.findings.at(0));
  };
  EXPECT_EQ(told("2031年9月2日"), "");
  EXPECT_EQ(told("2031年9月3日"), "claim-unchecked");
  EXPECT_EQ(told("2031年8月2日"), "misattributed");
}

TEST(Claims, OfANotesAuthorWhereNobodyIsSaidToSpeak) {
  const std::string speech =
      "在雾州市渡口安全工作会议上的讲话\n\n（2033年4月12日）\n\n沈砚秋\n\n同志们：\n\n"
      "安全不是喊出来的，是一道缆绳一道缆绳检查出来的。渡口虽小，连着千家万户。\n";
  const auto told = [&](const std::string& author) {
    const Told at(quoted("安全不是喊出来的，是一道缆绳一道缆绳检查出来的。", "会上有这样一句话：“", "”①") + "\n① " +
                      author + "：《在雾州市渡口安全工作会议上的讲话》，2033年4月12日。\n",
                  {{"speech.txt", speech}}, "2033-06-01");
    const auto f =
        std::find_if(at.findings.begin(), at.findings.end(), [](const Finding& x) { return x.quotation; });
    return f == at.findings.end() ? std::string("none") : flags(*f);
  };
  EXPECT_EQ(told("沈砚秋"), "");
  EXPECT_EQ(told("陆闻笛"), "misattributed");
}

TEST(Claims, OfAnActItsTitleArticleAndDay) {
  const std::string act =
      "雾州市渡口管理办法\n\n（2032年11月20日雾州市水运局发布）\n\n第一条 "
      "为了加强渡口管理，保障渡运安全，制定本办法。\n\n"
      "第二条 本办法所称渡口，是指供渡船停靠、人员上下的码头及其附属设施。\n\n"
      "第三条 渡口经营人应当为渡船购买责任保险，不得使用报废船舶从事渡运。\n";
  const auto told = [&](const std::string& lead) {
    const Told at(quoted("渡口经营人应当为渡船购买责任保险，不得使用报废船舶从事渡运。", lead, "”"),
                  {{"act.txt", act}}, "2033-06-01");
    return at.findings.empty() ? std::string("none") : flags(at.findings[0]);
  };
  EXPECT_EQ(told("《雾州市渡口管理办法》第三条规定：“"), "");
  EXPECT_EQ(told("《雾州市渡口管理办法》第二条规定：“"), "misattributed");
  EXPECT_EQ(told("《雾州市船舶管理办法》第三条规定：“"), "claim-unchecked");
  EXPECT_EQ(told("《雾州市渡口管理办法》（2032年11月20日发布）第三条规定：“"), "");
  EXPECT_EQ(told("《雾州市渡口管理办法》（2031年11月20日发布）第三条规定：“"), "misattributed");
}

TEST(Claims, ASurnameWithATitleIsTheSpeaker) {
  const std::string speech =
      "在雾州市渡口安全工作会议上的讲话\n\n（2033年4月12日）\n\n沈砚秋\n\n同志们：\n\n"
      "渡口虽小，连着千家万户。我们必须把每一条渡船的底细摸清楚。\n\n安全不是喊出来的，是一道缆绳一道缆绳检查出来的"
      "。\n";
  const auto told = [&](const std::string& who) {
    const Told at(quoted("渡口虽小，连着千家万户。", who + "说：“"), {{"speech.txt", speech}}, "2033-06-01");
    return at.only().has(Flag::misattributed);
  };
  for (const char* who : {"沈局长", "沈副局长", "沈老师", "沈某某", "沈某", "沈总", "局长沈砚秋"})
    EXPECT_FALSE(told(who)) << who;
  for (const char* who : {"宋局长", "沈怀璧", "宋某某"}) EXPECT_TRUE(told(who)) << who;
}

TEST(Flags, AReportOfAnotherYear) {
  Text book = kBook;
  book.title = "全省林业工作报告——2031年3月8日在云川第三次林业大会上";
  book.text =
      "全省林业工作报告——2031年3月8日在云川第三次林业大会上\n\n"
      "各位代表：\n林有林的脾气，树多的时候要有地方透风，树少的时候要有地方遮阴，这是护林的根本道理。\n";
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  for (const auto& [before, after, differs] : std::vector<std::tuple<std::string, std::string, bool>>{
           {"郗望澜在2031年全省林业工作报告中指出：“", "”。", false},
           {"郗望澜在2029年全省林业工作报告中指出：“", "”。", true},
           {"2031年3月8日，郗望澜指出：“", "”。", false},
           {"2031年3月9日，郗望澜指出：“", "”。", true},
           {"山里的老话：“", "”（2031年全省林业工作报告）。", false},
           {"山里的老话：“", "”（2029年全省林业工作报告）。", true}}) {
    const Told told(quoted(words, before, after), {book});
    EXPECT_EQ(told.only().has(Flag::misattributed), differs) << before << after << flags(told.only());
  }
}

TEST(Flags, AReportOfAnotherYearInItsTitle) {
  const Text report{
      "report.txt",
      "2031年全省林业工作报告\n\n林业局局长 郗望澜\n\n各位代表：\n林有林的脾气，树多的时候要有地方透风，"
      "树少的时候要有地方遮阴，这是护林的根本道理。\n",
      "2031年全省林业工作报告",
      "",
      "",
      "speech"};
  for (const auto& [lead, flag] : std::vector<std::pair<std::string, std::string>>{
           {"2031年全省林业工作报告指出：“", ""},
           {"2029年全省林业工作报告指出：“", "misattributed"},
           {"《2029年全省林业工作报告》指出：“", "misattributed"},
           {"郗望澜在2029年全省林业工作报告中指出：“", "misattributed"}})
    EXPECT_EQ(flags(Told(quoted("树多的时候要有地方透风，树少的时候要有地方遮阴", lead), {report}).only()), flag)
        << lead;
}

// A report whose title names no meeting tells of it before its address, or does not.
TEST(Claims, TheSessionOfAReport) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  const auto report = [&](const std::string& line) {
    return Text{
        "report.txt",
        "林业工作报告\n" + line + "省长 郗望澜\n各位代表：\n林有林的脾气，" + words + "，这是护林的根本道理。\n",
        "2031年林业工作报告",
        "",
        "2031-03-08",
        "speech"};
  };
  const Text dated = report("——2031年3月8日在第三十五届全国人民代表大会第二次会议上\n"), bare = report("");
  for (const auto& [lead, known, unknown] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"郗望澜在三十五届全国人大二次会议上指出：“", "", "claim-unchecked"},
           {"郗望澜在第三十五届全国人民代表大会第二次会议上作林业工作报告时指出：“", "", "claim-unchecked"},
           {"郗望澜在第三十二届全国人民代表大会第二次会议上作林业工作报告时指出：“", "misattributed",
            "claim-unchecked"},
           {"郗望澜在全省水务大会上指出：“", "misattributed", "claim-unchecked"},
           {"2030年3月，郗望澜指出：“", "misattributed", "misattributed"}}) {
    EXPECT_EQ(flags(Told(quoted(words, lead), {dated}).only()), known) << lead;
    EXPECT_EQ(flags(Told(quoted(words, lead), {bare}).only()), unknown) << lead;
  }
}

// A year in words, and reports that no verb of saying names.
TEST(Claims, AReportIsNamedInManyWays) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴，这是护林的根本道理";
  const Text report{"report.txt",         "2031年林业工作报告\n\n各位代表：\n林有林的脾气，" + words + "。\n",
                    "2031年林业工作报告", "",
                    "2031-03-08",         "speech"};
  const auto told = [&](const std::string& draft) { return flags(Told(kFill + draft + "\n", {report}).only()); };
  const auto with = [](std::string form, const std::string& year) { return form.replace(form.find('Y'), 1, year); };
  for (const std::string form :
       {"Y年林业工作报告指出：“W。”", "在Y年林业工作报告中，郗望澜说：“W。”", "“W。”（Y年林业工作报告）",
        "Y年林业工作报告：“W。”", "《Y年林业工作报告》：“W。”", "正如Y年林业工作报告所指出的，“W”。",
        "根据Y年林业工作报告，“W”。", "Y年林业工作报告中“W”这句话，流传很广。", "“W。”出自Y年林业工作报告。",
        "“W”这句话，见于Y年林业工作报告。", "Y年：“W。”", "报告说，“W”[1]。\n\n[1] 参见Y年林业工作报告。"}) {
    std::string draft = form;
    draft.replace(draft.find('W'), 1, words);
    EXPECT_EQ(told(with(draft, "2031")), "") << form;
    EXPECT_EQ(told(with(draft, "二〇三一")), "") << form;
    EXPECT_EQ(told(with(draft, "2029")), "misattributed") << form;
    EXPECT_EQ(told(with(draft, "二〇二九")), "misattributed") << form;
  }
  // Named in the sentence, and not said to have the words.
  EXPECT_EQ(told("人们读着2029年林业工作报告走进林子里去，一路念着那一句“" + words + "”。"), "claim-unchecked");
}

// A text that is said to have the words, and another that has them.
TEST(Claims, OfATextThatSpeaks) {
  const Text act{
      "act.txt",
      "云川护林规划纲要\n\n林有林的脾气，树多的时候要有地方透风，树少的时候要有地方遮阴，这是护林的根本道理。\n",
      "云川护林规划纲要",
      "",
      "2031-03-08",
      "decision"};
  const auto told = [&](const std::string& lead) {
    return flags(Told(quoted("树多的时候要有地方透风，树少的时候要有地方遮阴", lead), {act}).only());
  };
  EXPECT_EQ(told("《云川护林规划纲要》提出：“"), "");
  EXPECT_EQ(told("《云川水务规划纲要》提出：“"), "claim-unchecked");
  EXPECT_EQ(told("宪法明确规定，“"), "claim-unchecked");
}

// A day and an occasion are those of the words that they lead to.
TEST(Claims, AreNotCarriedToTheNextWords) {
  const auto told = [&](const std::string& draft) {
    const Told of(kFill + draft + "\n", {kBook});
    std::string out;
    for (const Finding& f : of.findings)
      if (f.form != Finding::Form::unmarked) out += (f.has(Flag::misattributed) ? "x" : ".");
    return out;
  };
  const std::string first = "“要给护林员发好雨衣和津贴，全省一百二十座林场都要办到”",
                    second = "“树多的时候要有地方透风，树少的时候要有地方遮阴”";
  EXPECT_EQ(told("郗望澜2031年5月20日指出" + first + "，2031年3月8日强调" + second + "。"), "..");
  EXPECT_EQ(told("郗望澜2031年5月20日指出" + first + "，2031年4月8日强调" + second + "。"), ".x");
  EXPECT_EQ(told("郗望澜在梨坪林场考察时指出" + first + "，在云川林业座谈会上强调" + second + "。"), "..");
}

TEST(Claims, WhereTheSpeakerTellsThatHeSaidIt) {
  const Text book{"speech.txt",
                  "沙漏讲话选编\n\n护林先要识林，林有林的脾气。\n（2031年3月8日在云川林业座谈会上的讲话）\n\n"
                  "去年我在石塘、梨坪、桐湾等地调研时说过，要把水账算清楚，谁用水谁记账。护林员不是看山的闲人。\n"
                  "（2031年5月20日在全省水务大会上的讲话）\n",
                  "沙漏讲话选编",
                  "远山",
                  "2032-08-16",
                  "speech",
                  "print"};
  const auto told = [&](const std::string& lead) {
    return flags(Told(quoted("要把水账算清楚，谁用水谁记账。", lead), {book}).only());
  };
  EXPECT_EQ(told("郗望澜在石塘、梨坪、桐湾等地调研时指出：“"), "");
  EXPECT_EQ(told("郗望澜在全省水务大会上指出：“"), "");
  EXPECT_EQ(told("郗望澜在云川林业座谈会上指出：“"), "misattributed");
}

TEST(Claims, OfAReportsOccasionItsStopsAndWhoSpeaks) {
  const Text report{
      "report.txt",
      "郗望澜在云川考察时强调 把山上的林和山下的田一起管好\n\n"
      "远山讯 5月6日至8日，郗望澜在云川考察。\n\n"
      "6日上午，郗望澜来到梨坪林场，察看苗圃。郗望澜指出，林场要靠人，人要靠手艺，种树的人不能离开山。"
      "种下一棵树只要一天，看住一片林要用一辈子。\n\n"
      "7日，郗望澜参观了石塘水文馆，看得很仔细。郗望澜强调，水从哪里来，账就从哪里算起，不能只看下游的碗。\n\n"
      "山上的林要有人看，山下的田要有水浇，两样都不能少。\n",
      "郗望澜在云川考察时强调 把山上的林和山下的田一起管好", "远山", "2032-05-09"};
  const std::string stop = "水从哪里来，账就从哪里算起，不能只看下游的碗。";
  for (const auto& [before, after, flag] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"郗望澜在云川考察时强调：“", "”。", ""},
           {"在石塘水文馆参观时，郗望澜强调：“", "”。", ""},
           {"在这里考察时，郗望澜强调：“", "”。", ""},
           {"在桐湾码头考察时，郗望澜强调：“", "”。", "claim-unchecked"},
           {"郗望澜在全省渔业座谈会上强调：“", "”。", "misattributed"},
           {"老人们常念：“", "”（郗望澜在云川考察时的讲话）", ""},
           {"老人们常念：“", "”（2032年5月7日郗望澜在云川考察时的讲话）", ""},
           {"老人们常念：“", "”（郗望澜在全省渔业座谈会上的讲话）", "misattributed"},
           {"老人们常念：“", "”（陆闻笛在云川考察时的讲话）", "misattributed"},
           {"2031年，全省渔业办法出台；郗望澜强调：“", "”。", ""}})
    EXPECT_EQ(flags(Told(quoted(stop, before, after), {report}).only()), flag) << before << after;
  // Who is named in the title does not therefore say what the report tells, nor is another denied.
  const std::string alone = "山上的林要有人看，山下的田要有水浇，两样都不能少。";
  EXPECT_EQ(flags(Told(quoted(alone, "郗望澜指出：“"), {report}).only()), "claim-unchecked");
  EXPECT_EQ(flags(Told(quoted(alone, "陆闻笛指出：“"), {report}).only()), "claim-unchecked");
  // With a second text that says so, it does.
  const Text other{"other.txt", "护林的账\n\n郗望澜指出，“" + alone + "”大家记在心里。\n", "护林的账", "云川",
                   "2032-05-20"};
  EXPECT_EQ(flags(Told(quoted(alone, "陆闻笛指出：“"), {report, other}).only()), "misattributed");
}

TEST(Verdicts, OfAFewLettersBeforeAMarkOfOmission) {
  const Text report{
      "report.txt",
      "护林的账\n\n郗望澜指出，必须记住，山是祖宗留下来的，河是老天给的，谁也没有权利把它糟蹋掉。要爱林护林，"
      "一起出力，山上的林子就会好起来。\n",
      "护林的账", "远山", "2032-05-07"};
  for (const auto& [words, verdict] : std::vector<std::pair<std::string, Verdict>>{
           {"必须……谁也没有权利把它糟蹋掉。", Verdict::abridged_marked},
           {"必须记住，……谁也没有权利把它糟蹋掉。", Verdict::abridged_marked},
           {"要……一起出力，山上的林子就会好起来。", Verdict::abridged_marked},
           {"必须……一起出力，山上的林子就会好起来。", Verdict::variant},
           {"必须谁也没有权利把它糟蹋掉。", Verdict::variant}})
    EXPECT_EQ(Told(quoted(words, "郗望澜指出：“"), {report}).only().verdict, verdict) << words;
}

TEST(Verify, ReadsNumberedSayingsThatEndWithoutAStop) {
  const Text report{"report.txt",
                    "护林的账\n\n郗望澜指出，谁也无法割断我们的血脉，谁也不能阻挡两村合并的历史大势！\n",
                    "护林的账", "远山", "2032-05-07"};
  const Told told(std::string(kFill) +
                      "\n\n1. “谁都无法割断我们的血脉，谁也不能阻挡两村合并的历史大势！”——郗望澜\n\n"
                      "2. “谁也无法割断我们的血脉”——郗望澜\n\n三、“两村一路”\n\n各县都在谈它。\n",
                  {report});
  std::vector<Verdict> verdicts;
  for (const Finding& f : told.findings)
    if (f.form != Finding::Form::unmarked) verdicts.push_back(f.verdict);
  EXPECT_EQ(verdicts, (std::vector{Verdict::variant, Verdict::verbatim}));
}

TEST(Claims, OfAnotherStateOrLevelOfMeeting) {
  const auto report = [](const std::string& meeting, const std::string& words) {
    const std::string title = "郗望澜" + meeting;
    return Text{"report.txt", title + "\n\n远山讯 5月6日，郗望澜" + meeting + "。郗望澜指出，" + words + "\n",
                title, "远山", "2032-05-07"};
  };
  const std::string words = "山里的路修到哪里，客人的车就能开到哪里，账就从哪里算起。";
  const Text guests = report("在云川会见美国林业学者代表", words),
             meeting = report("在全省林业工作会议上强调护好每一棵树", words);
  EXPECT_EQ(flags(Told(quoted(words, "在云川会见美国林业学者代表时，郗望澜指出：“"), {guests}).only()), "");
  EXPECT_EQ(flags(Told(quoted(words, "在云川会见法国林业学者代表时，郗望澜指出：“"), {guests}).only()),
            "misattributed");
  EXPECT_EQ(flags(Told(quoted(words, "在全省林业工作会议上，郗望澜指出：“"), {meeting}).only()), "");
  EXPECT_EQ(flags(Told(quoted(words, "在全国林业工作会议上，郗望澜指出：“"), {meeting}).only()), "misattributed");
}

TEST(Claims, WhatAReportSaysItselfAndWhatOthersSayIsNotTheHosts) {
  const Text report{"report.txt",
                    "郗望澜会见客商代表\n\n远山讯 5月6日，郗望澜会见客商代表。\n\n"
                    "郗望澜指出，云川的门不会关上，林子的账要一笔一笔算清楚。\n\n"
                    "客商代表罗伯特、高朗等在发言中感谢郗望澜拨冗会见。他们表示，山里的路很好走。"
                    "一个山青水绿的云川是周边各省的好邻居。\n\n在河口村，郗望澜同村民亲切交谈，问了收成和水价。\n",
                    "郗望澜会见客商代表", "远山", "2032-05-07"};
  const auto result = [&](const std::string& words) {
    const Told told(quoted(words, "郗望澜说：“"), {report});
    for (const Claim& c : told.only().claims)
      if (c.kind == Claim::Kind::speaker) return c.result;
    return Claim::Result::differs;
  };
  EXPECT_EQ(result("云川的门不会关上，林子的账要一笔一笔算清楚。"), Claim::Result::agrees);
  EXPECT_EQ(result("一个山青水绿的云川是周边各省的好邻居。"), Claim::Result::unchecked);
  EXPECT_EQ(result("在河口村，郗望澜同村民亲切交谈，问了收成和水价。"), Claim::Result::unchecked);
}

TEST(Claims, AnOfficeAloneDeniesNobody) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt",
                    "郗望澜在全省林业工作会议上强调护好每一棵树\n\n远山讯 "
                    "全省林业工作会议5月6日召开。省长郗望澜出席会议并发表讲话强调，" +
                        words + "\n",
                    "郗望澜在全省林业工作会议上强调护好每一棵树", "远山", "2032-05-07"};
  EXPECT_NE(flags(Told(quoted(words, "郗望澜指出：“"), {report}).only()), "misattributed");
}

// Whoever stands before a verb of saying is a person, known or not.
TEST(Claims, OfForeignGuestsWhomNoTableKnows) {
  const Text report{"report.txt",
                    "郗望澜同北原州州长举行会晤\n\n远山讯 5月6日，云川省省长郗望澜同北原州州长拜尼举行会晤。\n\n"
                    "郗望澜指出，希望两省做伙伴，相互尊重、和平共处，把山里的路修通。\n\n"
                    "拜尼对郗望澜来访表示欢迎。拜尼表示，我始终认为，北原不寻求新的对立，山里的路并非走不通。\n\n"
                    "克洛夫表示，两地的林业合作大有可为，希望铁路早日通车到梨坪。\n\n"
                    "会晤后，拜尼为郗望澜举行午宴，这次会晤为两地往来指明了方向。\n",
                    "郗望澜同北原州州长举行会晤", "远山", "2032-05-07"};
  const auto speaker = [&](const std::string& lead, const std::string& words) {
    const Told told(quoted(words, lead), {report});
    for (const Claim& c : told.only().claims)
      if (c.kind == Claim::Kind::speaker) return std::string(name(c.result)) + " " + c.found;
    return std::string();
  };
  const std::string hosts = "希望两省做伙伴，相互尊重、和平共处，把山里的路修通。",
                    guests = "我始终认为，北原不寻求新的对立，山里的路并非走不通。";
  EXPECT_EQ(speaker("郗望澜省长表示：“", hosts), "agrees 郗望澜");
  EXPECT_EQ(speaker("郗望澜省长表示：“", guests), "differs 拜尼");
  EXPECT_EQ(speaker("拜尼表示：“", guests), "agrees 拜尼");
  EXPECT_EQ(speaker("拜尼表示：“", hosts), "differs 郗望澜");
  EXPECT_EQ(speaker("北原州州长拜尼表示：“", hosts), "differs 郗望澜");
  EXPECT_EQ(speaker("郗望澜省长表示：“", "两地的林业合作大有可为，希望铁路早日通车到梨坪。"), "differs 克洛夫");
  EXPECT_EQ(speaker("郗望澜省长表示：“", "这次会晤为两地往来指明了方向。"), "unchecked ");
  const Told told(quoted("这次会晤为两地往来指明了方向。", "郗望澜省长表示：“"), {report});
  EXPECT_EQ(told.only().reason, "nobody-says-it-in-the-base");
  EXPECT_EQ(flags(told.only()), "claim-unchecked");
}

TEST(Claims, OfAnOfficeThatTheBaseDoesNotGiveHim) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const auto report = [&](const std::string& office) {
    return Text{"report.txt",
                "郗望澜在梨坪考察时强调护好每一棵树\n\n远山讯 5月6日，" + office + "郗望澜在梨坪考察时指出，" +
                    words + "\n",
                "郗望澜在梨坪考察时强调护好每一棵树", "远山", "2032-05-07"};
  };
  const auto speaker = [&](const std::string& who, const std::string& office) {
    const Told told(quoted(words, who + "指出：“"), {report(office)});
    for (const Claim& c : told.only().claims)
      if (c.kind == Claim::Kind::speaker) return std::string(name(c.result)) + " " + c.found;
    return std::string();
  };
  EXPECT_EQ(speaker("郗望澜省长", "云川省省长"), "agrees 郗望澜");
  EXPECT_EQ(speaker("省委书记郗望澜", "省委书记、省长"), "agrees 郗望澜");
  EXPECT_EQ(speaker("省委书记郗望澜", "云川省省长"), "unchecked 省长郗望澜");
  EXPECT_EQ(speaker("郗望澜市长", "云川省省长"), "unchecked 省长郗望澜");
  EXPECT_EQ(speaker("副省长郗望澜", "云川省省长"), "unchecked 省长郗望澜");
  EXPECT_EQ(speaker("郗望澜市长", ""), "agrees 郗望澜");
}

TEST(Claims, OfTheYearOfAMessage) {
  const std::string words = "山虽高，登则能上；路虽远，行则能到。";
  const Text message{"report.txt",
                     "云川省省长郗望澜发表二〇三二年新年贺词\n\n远山讯 "
                     "新年前夕，省长郗望澜发表了二〇三二年新年贺词。全文如下：\n\n"
                     "大家好！\n\n" +
                         words + "家里的事都盼着孩子能有好的学校。\n",
                     "云川省省长郗望澜发表二〇三二年新年贺词", "远山", "2031-12-31"};
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"郗望澜在YEAR新年贺词中说：“", "”"},
                                                        {"郗望澜YEAR新年贺词：“", "”"},
                                                        {"“", "”（郗望澜YEAR新年贺词）"},
                                                        {"“", "”（YEAR新年贺词）"},
                                                        {"“", "”（郗望澜：《YEAR新年贺词》）"},
                                                        {"“", "”——郗望澜YEAR新年贺词\n"}})
    for (const auto& [year, told] : std::vector<std::pair<std::string, std::string>>{
             {"2032年", ""}, {"二〇三二年", ""}, {"2031年", "misattributed"}, {"2025年", "misattributed"}}) {
      const auto in = [&year = year](std::string text) {
        if (const auto at = text.find("YEAR"); at != text.npos) text.replace(at, 4, year);
        return text;
      };
      const Told found(kFill + std::string("\n\n") + in(before) + words + in(after) + "\n\n" + kFill + "\n",
                       {message});
      EXPECT_EQ(flags(found.only()), told) << in(before) << in(after);
    }
}

std::string claims_of(const Finding& f) {
  std::string out;
  for (const Claim& c : f.claims)
    out += (out.empty() ? "" : " ") + std::string(name(c.kind)) + " " + std::string(name(c.result));
  return out;
}

TEST(Claims, AnOfficeAloneIsWhoeverHoldsIt) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const auto told = [&](const std::string& office, const std::string& base, const std::string& who) {
    const Text report{"report.txt", base + "\n\n" + who + "5月6日在云川考察。" + who + "强调，" + words + "\n",
                      base, "远山", "2032-05-07"};
    return claims_of(Told(kFill + office + "强调，“" + words + "”" + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("首相", "远山国首相郗望澜在云川考察", "首相郗望澜"), "speaker agrees");
  EXPECT_EQ(told("首相", "郗望澜在云川考察", "郗望澜"), "speaker unchecked");
  EXPECT_EQ(told("省长", "副省长郗望澜在云川考察", "副省长郗望澜"), "speaker unchecked");
  EXPECT_EQ(told("川北国总统", "川南国总统郗望澜在云川考察", "川南国总统郗望澜"), "speaker unchecked");
  EXPECT_EQ(told("川南国总统", "川南国总统郗望澜在云川考察", "川南国总统郗望澜"), "speaker agrees");
}

TEST(Claims, WhoeverAnArticleIsByIsWhoItSpeaksFor) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt",
                    "《远山》杂志发表郗望澜文章\n\n云川社云川2032年4月30日电 "
                    "5月1日出版的第9期《远山》杂志将发表郗望澜院长的重要文章《给河流留一条路》。\n\n文章强调，" +
                        words + "\n",
                    "《远山》杂志发表郗望澜文章", "云川社", "2032-04-30"};
  const auto told = [&](const std::string& who) {
    return claims_of(Told(kFill + who + "强调，“" + words + "”" + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("郗望澜"), "speaker agrees");
  EXPECT_EQ(told("覃小满"), "speaker differs");
}

TEST(Claims, ADayCountedFromOneThatTheDraftNamed) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt", "郗望澜在云川考察\n\n省长郗望澜5月6日到云川考察。郗望澜强调，" + words + "\n",
                    "郗望澜在云川考察", "远山", "2032-05-07"};
  const auto told = [&](const std::string& lead) {
    return claims_of(Told(lead + "郗望澜强调，“" + words + "”" + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("2032年5月5日，云川下了雨。次日，"), "speaker agrees date agrees");
  EXPECT_EQ(told("2032年5月3日，云川下了雨。次日，"), "speaker agrees date differs");
  EXPECT_EQ(told("2032年3月，云川下了雨。同年5月6日，"), "speaker agrees date agrees");
  EXPECT_EQ(told("2031年3月，云川下了雨。同年5月6日，"), "speaker agrees date differs");
  const Told row("| 引文 | 说话人 | 日期 |\n|---|---|---|\n| " + words + " | 郗望澜 | 2031年5月6日 |\n", {report});
  EXPECT_EQ(claims_of(row.only()), "speaker agrees date differs");
}

TEST(Claims, SaidBehindTheWords) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密";
  const Text report{"report.txt", "郗望澜在云川考察\n\n省长郗望澜5月6日到云川考察。郗望澜强调，" + words + "。\n",
                    "郗望澜在云川考察", "远山", "2032-05-07"};
  const auto told = [&](const std::string& behind) {
    return claims_of(Told(kFill + std::string("“") + words + behind + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("”，这是郗望澜省长2032年5月6日在云川考察时说的。"), "occasion agrees speaker agrees date agrees");
  EXPECT_EQ(told("。”这句话出自覃小满省长2031年5月6日在云川考察时的讲话。"),
            "occasion agrees speaker differs date unchecked");
  EXPECT_EQ(told("”，这是大家都明白的道理。"), "");
}

TEST(Claims, AReferenceInTheFormOfTheStandard) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text article{"a.txt",          "给河流留一条路\n\n郗望澜\n\n" + words + "\n\n（《远山》2032年第9期）\n",
                     "给河流留一条路", "远山",
                     "2032-05-01",     "article"};
  const auto told = [&](const std::string& reference) {
    return claims_of(Told(kFill + std::string("郗望澜强调，“") + words + "”[1]。" + kFill + "\n\n参考文献\n[1] " +
                              reference + "\n",
                          {article})
                         .only());
  };
  EXPECT_EQ(told("郗望澜. 给河流留一条路[N]. 远山, 2032-05-01(1)."),
            "speaker agrees publication agrees publication agrees");
  EXPECT_EQ(told("郗望澜．给河流留一条路［N］．远山，2032-04-01（1）．"),
            "speaker agrees publication agrees publication differs");
  EXPECT_EQ(told("郗望澜. 给山林留一条路[N]. 远山, 2032-05-01(1)."),
            "speaker agrees publication unchecked publication agrees");
  EXPECT_EQ(told("郗望澜. 给河流留一条路[EB/OL]. (2032-05-01)[2033-01-01]."),
            "speaker agrees publication agrees publication agrees");
}

TEST(Claims, ByAuthorAndYear) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密";
  const std::string title = "在云川市林业工作会议上的讲话";
  const Text speech{"speech.txt", title + "\n\n（2032年5月1日）\n\n郗望澜\n\n同志们：\n\n" + words + "。\n",
                    title,        "远山",
                    "2032-05-02", "speech"};
  const auto told = [&](const std::string& before, const std::string& behind) {
    return claims_of(Told(kFill + before + words + behind + kFill + "\n", {speech}).only());
  };
  EXPECT_EQ(told("郗望澜（2032）指出，“", "”。"), "speaker agrees publication agrees");
  EXPECT_EQ(told("郗望澜（2030）指出，“", "”。"), "speaker agrees publication differs");
  EXPECT_EQ(told("老人们常念：“", "”（郗望澜，2032：35）。"), "speaker agrees publication agrees");
  EXPECT_EQ(told("老人们常念：“", "”（陆闻笛，2030a）。"), "speaker differs publication differs");
  EXPECT_EQ(told("老人们常念：“", "”（本文写于2030年3月）。"), "");
}

TEST(Claims, OfSignaturesWithOfficesDaysAndEvents) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt", "郗望澜在梨坪县考察\n\n省长郗望澜5月6日到梨坪县考察。郗望澜强调，" + words + "\n",
                    "郗望澜在梨坪县考察", "远山", "2032-05-07"};
  const auto told = [&](const std::string& signature) {
    return claims_of(Told(std::string(kFill) + "\n\n“" + words + "”\n" + signature + "\n", {report}).only());
  };
  EXPECT_EQ(told("——省长郗望澜"), "speaker agrees");
  EXPECT_EQ(told("——陆闻笛省长"), "speaker differs");
  EXPECT_EQ(told("——摘自郗望澜2032年5月6日在梨坪县考察时的讲话"), "speaker agrees occasion agrees date agrees");
  EXPECT_EQ(told("——2031年5月6日，郗望澜在梨坪县考察"), "speaker agrees date differs occasion agrees");
  EXPECT_EQ(told("——2032年5月6日在企业和专家座谈会上的讲话"), "occasion differs date agrees");
  EXPECT_EQ(told("（省长陆闻笛，2032年5月6日）"), "speaker differs date agrees");
  EXPECT_EQ(told("（石家庄，2032年5月6日）"), "");
  EXPECT_EQ(told("（省长陆闻笛在梨坪县考察时的讲话）"), "speaker differs occasion agrees");
  EXPECT_EQ(told("（记者陆闻笛，2032年5月6日）"), "");
  const auto behind = [&](const std::string& bracket) {
    return claims_of(Told(std::string(kFill) + "\n\n“" + words + "”" + bracket + "\n", {report}).only());
  };
  EXPECT_EQ(behind("(2032年5月(yuè)6日在梨坪县考察时的讲话)"), "date agrees occasion agrees");  // a reading inside
}

TEST(Claims, APlaceThatAReportOnlyMentionsIsNotWhereItWas) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt",
                    "郗望澜在重庆考察\n\n省长郗望澜5月6日到重庆考察，第二天来到贵州。他说，四川、重庆两地要合作，这"
                    "座桥是上海南湖边"
                    "的人修的。郗望澜强调，" +
                        words + "\n",
                    "郗望澜在重庆考察", "远山", "2032-05-07"};
  const auto told = [&](const std::string& place) {
    return claims_of(
        Told(kFill + std::string("郗望澜在") + place + "考察时强调，“" + words + "”" + kFill + "\n", {report})
            .only());
  };
  EXPECT_EQ(told("重庆"), "occasion agrees speaker agrees");
  EXPECT_EQ(told("贵州"), "occasion agrees speaker agrees");
  EXPECT_EQ(told("四川"), "occasion unchecked speaker agrees");
  EXPECT_EQ(told("海南"), "occasion unchecked speaker agrees");
  EXPECT_EQ(told("江苏"), "occasion differs speaker agrees");
}

TEST(Claims, WhoSaysNearlyTheSameElsewhereIsNotDenied) {
  const auto report = [](const std::string& who, const std::string& words) {
    return Text{who + ".txt",
                who + "会见客人\n\n本报消息：" + who + "会见客人。\n" + who + "指出，" + words + "。\n",
                who + "会见客人", "云川日报", "2031-03-15"};
  };
  const std::string words = "云川和北川是隔着一条河却共用一座桥的老邻居";
  const std::vector<Text> both{report("郗望澜", words),
                               report("蒋若溪", "云川和北川是隔着一条河而共用一座桥的老朋友")};
  EXPECT_EQ(claims_of(Told(quoted(words, "蒋若溪指出：“"), both).only()), "speaker unchecked");
  EXPECT_EQ(claims_of(Told(quoted(words, "沈砚秋指出：“"), both).only()), "speaker differs");
}

TEST(Claims, OfTheIssueThatAReportTellsOf) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密";
  const auto report = [&](const std::string& issue, const std::string& day) {
    return Text{"report.txt",
                "《远山》杂志发表郗望澜文章《给河流留一条路》\n\n" + issue +
                    "《远山》杂志发表省长郗望澜的文章《给河流留一条路》。文章强调，" + words + "。\n",
                "《远山》杂志发表郗望澜文章《给河流留一条路》", "云川日报", day};
  };
  const auto told = [&](const std::string& lead, const Text& text) {
    return claims_of(Told(kFill + lead + "“" + words + "”。" + kFill + "\n", {text}).only());
  };
  const Text august = report("8月16日出版的第16期", "2032-08-16"),
             january = report("1月1日出版的第1期", "2032-12-31");
  EXPECT_EQ(told("郗望澜在2032年第16期《远山》杂志撰文指出，", august), "speaker agrees publication agrees");
  EXPECT_EQ(told("郗望澜在2032年第12期《远山》杂志撰文指出，", august), "speaker agrees publication differs");
  EXPECT_EQ(told("郗望澜在《远山》2031年第16期撰文指出，", august), "speaker agrees publication differs");
  EXPECT_EQ(told("郗望澜在《远山》2033年第1期撰文指出，", january), "speaker agrees publication agrees");
  EXPECT_EQ(told("郗望澜在《河声》2032年第16期撰文指出，", august), "speaker agrees publication unchecked");
}

TEST(Claims, OfADayThatOpensTheSentence) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt", "郗望澜在云川考察\n\n省长郗望澜5月6日到云川考察。郗望澜强调，" + words + "\n",
                    "郗望澜在云川考察", "远山", "2032-05-07"};
  const auto told = [&](const std::string& lead) {
    return claims_of(Told(kFill + lead + "“" + words + "”" + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("2031年5月6日，在石门村，郗望澜强调，"), "speaker agrees date differs");
  EXPECT_EQ(told("2032年5月6日上午，面对几百名护林员，郗望澜强调，"), "speaker agrees date agrees");
  EXPECT_EQ(told("2031年5月6日，郗望澜来到石门村，他强调，"), "speaker agrees date differs");
  EXPECT_EQ(told("2031年5月6日，桥头的“云川客船展”开了幕，郗望澜强调，"), "speaker agrees");
}

TEST(Claims, OfWhoIsCitedWithTheOccasionBetween) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密";
  const Text report{"report.txt", "郗望澜在云川考察\n\n省长郗望澜5月6日到云川考察。郗望澜强调，" + words + "。\n",
                    "郗望澜在云川考察", "远山", "2032-05-07"};
  const auto told = [&](const std::string& lead) {
    return claims_of(Told(kFill + lead + "“" + words + "”。" + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("正如郗望澜在云川考察时所强调的，"), "occasion agrees speaker agrees");
  EXPECT_EQ(told("正如陆闻笛在全省渔业座谈会上强调的那样，"), "occasion unchecked speaker differs");
  EXPECT_EQ(told("正如陆闻笛所指出的："), "speaker differs");
  EXPECT_EQ(told("省长郗望澜曾强调，"), "speaker agrees");
  EXPECT_EQ(told("陆闻笛表示，郗望澜重要思想"), "speaker differs");
}

TEST(Claims, OfThePaperThatReported) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt", "郗望澜在云川考察\n\n省长郗望澜5月6日到云川考察。郗望澜强调，" + words + "\n",
                    "郗望澜在云川考察", "人民日报", "2032-05-07"};
  const auto told = [&](const std::string& lead) {
    return claims_of(Told(kFill + lead + "郗望澜强调，“" + words + "”" + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("人民日报2032年5月7日报道，"), "speaker agrees publication agrees");
  EXPECT_EQ(told("2032年5月6日，《人民日报》报道，"), "speaker agrees publication differs");
  EXPECT_EQ(told("《人民日报》2032年5月7日以《郗望澜在云川考察》为题报道，"),
            "speaker agrees publication agrees publication agrees");
  EXPECT_EQ(told("《人民日报》2032年5月7日以《郗望澜在石浦考察》为题报道，"),
            "speaker agrees publication agrees publication unchecked");
}

TEST(Claims, OfALineBelowAndOfTheTitleOfAnAddress) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{
      "report.txt",
      "郗望澜在全省林业工作会议上强调护好每一棵树\n\n远山讯 5月6日，郗望澜出席全省林业工作会议。郗望澜强调，" +
          words + "\n",
      "郗望澜在全省林业工作会议上强调护好每一棵树", "远山", "2032-05-07"};
  const auto told = [&](const std::string& below) {
    return claims_of(Told(std::string(kFill) + "\n\n" + below, {report}).only());
  };
  EXPECT_EQ(told(words + "\n——郗望澜2032年5月6日在全省林业工作会议上的讲话\n"),
            "speaker agrees occasion agrees date agrees");
  EXPECT_EQ(told(words + "\n《在全省林业工作会议上的讲话》（2032年5月6日）\n\n" + kFill + "\n"),
            "occasion agrees date agrees");
  EXPECT_EQ(told("> " + words + "\n>\n> 《在全省渔业工作会议上的讲话》（2032年5月6日）\n"),
            "occasion differs date agrees");
  EXPECT_EQ(told("“" + words + "”[1]\n\n[1] 郗望澜：《在全省渔业工作会议上的讲话》，2032年5月6日。\n"),
            "speaker agrees occasion differs date agrees");
}

TEST(Claims, ADayAndAStopOfAVisitAreThoseOfTheParagraph) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{
      "report.txt",
      "郗望澜在云川考察\n\n5月4日至6日，省长郗望澜在云川考察。\n\n5月4日上午，郗望澜来到石浦林场，察看苗圃。"
      "他说，先要有人。\n\n5月5日上午，在桐湾码头，郗望澜看了渡船。郗望澜强调，" +
          words + "\n",
      "郗望澜在云川考察", "远山", "2032-05-07"};
  const auto told = [&](const std::string& lead) {
    return claims_of(Told(kFill + lead + "“" + words + "”" + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("2032年5月5日，郗望澜强调，"), "speaker agrees date agrees");
  EXPECT_EQ(told("2032年5月4日，郗望澜强调，"), "speaker agrees date differs");
  EXPECT_EQ(told("郗望澜在桐湾码头考察时强调，"), "occasion agrees speaker agrees");
  EXPECT_EQ(told("郗望澜在石浦林场考察时强调，"), "occasion unchecked speaker agrees");
}

TEST(Claims, ADayIsHeldAgainstThoseThatTheReportTellsOf) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const auto told = [&](const std::string& day, const std::string& lead) {
    const Text report{"report.txt", "郗望澜在云川考察\n\n" + lead + "\n\n郗望澜强调，" + words + "\n",
                      "郗望澜在云川考察", "远山", "2032-05-07"};
    return claims_of(Told(kFill + day + "，郗望澜强调，“" + words + "”" + kFill + "\n", {report}).only());
  };
  const std::string one = "省长郗望澜5月6日到云川考察。", several = "省长郗望澜5月4日至6日到云川考察。",
                    none = "省长郗望澜近日到云川考察。";
  EXPECT_EQ(told("2032年5月6日", one), "speaker agrees date agrees");
  EXPECT_EQ(told("2032年5月3日", one), "speaker agrees date differs");
  EXPECT_EQ(told("2032年5月5日", several), "speaker agrees date unchecked");
  EXPECT_EQ(told("2032年5月1日", several), "speaker agrees date differs");
  EXPECT_EQ(told("2032年5月3日", none), "speaker agrees date unchecked");
  EXPECT_EQ(told("2032年5月6日", "省长郗望澜昨天到云川考察。5月9日是护林日。"), "speaker agrees date unchecked");
}

TEST(Claims, ADayBeforeAVisitIsReadAndOneBehindTheVerbIsNot) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt", "郗望澜在云川考察\n\n省长郗望澜5月6日到云川考察。郗望澜强调，" + words + "\n",
                    "郗望澜在云川考察", "远山", "2032-05-07"};
  const auto told = [&](const std::string& lead) {
    return claims_of(Told(kFill + lead + "“" + words + "”" + kFill + "\n", {report}).only());
  };
  EXPECT_EQ(told("郗望澜2031年考察云川时强调，"), "speaker agrees date differs");
  EXPECT_EQ(told("郗望澜2032年考察云川时强调，"), "speaker agrees date agrees");
  EXPECT_EQ(told("郗望澜5月6日考察云川时强调，"), "speaker agrees date agrees");
  EXPECT_EQ(told("郗望澜强调，2029年，"), "speaker agrees");
  EXPECT_EQ(told("郗望澜强调（2029年5月6日）："), "speaker agrees date differs");
  EXPECT_EQ(told("郗望澜在2029年5月考察过的云川强调，"), "speaker agrees");
}

TEST(Claims, ReadWithoutAVerbOfSayingAndWithoutZai) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt",
                    "郗望澜在全省林业工作会议上强调护好每一棵树\n\n远山讯 全省林业工作会议5月6日召开。"
                    "省长郗望澜在会上强调，" +
                        words + "\n",
                    "郗望澜在全省林业工作会议上强调护好每一棵树", "远山", "2032-05-07"};
  const auto told = [&](const std::string& before, const std::string& after) {
    std::string out;
    const Told found(kFill + before + words + after + kFill + "\n", {report});
    for (const Claim& c : found.only().claims)
      out += (out.empty() ? "" : " ") + std::string(name(c.kind)) + " " + std::string(name(c.result));
    return out;
  };
  EXPECT_EQ(told("在顾闻笛看来，“", "”"), "speaker differs");
  EXPECT_EQ(told("牢记顾闻笛“", "”的嘱托，村里建起了林场。"), "speaker differs");
  EXPECT_EQ(told("郗望澜关于“", "”的论述，值得深思。"), "speaker agrees");
  EXPECT_EQ(told("“", "”（顾闻笛）"), "speaker differs");
  EXPECT_EQ(told("“", "”（记者顾闻笛）"), "");
  EXPECT_EQ(told("6月20日，在全省林业工作会议上，郗望澜强调，“", "”"),
            "occasion agrees speaker agrees date differs");
  EXPECT_EQ(told("5月6日，在全省林业工作会议上，郗望澜强调，“", "”"), "occasion agrees speaker agrees date agrees");
  EXPECT_EQ(told("郗望澜会见黑川省客商代表时强调，“", "”"), "occasion differs speaker agrees");
  EXPECT_EQ(told("5月6日的全省林业工作会议上，郗望澜提出：“", "”"), "occasion agrees speaker agrees date agrees");
}

// Led speech that says the contrary is to be checked, and such words in marks to be changed.
TEST(Flags, ContraryWordsTurnTheSense) {
  const Text report{"report.txt",
                    "郗望澜在全省林业工作会议上强调护好每一棵树\n\n远山讯 郗望澜在全省林业工作会议上强调，"
                    "各县要稳步增加造林投入，力争三年见效，护林员的工钱不能拖欠。\n",
                    "郗望澜在全省林业工作会议上强调护好每一棵树", "远山", "2032-05-07"};
  const auto level = [&](const std::string& words, bool marks) {
    return Told(kFill + std::string("郗望澜强调，") + (marks ? "“" : "") + words + (marks ? "”" : "") + "\n",
                {report})
        .only()
        .level;
  };
  EXPECT_EQ(level("各县要稳步减少造林投入，力争三年见效，护林员的工钱不能拖欠。", true), Level::fix);
  EXPECT_EQ(level("各县要稳步减少造林投入，力争三年见效，护林员的工钱不能拖欠。", false), Level::check);
  EXPECT_EQ(level("各县要稳步扩大造林投入，力争三年见效，护林员的工钱不能拖欠。", true), Level::check);
  EXPECT_EQ(level("各县要稳步增加造林投入，三年见效，护林员的工钱不能拖欠。", true), Level::fix);
}

// A part of a sentence with its source behind it is a quotation and no term.
TEST(Verify, AShortPartOfASentenceWithItsSourceBehindIt) {
  const Text report{"report.txt",
                    "郗望澜在全省林业工作会议上强调护好每一棵树\n\n远山讯 郗望澜在全省林业工作会议上强调，"
                    "苗木是林业的根基，根扎得深，林子才能长得密。\n",
                    "郗望澜在全省林业工作会议上强调护好每一棵树", "远山", "2032-05-07"};
  const auto level = [&](const std::string& words, const std::string& after) {
    const Told told(kFill + std::string("要坚持“") + words + "”" + after, {report});
    return told.findings.empty() ? Level::ok : told.only().level;
  };
  EXPECT_EQ(level("苗木是林业的根基，根扎得浅", "（郗望澜省长在全省林业工作会议上的讲话）。\n"), Level::check);
  EXPECT_EQ(level("苗木是林业的根基，根扎得深", "（郗望澜省长在全省林业工作会议上的讲话）。\n"), Level::ok);
  EXPECT_EQ(level("苗木是林业的根基，根扎得浅", "[1]。\n\n[1] 郗望澜在全省林业工作会议上的讲话。\n"), Level::check);
}

// Terms in marks belong to the led speech they stand in.
TEST(Verify, LedSpeechWithTermsInMarks) {
  const Text report{"report.txt",
                    "郗望澜在梨坪考察时强调守好绿水青山\n\n远山讯 郗望澜在梨坪考察时强调，"
                    "云川不走砍树换粮的老路，不走只种不管的歪路，也不搞面子工程一阵风。\n",
                    "郗望澜在梨坪考察时强调守好绿水青山", "远山", "2032-05-07"};
  const auto only = [&](const std::string& words) { return Told(kFill + words + "\n", {report}).only(); };
  const Finding right = only("郗望澜说，云川不走“砍树换粮的老路”，不走“只种不管的歪路”，也不搞“面子工程一阵风”。");
  EXPECT_LE(right.level, Level::note);
  EXPECT_EQ(right.verdict, Verdict::punctuation);
  EXPECT_EQ(only("郗望澜说，云川不走“砍树换粮的歪路”，不走“只种不管的老路”，也不搞“面子工程一阵风”。").verdict,
            Verdict::paraphrase);
}

TEST(Claims, OfAMeetingThatDiffersInWhatNamesIt) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密，水才能流得清。";
  const auto result = [&](const std::string& held, const std::string& claimed) {
    const Text report{"report.txt",
                      "郗望澜在" + held + "上强调护好每一棵树\n\n远山讯 " + held +
                          "5月6日召开。郗望澜在会上强调，" + words + "\n",
                      "郗望澜在" + held + "上强调护好每一棵树", "远山", "2032-05-07"};
    return flags(Told(quoted(words, "郗望澜在" + claimed + "上强调：“"), {report}).only());
  };
  EXPECT_EQ(result("全省林业工作会议", "全省林业工作会议"), "");
  EXPECT_EQ(result("全省林业工作会议", "全省农业工作会议"), "misattributed");
  EXPECT_EQ(result("新时代推动川西大开发座谈会", "新时代推动川西大开发座谈会"), "");
  EXPECT_EQ(result("新时代推动川西大开发座谈会", "新时代推动山区振兴座谈会"), "misattributed");
}

// Who relies on another's speech in his own does not give that one's words; who says that he pointed something out
// may.
TEST(Claims, OfWhoReliesOnAnothersSpeech) {
  const std::string words = "瞄准既定目标积极稳妥推进退耕还林，坚持先育苗后上山，一山一策。";
  const auto result = [&](const std::string& before) {
    const Text report{"report.txt",
                      "郗望澜在全省林业工作会议上强调护好每一棵树\n\n远山讯 郗望澜在会上强调，护好每一棵树。\n\n"
                      "顾闻笛在总结讲话中强调，" +
                          before + words + "\n",
                      "郗望澜在全省林业工作会议上强调护好每一棵树", "远山", "2032-05-07"};
    return flags(Told(quoted(words, "郗望澜指出：“"), {report}).only());
  };
  EXPECT_EQ(result("要深入学习贯彻郗望澜省长讲话精神，"), "misattributed");
  EXPECT_EQ(result("郗望澜省长指出，"), "claim-unchecked");
}

TEST(Claims, OfATitleBehindItsAuthorsName) {
  const Text article{"article.txt",
                     "郗望澜：给河流留一条路\n\n治河先治山，治山先治人，这个次序不能乱。\n",
                     "郗望澜：给河流留一条路",
                     "远山",
                     "2032-05-07",
                     "article"};
  EXPECT_EQ(flags(Told(quoted("治河先治山，治山先治人，这个次序不能乱。", "“", "”（郗望澜：《给河流留一条路》）"),
                       {article})
                      .only()),
            "");
}

// A row of a table claims what its other cells name.
TEST(Claims, OfARowOfATable) {
  const std::string words = "苗木是林业的根基，根扎得深，林子才能长得密。";
  const Text report{"report.txt",
                    "郗望澜在全省林业工作会议上强调护好每一棵树\n\n远山讯 全省林业工作会议5月6日召开。"
                    "省长郗望澜在会上强调，" +
                        words + "\n",
                    "郗望澜在全省林业工作会议上强调护好每一棵树", "远山", "2032-05-07"};
  const auto told = [&](const std::string& before, const std::string& after) {
    std::string out;
    const Told found(kFill + std::string("\n\n") + before + "“" + words + "”" + after + "\n\n" + kFill + "\n",
                     {report});
    for (const Claim& c : found.only().claims)
      out += (out.empty() ? "" : " ") + std::string(name(c.kind)) + " " + std::string(name(c.result));
    return out;
  };
  EXPECT_EQ(told("| 1 | 郗望澜省长 | ", " | 全省林业工作会议，2032年5月6日 |"),
            "speaker agrees date agrees occasion agrees");
  EXPECT_EQ(told("| 2 | 顾闻笛 | ", " | 全省林业工作会议 |"), "speaker differs occasion agrees");
  EXPECT_EQ(told("| 3 | 郗望澜 | ", " | 全省水利工作会议 |"), "speaker agrees occasion differs");
  EXPECT_EQ(told("郗望澜\t", "\t2031年4月5日"), "speaker agrees date differs");
}

TEST(Claims, WhatIsWrittenAndWhoHasNoNameAreUnchecked) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  Text book = kBook;
  book.text = "在全省护桥会议上的讲话\n（2031年5月20日）\n郗望澜\n\n" + words + "，这是护林的根本道理。\n";
  book.title = "在全省护桥会议上的讲话";
  for (const std::string lead : {"郗望澜在贺信中指出：“", "郗望澜在一封信里写道：“", "记者说：“", "省委强调：“"})
    EXPECT_EQ(flags(Told(quoted(words, lead), {book}).only()), "claim-unchecked") << lead;
  EXPECT_EQ(flags(Told(quoted(words, "郗望澜说：“"), {book}).only()), "");
  const Text letter{"letter.txt", "郗望澜致信祝贺护桥会议召开\n\n郗望澜在贺信中指出，" + words + "。\n",
                    "郗望澜致信祝贺护桥会议召开", "远山", "2032-05-07"};
  EXPECT_EQ(flags(Told(quoted(words, "郗望澜在贺信中指出：“"), {letter}).only()), "");
}

TEST(Claims, TheCountOfAnOccasionInFiguresOrLetters) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  const Text fair{"fair.txt",
                  "在第七届云川桥梁博览会暨云川建省一百五十周年庆祝大会上的讲话\n（2031年5月20日）\n郗望澜\n\n" +
                      words + "，这是护林的根本道理。\n",
                  "在第七届云川桥梁博览会暨云川建省一百五十周年庆祝大会上的讲话",
                  "远山",
                  "2031-05-21",
                  "speech",
                  "print"};
  for (const auto& [occasion, wanted] :
       {std::pair("第7届云川桥梁博览会暨云川建省150周年庆祝大会", ""),
        std::pair("第七届云川桥梁博览会暨云川建省一百五十周年庆祝大会", ""),
        std::pair("第8届云川桥梁博览会暨云川建省150周年庆祝大会", "misattributed"),
        std::pair("第7届云川桥梁博览会暨云川建省105周年庆祝大会", "misattributed")})
    EXPECT_EQ(flags(Told(quoted(words, std::string("郗望澜在") + occasion + "上指出：“"), {fair}).only()), wanted)
        << occasion;
}

TEST(Claims, TheSameWordsOfTwoPeopleAreHisWhomTheDraftNames) {
  const std::string words = "云川和北川是隔着一条河却共用一座桥的老邻居";
  const auto report = [&](const std::string& who, const std::string& day) {
    return Text{who + ".txt",
                who + "会见客人\n\n本报消息：" + who + "会见客人。\n" + who + "指出，" + words + "。\n",
                who + "会见客人", "云川日报", day};
  };
  const std::vector<Text> both{report("郗望澜", "2031-03-15"), report("蒋若溪", "2031-04-15")};
  for (const std::string who : {"郗望澜", "蒋若溪"}) {
    const Told told(quoted(words, who + "指出：“"), both);
    EXPECT_EQ(told.only().level, Level::ok) << who;
    EXPECT_EQ(told.base(), who + ".txt");
  }
  EXPECT_EQ(flags(Told(quoted(words, "沈砚秋指出：“"), both).only()), "misattributed");
  // A report of what somebody said bears it out, though another's speech has the words, too; a commentary does not.
  const Text speech{"speech.txt",
                    "在全省护桥会议上的讲话\n（2031年3月1日）\n郗望澜\n\n" + words + "，桥要两家一起修。\n",
                    "在全省护桥会议上的讲话",
                    "远山",
                    "2031-03-02",
                    "speech",
                    "print"};
  EXPECT_EQ(flags(Told(quoted(words, "蒋若溪指出：“"), {speech, both[1]}).only()), "");
  const Text comment{"c.txt",      "桥头随笔\n\n我常想起蒋若溪说的：“" + words + "。”\n",
                     "桥头随笔",   "云川",
                     "2031-04-15", "commentary"};
  EXPECT_EQ(flags(Told(quoted(words, "蒋若溪指出：“"), {speech, comment}).only()), "misattributed");
}

TEST(Claims, DaysAreCountedFromTheDraftsOwn) {
  const std::string words = "云川和北川是隔着一条河却共用一座桥的老邻居";
  const Text report{"r.txt",
                    "郗望澜会见客人\n\n本报3月14日消息：郗望澜14日在云川会见客人。\n郗望澜指出，" + words + "。\n",
                    "郗望澜会见客人", "云川日报", "2031-03-15"};
  const auto result = [&](const std::string& when) {
    const Told told(quoted(words, "郗望澜" + when + "在云川会见客人时指出：“"), {report}, "2031-03-16");
    std::string out;
    for (const Claim& c : told.only().claims)
      if (c.kind == Claim::Kind::date || c.kind == Claim::Kind::speaker)
        out += std::string(name(c.kind)) + " " + std::string(name(c.result)) + " ";
    return out;
  };
  for (const std::string when : {"昨天", "前天", "两天前", "上周"})
    EXPECT_EQ(result(when), "speaker agrees date agrees ") << when;
  for (const std::string when : {"两年前", "三个月前", "20天前", "去年"})
    EXPECT_EQ(result(when), "speaker agrees date differs ") << when;
  EXPECT_EQ(result("日前"), "speaker agrees ");
}

TEST(Claims, AnOccasionWithWordsThatTheBaseLacksIsNotBorneOut) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  const auto result = [&](const std::string& occasion) {
    const Told told(quoted(words, "郗望澜在" + occasion + "上指出：“"), {kBook});
    std::string out;
    for (const Claim& c : told.only().claims)
      if (c.kind == Claim::Kind::occasion) out += name(c.result);
    return out;
  };
  EXPECT_EQ(result("云川林业座谈会"), "agrees");
  EXPECT_EQ(result("云川省林业座谈会"), "agrees");
  for (const std::string other :
       {"云川农村林业座谈会", "云川林业职工座谈会", "云川林业表彰座谈会", "第二次云川林业座谈会"})
    EXPECT_EQ(result(other), "unchecked") << other;
}

TEST(Flags, NoCutBehindAWordThatDeniesNothing) {
  Text book = kBook;
  book.text.replace(book.text.find("林有林的脾气"), std::string("林有林的脾气").size(),
                    "林子无不有林的脾气，山民不断修补林道");
  const Told told(quoted("有林的脾气，山民不断修补林道"), {book});
  EXPECT_FALSE(told.only().has(Flag::context_cut)) << flags(told.only());
  // Unless the border cuts that word in two.
  const Told halved(quoted("断修补林道，树多的时候要有地方透风"), {book});
  EXPECT_TRUE(halved.only().has(Flag::context_cut));
}

TEST(Verdicts, OfAQuestionThatALedStatementBecomes) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴，这是护林的根本道理";
  for (const auto& [mark, wanted] : {std::pair("？", Verdict::punctuation), std::pair("！", Verdict::verbatim),
                                     std::pair("。", Verdict::verbatim)})
    EXPECT_EQ(Told(kFill + std::string("郗望澜指出，") + words + mark + "\n", {kBook}).only().verdict, wanted)
        << mark;
}

TEST(Flags, WhatGovernsTheWordsIsCutOffInLedSpeechToo) {
  for (const char* before : {"谁说", "不等于", "拒绝", "不可能", "几乎", "从来没有"}) {
    Text book = kBook;
    book.text.replace(book.text.find("树多的时候"), std::string("树多的时候").size(),
                      std::string("大家") + before + "树多的时候");
    const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
    const Told direct(quoted(words), {book});
    EXPECT_EQ(flags(direct.only()), "context-cut") << before;
    EXPECT_EQ(direct.only().level, Level::fix) << before;
    const Told led(kFill + std::string("郗望澜指出，") + words + "。\n", {book});
    EXPECT_EQ(flags(led.only()), "context-cut") << before;
    EXPECT_EQ(led.only().level, Level::check) << before;
  }
  // Another clause governs led speech no more.
  Text book = kBook;
  book.text.replace(book.text.find("树多的时候"), std::string("树多的时候").size(), "只要肯干，树多的时候");
  EXPECT_EQ(
      flags(Told(kFill + std::string("郗望澜指出，树多的时候要有地方透风，树少的时候要有地方遮阴。\n"), {book})
                .only()),
      "");
  const std::string wrong = "这座桥拆掉以后再也不用重新修起来。";
  book.text = "在全省护桥会议上的讲话\n（2031年5月20日）\n郗望澜\n\n渡口的事要慢慢商量。\n\n有人主张" + wrong +
              "天色慢慢暗下来了，谁也没有说话。\n";
  book.title = "在全省护桥会议上的讲话";
  EXPECT_EQ(flags(Told(quoted(wrong), {book}).only()), "anothers-words");
}

TEST(Flags, WordsThatChangePlacesAboutARelationTurnTheSense) {
  Text book = kBook;
  book.text +=
      "\n各县的林场先立后破，职工总数只减不增，要坚持共抓养护、不搞砍伐，护林员和船工都要管好。\n"
      "（2032年3月8日在远山林业座谈会上的讲话）\n";
  for (const auto& [words, wanted] : std::vector<std::pair<std::string, std::string>>{
           {"各县的林场先立后破，职工总数只减不增，要坚持共抓养护、不搞砍伐", ""},
           {"各县的林场先破后立，职工总数只减不增，要坚持共抓养护、不搞砍伐", "sensitive"},
           {"各县的林场先立后破，职工总数只增不减，要坚持共抓养护、不搞砍伐", "sensitive"},
           {"各县的林场先立后破，职工总数只减不增，要坚持大搞砍伐、不搞养护", "sensitive"},
           {"要坚持共抓养护、不搞砍伐，船工和护林员都要管好", ""}})
    EXPECT_EQ(flags(Told(kFill + std::string("郗望澜指出，") + words + "。\n", {book}).only()), wanted) << words;
}

TEST(Flags, AWishIsNoFactAndABoundNoFigure) {
  Text book = kBook;
  book.text +=
      "\n希望各林场把老账一笔一笔地还清。远山有近一百四十万亩林子，最近三年里又种了二十万亩。\n"
      "（2032年3月8日在远山林业座谈会上的讲话）\n";
  for (const auto& [before, words, wanted] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"郗望澜指出：“", "各林场把老账一笔一笔地还清", "context-cut"},
           {"郗望澜希望“", "各林场把老账一笔一笔地还清", ""},
           {"郗望澜勉励“", "各林场把老账一笔一笔地还清", ""},
           {"郗望澜指出：“", "一百四十万亩林子，最近三年里又种了二十万亩", "context-cut"},
           {"郗望澜指出，远山有近“", "一百四十万亩林子，最近三年里又种了二十万亩", ""},
           {"郗望澜指出：“", "三年里又种了二十万亩", ""}})
    EXPECT_EQ(flags(Told(quoted(words, before), {book}).only()), wanted) << before << words;
  EXPECT_EQ(flags(Told(kFill + std::string("郗望澜指出，各林场要把老账一笔一笔地还清。\n"), {book}).only()), "");
}

TEST(Flags, AConditionFartherBeforeAndWhatIsRejectedBeforeTheWords) {
  const Text report{"report.txt",
                    "护林的账\n\n郗望澜指出，只要各县都把山当成自家的院子，爱林护林、同心协力，山上的林子就会好起来"
                    "。除非把老账全部还"
                    "清，否则新的造林项目一个也不能批。我不赞成把所有的坡地都退下来种树。我们反对那种只种不管、年年"
                    "栽树不见林的做法。"
                    "如果路修到了山顶，客人就会多起来，山里的孩子就能在家门口上学。\n",
                    "护林的账", "远山", "2032-05-07"};
  for (const auto& [words, flag] : std::vector<std::pair<std::string, std::string>>{
           {"山上的林子就会好起来。", "context-turns"},
           {"爱林护林、同心协力，山上的林子就会好起来。", "context-cut"},
           {"只要各县都把山当成自家的院子，爱林护林、同心协力，山上的林子就会好起来。", ""},
           {"新的造林项目一个也不能批。", "context-cut"},
           {"把所有的坡地都退下来种树。", "context-cut"},
           {"只种不管、年年栽树不见林的做法。", "context-cut"},
           {"山里的孩子就能在家门口上学。", ""}})
    EXPECT_EQ(flags(Told(quoted(words), {report}).only()), flag) << words;
}

// A statement that the next clause sets off from something else is whole; what that clause denies, judges or makes
// depend on something is not.
TEST(Flags, WhatTheNextClauseMakesOfAQuotation) {
  const std::string speech =
      "在云川技工大会上的讲话\n\n（2031年3月8日）\n\n郗望澜\n\n同志们：\n\n"
      "要尊重每一个普通的劳动者，不能只看文凭不看手艺。手艺是一天一天练出来的，不是一张纸证明出来的。"
      "车间就是课堂，机器就是老师，但最好的老师还是自己的双手。各级工会要为技工说话，替技工办事，没有半点含糊。\n"
      "只看文凭不看手艺的办法，是不行的。一年里只抓产量不抓质量，不能叫办厂。这座老厂子要一直办下去，但这不等于照老"
      "样子办。"
      "虽然车间里的机器很旧了，但人心很齐。明年工资可以往上涨一涨，前提是质量上得去。没有挂牌的设备要检修，"
      "检修没有做完的，不得开机。\n";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"要尊重每一个普通的劳动者。", ""},
      {"尊重每一个普通的劳动者。", ""},
      {"手艺是一天一天练出来的。", ""},
      {"车间就是课堂，机器就是老师。", "context-turns"},
      {"各级工会要为技工说话，替技工办事。", "context-turns"},
      {"要尊重每一个普通的劳动者……车间就是课堂", ""},
      {"只看文凭不看手艺的办法。", "context-cut"},
      {"一年里只抓产量不抓质量。", "context-cut"},
      {"这座老厂子要一直办下去。", "context-cut"},
      {"车间里的机器很旧了。", "context-cut"},
      {"明年工资可以往上涨一涨。", "context-cut"},
      {"没有挂牌的设备要检修，检修没有做完的。", "context-cut"},
  };
  for (const auto& [words, flag] : cases) {
    const Told told(quoted(words), {{"speech.txt", speech}});
    EXPECT_EQ(flags(told.only()), flag) << words;
    const Level level = flag == "context-cut" ? Level::fix : Level::note;
    EXPECT_LE(told.only().level, level) << words;
    EXPECT_EQ(told.only().level == Level::fix, level == Level::fix) << words;
  }
}

// What stands behind a mark that is never closed is judged as far as the library's text runs on with it, changed or
// not.
TEST(Flags, AQuotationThatIsNotClosed) {
  const Text speech{"speech.txt",
                    "在云川技工大会上的讲话\n\n（2031年3月8日）\n\n郗望澜\n\n"
                    "手艺是一天一天练出来的。各级工会要为技工说话，替技工办事，把工钱按月发足。\n"};
  for (const auto& [words, said] : std::vector<std::pair<std::string, std::string>>{
           {"手艺是一天一天练出来的。各级工会要为技工说话，替技工办事，把工钱按年发足。", "sensitive unclosed"},
           {"手艺是一天一天练出来的。各级工会要为技工说话，替技工办事。这话说得好，大家都记着。", "unclosed"},
           {"手艺是一天一天练出来的。这话说得好，大家都记着。", "unclosed"},
           {"手艺是一天一天练出来的。”这话说得好，大家都记着。", ""}}) {
    const Told told(std::string(kFill) + "郗望澜指出：“" + words + "\n", {speech});
    EXPECT_EQ(flags(told.only()), said) << words;
    EXPECT_EQ(told.only().verdict, said.size() > 8 ? Verdict::variant : Verdict::verbatim) << words;
    EXPECT_EQ(told.only().level, said.empty() ? Level::ok : said.size() > 8 ? Level::fix : Level::note) << words;
  }
}

TEST(Flags, WordsThatTheSpeakerGivesAsAnothers) {
  const std::string speech =
      "在青梧书院开学典礼上的致辞\n\n（2031年9月1日）\n\n陆闻笛\n\n各位同学：\n\n"
      "读书这件事，急不得，也慢不得。有人主张：“读书只要读得快，不必读得懂。”这种看法，我是不赞成的。书院养读书人。"
      "\n"
      "有的同志说，书院的门应当关起来，闲人不要进来。这话不对。书院的门是开着的，谁都可以进来。\n"
      "有一位老先生告诉我：“学问如种树，十年才见荫。”这句话我记了四十年。\n"
      "我常对大家讲：“读一本书，就要读到它的骨头里去。”我们要记住“先做人、后读书、再做事”的院训。\n";
  const auto told = [&](const std::string& words, const std::string& lead) {
    return flags(Told(quoted(words, lead), {{"speech.txt", speech}}).only());
  };
  const std::string said = "陆闻笛说：“";
  EXPECT_EQ(told("读书只要读得快，不必读得懂。", said), "context-cut");
  EXPECT_EQ(told("书院的门应当关起来，闲人不要进来。", said), "context-cut");
  EXPECT_EQ(told("学问如种树，十年才见荫。", said), "anothers-words");
  EXPECT_EQ(told("学问如种树，十年才见荫。", "陆闻笛引用老先生的话说：“"), "");
  for (const char* own :
       {"读一本书，就要读到它的骨头里去。", "先做人、后读书、再做事", "书院的门是开着的，谁都可以进来。"})
    EXPECT_EQ(told(own, said), "") << own;
  // A paper that quotes somebody gives his words as his.
  const std::string report =
      "把河护好\n\n郗望澜在全省护河座谈会上指出，“护河先要识河，要把上游的林、中游的田放在一张图上看。”会后大家下了"
      "河。\n";
  EXPECT_FALSE(Told(quoted("护河先要识河，要把上游的林、中游的田放在一张图上看。"), {{"report.txt", report}})
                   .only()
                   .has(Flag::anothers_words));
}

TEST(Flags, QuotedBeforeItWasSaidAndPublishedLater) {
  const Told before(quoted("树多的时候要有地方透风，树少的时候要有地方遮阴"), {kBook}, "2030-01-01");
  EXPECT_TRUE(before.only().has(Flag::quoted_before_said)) << flags(before.only());
  EXPECT_TRUE(before.only().has(Flag::published_later));
  EXPECT_EQ(before.only().level, Level::fix);
  // Said before the draft, printed after it.
  const Told between(quoted("树多的时候要有地方透风，树少的时候要有地方遮阴"), {kBook}, "2031-12-01");
  EXPECT_FALSE(between.only().has(Flag::quoted_before_said)) << flags(between.only());
  EXPECT_TRUE(between.only().has(Flag::published_later));
  // An undated draft excludes nothing.
  const Told undated(quoted("树多的时候要有地方透风，树少的时候要有地方遮阴"), {kBook}, "");
  EXPECT_FALSE(undated.only().has(Flag::quoted_before_said)) << flags(undated.only());
}

TEST(Flags, MixedOccasions) {
  const Told told(std::string(kFill) + "郗望澜强调：“树多的时候要有地方透风”，“要给护林员发好雨衣和津贴”。\n",
                  {kBook});
  std::size_t mixed = 0;
  for (const Finding& f : told.findings) mixed += f.has(Flag::mixed_occasions);
  EXPECT_EQ(mixed, 2U);
}

// A commentary that quotes with a word of its own, and one that quotes exactly.
Text commentary(const std::string& name, const std::string& words, const std::string& rest) {
  return {
      name,          "山里的账本\n\n" + rest + "郗望澜曾经指出：“" + words + "”。这话说得实在，护林的人都爱听。\n",
      "山里的账本",  "云川日报",
      "2032-09-01",  "commentary",
      "official-web"};
}
const std::string kRest = "秋天的山路上总有人走，他们背着干粮和账本，一段一段地看过去，看完了才回村里吃饭。";

TEST(Base, IsACommentaryOnlyWhereNothingElseHoldsTheWords) {
  const std::string words = "每一棵老树都要有名有姓有来历，谁也不能替它做主";
  const Told alone(quoted(words), {kBook, commentary("c.txt", words, kRest)});
  EXPECT_EQ(alone.base(), "c.txt");
  EXPECT_TRUE(alone.only().has(Flag::secondary_only));
  EXPECT_EQ(alone.only().level, Level::check);
  const std::string known = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  const Told both(quoted(known), {kBook, commentary("c.txt", known, kRest)});
  EXPECT_EQ(both.base(), "speech.txt");
  EXPECT_FALSE(both.only().has(Flag::secondary_only));
}

TEST(Base, IsTheSpeechEvenWhereACommentaryHasTheDraftsWording) {
  const std::string changed = "树多的时候要有地方透光，树少的时候要有地方遮阴";
  const Told told(quoted(changed), {kBook, commentary("c.txt", changed, kRest)});
  EXPECT_EQ(told.base(), "speech.txt");
  EXPECT_EQ(told.only().verdict, Verdict::variant);
  ASSERT_TRUE(told.only().has(Flag::as_in)) << flags(told.only());
  ASSERT_TRUE(told.only().as_in.has_value());
  EXPECT_EQ(told.all.corpus.document(told.all.corpus.works[told.only().sources.at(*told.only().as_in).work]).path,
            "c.txt");
}

TEST(Base, IsTheTextThatTheDraftNamesThoughItHasMore) {
  const Text article{
      "own.txt",
      "守好每一片山林\n\n沈砚秋\n\n　　修路修桥，是山里人过日子的根本。修路，要先看水往哪里走，坚持桥、涵、沟"
      "一起修，既省下石料，又让牛羊走得安稳。\n",
      "守好每一片山林",
      "远山",
      "2031-11-16",
      "article",
      "print"};
  const Text report{"r.txt",
                    "沈砚秋在梨坪县调研\n\n　　云川日报讯　3月5日，省长沈砚秋到梨坪县调研。\n　　沈砚秋强调，修路，"
                    "要先看水往哪里走"
                    "，既省下石料，又让牛羊走得安稳。\n",
                    "沈砚秋在梨坪县调研",
                    "云川日报",
                    "2031-03-06",
                    "report",
                    "print"};
  const std::string words = "修路，要先看水往哪里走，既省下石料，又让牛羊走得安稳。";
  const Told named(quoted(words, "“", "”（沈砚秋：《守好每一片山林》，《远山》2031年11月16日）"),
                   {article, report});
  EXPECT_EQ(named.base(), "own.txt");
  EXPECT_EQ(named.only().verdict, Verdict::abridged_unmarked);
  EXPECT_TRUE(named.only().has(Flag::as_in));
  EXPECT_EQ(Told(quoted(words, "“", "”"), {article, report}).base(), "r.txt");
}

TEST(Base, IsNoNearReportOfAnUnknownOccasionWhereACommentaryHasTheWords) {
  const std::string words = "每一棵老树都要有名有姓有来历，谁也不能替它做主";
  const Text report{"r.txt",
                    "林业座谈会在远山召开\n\n云川社远山4月2日电 "
                    "春天的会开了一整天，到会的人坐满了礼堂。会议认为，每一棵老树都要有名有姓有出处，谁也不能替它做"
                    "主。与会的护林员领到了新的雨衣。\n",
                    "林业座谈会在远山召开",
                    "云川社",
                    "2031-04-02",
                    "report",
                    "official-web"};
  const Told told(quoted(words), {report, commentary("c.txt", words, kRest)});
  EXPECT_EQ(told.base(), "c.txt");
  EXPECT_TRUE(told.only().has(Flag::secondary_only)) << flags(told.only());
  EXPECT_EQ(told.only().level, Level::check);
}

TEST(Base, IsTheWordsThemselvesBeforeSomebodysWordForTheOccasion) {
  // An article that gives nearly the same in led speech, on the occasion that the draft names; the speech has the
  // words on another.
  const Text article{"a.txt",
                     "山里的学问\n\n" + kRest +
                         "郗望澜在远山林场考察时强调，要给护林员发好雨衣和津贴，全省林场都要办到。讲得实在。\n",
                     "山里的学问",
                     "云川日报",
                     "2032-09-01",
                     "article",
                     "official-web"};
  const Told told(quoted("要给护林员发好雨衣和津贴，全省一百二十座林场都要办到", "在远山林场考察时，郗望澜指出：“"),
                  {kBook, article});
  EXPECT_EQ(told.base(), "speech.txt");
  EXPECT_EQ(name(told.only().verdict), "verbatim");
}

TEST(Base, IsWhatASideFileRanksFirstThenPrint) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  Text web = kBook;
  web.name = "web.txt", web.copy = "official-web";
  web.text += "（完）\n";
  EXPECT_EQ(Told(quoted(words), {web, kBook}).base(), "speech.txt");
  web.rank = "1";
  EXPECT_EQ(Told(quoted(words), {web, kBook}).base(), "web.txt");
}

TEST(Base, IsDisputedWhereItsCopiesDisagreeInsideTheQuotation) {
  Text other = kBook;
  other.name = "other.txt";
  other.text.replace(other.text.find("透风"), std::string("透风").size(), "透光");
  const Told told(quoted("树多的时候要有地方透风，树少的时候要有地方遮阴"), {kBook, other});
  EXPECT_TRUE(told.only().has(Flag::base_disputed)) << flags(told.only());
  EXPECT_EQ(told.only().level, Level::check);
  // Also where the draft has neither.
  const std::string neither = "树多的时候要有地方透气，树少的时候要有地方遮阴";
  EXPECT_TRUE(Told(quoted(neither), {kBook, other}).only().has(Flag::base_disputed));
  other.text = kBook.text;
  EXPECT_FALSE(Told(quoted(neither), {kBook, other}).only().has(Flag::base_disputed));
}

TEST(Base, IsNeverTheDraftNorACopyOfIt) {
  const std::string draft = quoted("月亮从山后升起来的时候，渡口的人都已经睡下了");
  const Told told(draft, {{"copy.txt", "一篇谈护林的稿件\n\n" + draft + "（转载）\n"}});
  EXPECT_EQ(told.only().verdict, Verdict::not_found);
  EXPECT_EQ(told.only().reason, "only-in-the-draft");
  EXPECT_TRUE(told.only().sources.empty());
}

TEST(Base, IsAnyOtherTextOfWordsThatAreNearlyAllTheDraft) {
  const std::string words = "月亮从山后升起来的时候，渡口的人都已经睡下了";
  const Text card{"cards.txt", words + "。\n", "名言", "远山日报", "2031-03-06"};
  const auto verdict = [&](const std::string& said) {
    return std::string(name(Told("“" + said + "。”\n", {card}).only().verdict));
  };
  EXPECT_EQ(verdict(words), "verbatim");
  EXPECT_EQ(verdict("月亮从山后升起来的时候，渡口的人都还没有睡下"), "variant");
  const auto print = [](const std::string& last) {
    return "新年前夕，省长郗望澜发表了新年贺词。全文如下：\n\n大家好！山里的路修通了，河里的水也清了，出门的人都回"
           "来看一看，留下的人都把门前扫一扫。\n\n"
           "护林的人守住了山，护堤的人守住了河，教书的人守住了孩子们。\n\n" +
           last + "\n";
  };
  const Told told(print("来年的账要一笔一笔地记，来年的树要一棵一棵地种。"),
                  {{"print.txt", print("来年的账要一笔一笔地算，来年的树要一棵一棵地种。")}});
  ASSERT_EQ(told.findings.size(), 3U);
  EXPECT_EQ(told.findings[0].verdict, Verdict::verbatim);
  EXPECT_EQ(told.findings[1].verdict, Verdict::verbatim);
  EXPECT_EQ(told.findings[2].verdict, Verdict::variant);
  // Of a print of which nothing is held the draft is the source; a paragraph of one that is held is missing from
  // it.
  for (const auto& [held, wanted] :
       {std::pair("来年的账要一笔一笔地算。", Level::note),
        std::pair("大家好！山里的路修通了，河里的水也清了，出门的人都回来看一看，留下的人都把门前扫一扫。",
                  Level::check)}) {
    const Told found(print("月亮从山后升起来的时候，渡口的人都已经睡下了。"),
                     {{"held.txt", std::string(held) + "\n\n" + kFill + "\n"}});
    ASSERT_EQ(found.findings.size(), 3U);
    EXPECT_EQ(found.findings[2].verdict, Verdict::not_found);
    EXPECT_EQ(found.findings[2].level, wanted) << held;
  }
}

TEST(NotFound, SaysWhatIsHeldOfTheOccasionAndShowsTheNearestAsNoSource) {
  const Told full(quoted("月亮从山后升起来的时候，渡口的人都已经睡下了", "在云川林业座谈会上，郗望澜指出：“"),
                  {kBook});
  EXPECT_EQ(full.only().verdict, Verdict::not_found);
  EXPECT_EQ(full.only().holding, Holding::full);
  EXPECT_EQ(full.only().level, Level::fix);
  const Told none(quoted("月亮从山后升起来的时候，渡口的人都已经睡下了", "在远山渡口现场会上，郗望澜指出：“"),
                  {kBook});
  EXPECT_EQ(none.only().holding, Holding::none);
  EXPECT_EQ(none.only().level, Level::check);
  const Told near(quoted("树多的时候要有地方透风，月亮升起来人就睡下了"), {kBook});
  ASSERT_EQ(near.only().verdict, Verdict::not_found) << name(near.only().verdict);
  EXPECT_TRUE(near.only().sources.empty());
  EXPECT_TRUE(near.only().nearest.has_value());
}

// Pages of thirty letters a line as a PDF has them, no letter sequence twice; the fourth page lost its end.
std::string paged(std::u32string& kept, std::u32string& lost) {
  std::uint32_t state = 7;
  const auto line = [&] {
    std::u32string out;
    while (out.size() < 30) {
      state = state * 1664525 + 1013904223;
      out += U'一' + static_cast<char32_t>((state >> 8) % 4000);
    }
    return out;
  };
  std::string text;
  for (int page = 0; page < 8; ++page)
    for (int l = 0; l < 25; ++l) {
      const std::u32string words = line();
      if (page == 3 && l == 9) lost = words;
      if (page == 3 && l >= 9) continue;
      if (page == 3) kept = words;
      const bool last = l + 1 == (page == 3 ? 9 : 25);
      text += (l == 0 && page > 0 ? " " : "") + to_utf8(words) + (last ? " \n" : " \n\n");
    }
  return text + "完。\n";
}

TEST(Verdicts, OfWordsThatTheBaseLostAreNone) {
  std::u32string kept, lost;
  const Text base{"paged.txt", paged(kept, lost)};
  const Told cut(quoted(to_utf8(kept.substr(12) + lost.substr(0, 12))), {base});
  EXPECT_EQ(name(cut.only().verdict), "uncheckable");
  EXPECT_EQ(cut.only().reason, "lost-text");
  EXPECT_EQ(cut.only().level, Level::check);
  const Told whole(quoted(to_utf8(kept)), {base});
  EXPECT_EQ(name(whole.only().verdict), "verbatim");
  EXPECT_TRUE(whole.only().has(Flag::base_damaged)) << flags(whole.only());
}

TEST(Limits, AreSaidWithWhatWasLeftAside) {
  const std::string words = "树多的时候要有地方透风，树少的时候要有地方遮阴";
  std::vector<Text> library;
  for (int n = 0; n < 60; ++n) {
    std::string rest;
    for (int k = 0; k < 40; ++k)
      rest += to_utf8(std::u32string(1, U'一' + static_cast<char32_t>((n * 97 + k * 31) % 9000)));
    library.push_back(commentary("c" + std::to_string(100 + n) + ".txt", words, rest + "。"));
  }
  library.push_back(kBook);
  const Told told(quoted(words), library);
  const Finding& f = told.only();
  EXPECT_EQ(told.base(), "speech.txt");  // however many hold it
  ASSERT_EQ(f.limits.size(), 1U);
  EXPECT_EQ(name(f.limits[0].what), "witnesses");
  EXPECT_EQ(f.limits[0].bound, f.sources.size());
  EXPECT_EQ(f.limits[0].left + f.sources.size(), 61U);
  EXPECT_TRUE(Told(quoted(words), {kBook}).only().limits.empty());
}

TEST(Keys, ChangeWithTheQuotationAndTheBaseAlone) {
  const std::string words = "林有林的脾气，树多的时候要有地方透光";
  const std::string key = Told(quoted(words), {kBook}).only().key;
  EXPECT_EQ(key.size(), 64U);
  EXPECT_EQ(key, Told(std::string(kFill) + "\n\n" + quoted(words), {kBook}).only().key);
  EXPECT_NE(key, Told(quoted("林有林的脾气，树多的时候要有地方透气"), {kBook}).only().key);
  Text other = kBook;
  other.text += "（完）\n";
  EXPECT_NE(key, Told(quoted(words), {other}).only().key);
}

// Who has looked at one wrong source of the words has not looked at another.
TEST(Keys, ChangeWithTheClaimsThatDoNotAgree) {
  const std::string words = "林有林的脾气，树多的时候要有地方透风，树少的时候要有地方遮阴";
  const auto key = [&](const std::string& before, const std::vector<Text>& library) {
    return Told(quoted(words, before), library).only().key;
  };
  const std::string wrong_day = key("2030年2月3日，郗望澜指出：“", {kBook});
  EXPECT_EQ(wrong_day, key("2030年2月3日，郗望澜说：“", {kBook}));
  EXPECT_NE(wrong_day, key("2029年5月6日，郗望澜指出：“", {kBook}));
  EXPECT_NE(wrong_day, key("在梨坪林场考察时，郗望澜指出：“", {kBook}));
  EXPECT_NE(wrong_day, key("2030年2月3日，顾闻笛指出：“", {kBook}));
  const std::string first = "2030年2月3日，造林大会开幕。", other = "2029年5月6日，造林大会开幕。",
                    same = "同日，郗望澜指出：“";
  EXPECT_NE(key(first + same, {kBook}), key(other + same, {kBook}));
  // Nothing is to be decided of a source that agrees.
  EXPECT_EQ(key("郗望澜指出：“", {kBook}), key("在云川林业座谈会上，郗望澜指出：“", {kBook}));
  // Where the library has nothing a decision rests on what is claimed.
  const Text none{"none.txt", "桥报\n\n桥头的碑上刻着修桥人的姓名，渡口的石阶一年比一年少。\n"};
  EXPECT_NE(key("郗望澜指出：“", {none}), key("顾闻笛指出：“", {none}));
  EXPECT_NE(key("郗望澜说，桥要修好。他指出：“", {none}), key("顾闻笛说，桥要修好。他指出：“", {none}));
}

TEST(Points, CountConfirmedErrorsAlone) {
  Told told(quoted("林有林的脾气，树多的时候要有地方透光"), {kBook});
  EXPECT_EQ(points(told.findings).findings, 0U);
  EXPECT_TRUE(accept(told.findings, {{told.only().key.substr(0, 12), false, "甲", "", ""}}).empty());
  EXPECT_EQ(points(told.findings).points, 0);
  EXPECT_EQ(accept(told.findings, {{told.only().key, true, "甲", "", ""}, {"ffffffffffff", true, "甲", "", ""}}),
            std::vector<std::string>{"ffffffffffff"});
  EXPECT_EQ(points(told.findings).findings, 1U);
  EXPECT_EQ(points(told.findings).points, 1);
}

TEST(Unmarked, WordsOfTwentyLettersThatStandInTheLibrary) {
  const Told told(std::string(kFill) + "凡是能不砍的老树就不砍，凡是能不修的林道就不修，这话村里人都会说。\n",
                  {kBook});
  ASSERT_EQ(told.findings.size(), 1U);
  EXPECT_EQ(told.findings[0].form, Finding::Form::unmarked);
  EXPECT_EQ(told.findings[0].level, Level::ok);
}

TEST(Unmarked, ATitleInItsMarksIsNone) {
  const std::string speech =
      "在云川市林业工作会议和林场场长座谈会上的讲话\n\n（2031年3月8日）\n\n郗望澜\n\n同志们：\n\n护林先要识林，林有"
      "林的脾气。\n";
  const Told told(std::string(kFill) + "郗望澜：《在云川市林业工作会议和林场场长座谈会上的讲话》，2031年3月8日。\n",
                  {{"speech.txt", speech}});
  EXPECT_TRUE(told.findings.empty());
}

TEST(Unmarked, WordsThatManyTextsHave) {
  const std::string words = "凡是能不砍的老树就不砍，凡是能不修的林道就不修，巡山账每年都要公布一次。";
  for (const int texts : {40, 60, 120}) {
    std::vector<Text> library;
    for (int n = 0; n < texts; ++n)
      library.push_back({"t" + std::to_string(n) + ".txt", "第" + std::to_string(n) + "座林场的账\n\n" + words +
                                                               "第" + std::to_string(n) + "座林场的人记下了" +
                                                               std::to_string(n * 7) + "棵树的年纪。\n"});
    const Told told(std::string(kFill) + words + kFill + "\n", library);
    ASSERT_EQ(told.findings.size(), 1U) << texts;
    EXPECT_EQ(told.findings[0].form, Finding::Form::unmarked) << texts;
  }
}

}  // namespace
}  // namespace suyuan
