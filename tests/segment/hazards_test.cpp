// The places where a reader of real files goes astray, each by the name the list of hazards gives it, on invented
// text.
#include <gtest/gtest.h>

#include "segment/made.hpp"
#include "suyuan/align.hpp"
#include "suyuan/index.hpp"

namespace suyuan {
namespace {

const std::string kBody =
    "护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看，写明水量、水质、岸线和鱼种，每年公布一次。";

std::vector<std::string> roles(const Made& m, std::size_t work = 0) {
  std::vector<std::string> out;
  for (const Paragraph& p : m.made.works.at(work).paragraphs) out.emplace_back(name(p.role));
  return out;
}
std::size_t blocks(const Made& m, Role role) {
  return static_cast<std::size_t>(std::ranges::count(m.made.blocks, role, &Block::role));
}
std::string folded(const Made& m, std::size_t work = 0) {
  std::string out;
  const Fold f = fold(m.document, m.made.works.at(work));
  for (const Unit u : f.units()) out += to_utf8(std::u32string(1, static_cast<char32_t>(u)));
  return out;
}
// The edits between the two texts' works, by class and words.
std::vector<std::string> edits(const std::string& a, const std::string& b) {
  Sources s = read_bytes(a + "\n（《云川日报》 2031年3月9日）\n", "a.txt");
  s.documents.push_back(read_bytes(b + "\n（《远山》 2031年10月1日）\n", "b.txt").documents.at(0));
  const Corpus c = build_corpus(std::move(s));
  std::vector<std::string> out;
  for (const Alignment& x : align_all(c, Index(c)))
    for (const Edit& e : compare(c, x.a_work, x.b_work, x.equal, x.a, x.b).edits)
      out.push_back(std::string(name(e.kind)) + ":" + to_utf8(c.document(c.works[x.a_work]).text_of(e.from)) + "/" +
                    to_utf8(c.document(c.works[x.b_work]).text_of(e.to)));
  return out;
}

// 30 characters a line and an empty line after each, but for the last of a page, where the next begins with a
// blank.
std::string paged(const std::vector<std::u32string>& paragraphs, std::size_t lines_a_page) {
  std::string out;
  std::size_t line = 0;
  for (const std::u32string& p : paragraphs)
    for (std::size_t i = 0; i < p.size(); ++line) {
      const std::size_t take = std::min<std::size_t>(p.size() - i, i == 0 ? 28 : 30);
      const bool top = line > 0 && line % lines_a_page == 0;
      out += (top ? " " : "") + std::string(i == 0 ? "  " : "") + to_utf8(p.substr(i, take)) +
             ((line + 1) % lines_a_page == 0 ? " \n" : " \n\n");
      i += take;
    }
  return out;
}

TEST(Hazard, SourceHeader) {
  const Made m = make("来源:《求是》2031/16 2031-08-19 15:48:13\n郗望澜\n" + kBody + "\n");
  EXPECT_EQ(m.made.works[0].outlet, "求是");
  EXPECT_EQ(days(m.made.works[0].published), "2031-08-16..2031-08-16");
  EXPECT_EQ(days(m.made.works[0].edition), "2031-08-19..2031-08-19");
}
TEST(Hazard, PinyinInBracketsAndWithToneDigit) {
  EXPECT_EQ(folded(make("護(hù)河先要識(shi2)河,要看圖(tú)。\n")), folded(make("护河先要识河，要看图。\n")));
}
TEST(Hazard, PinyinInHeading) {
  const Made m = make("十(shí)二\n" + kBody + "\n(2031年3月8日在云川的座谈会上的讲话)\n");
  EXPECT_EQ(roles(m), (std::vector<std::string>{"section_number", "body", "occasion"}));
}
TEST(Hazard, NestedBracketsInOccasionLine) {
  const Made m = make("一\n" + kBody + "\n(2031年3月8日在(zài)云川河流保護座談會上的講話)\n二\n" + kBody +
                      "\n(2032年6月5日《關於〈三年計劃〉的(de)說明》)\n");
  ASSERT_EQ(m.made.works[0].sections.size(), 2U);
  EXPECT_EQ(days(m.made.works[0].sections[1].spoken), "2032-06-05..2032-06-05");
}
TEST(Hazard, OccasionLineOnTwoLines) {
  const Made m = make("一\n" + kBody + "\n（2031年3月8日在云川河流保护座谈会\n\n上的讲话）\n");
  ASSERT_EQ(m.made.works[0].sections.size(), 1U);
  EXPECT_EQ(to_utf8(m.document.text_of(m.made.works[0].sections[0].occasion)),
            "（2031年3月8日在云川河流保护座谈会上的讲话）");
}
TEST(Hazard, PhotoCaptionBetweenSections) {
  const Made m =
      make("一\n" + kBody +
           "\n(2031年3月8日在云川的座谈会上的讲话)\n2031年5月7日,郗望瀾在梨坪考察。 本刊記者 荀墨白/攝\n二\n" +
           kBody + "\n(2031年5月20日在梨坪的座谈会上的讲话)\n");
  EXPECT_EQ(blocks(m, Role::caption), 1U);
  EXPECT_EQ(m.made.works[0].sections.size(), 2U);
}
TEST(Hazard, ScriptConversionAndHalfWidthPunctuation) {
  EXPECT_EQ(edits(kBody + "全面看，体系要因地制宜，标志要清楚。",
                  "護河先要識河,要把上遊的林、中遊的田、下遊的城放在一張圖上看,寫明水量、水質、岸線和魚種,"
                  "每年公布一次。全麵看,體係要因地製宜,標誌要清楚。"),
            std::vector<std::string>{});
}
TEST(Hazard, HalfWidthCommaInFullWidthText) {
  EXPECT_EQ(edits(kBody,
                  "护河先要识河,"
                  "要把上游的林、中游的田、下游的城放在一张图上看，写明水量、水质、岸线和鱼种，每年公布一次。"),
            std::vector<std::string>{});
}
TEST(Hazard, EditorialNoteWithAnOddCharacterForItsBracket) {
  const Made m = make("一\n" + kBody + "\n※这是郗望澜2031年3月至2032年6月期间有关护河讲话的节录。\n");
  EXPECT_EQ(m.made.works[0].kind, WorkKind::excerpt);
  EXPECT_EQ(roles(m).back(), "note");
}
TEST(Hazard, Footer) {
  const Made m = make("护河记\n" + kBody +
                      "\n來 源:《遠山》2032/16\n編 輯 I 鍾離月 審 校 I 陸雁回\n監 製 I "
                      "司空野\n雲公網安備00000000000號 雲ICP備00000000號\n");
  EXPECT_EQ(blocks(m, Role::footer), 4U);
  EXPECT_EQ(m.made.works[0].outlet, "远山");
}
TEST(Hazard, HardWrapWithBlankLines) {
  const Made m = make(paged({prose(400) + U"止。", prose(300) + U"完。"}, 1000));
  EXPECT_EQ(roles(m), (std::vector<std::string>{"body", "body"}));
}
TEST(Hazard, HardWrapWithTrailingBlanks) {
  std::string text = "# 护河\n\n";
  const std::u32string p = prose(200) + U"止。";
  for (std::size_t i = 0; i < p.size(); i += 26)
    text += to_utf8(p.substr(i, 26)) + (i + 26 < p.size() ? "  \n" : "\n\n");
  const Made m = make(text + "## 另一件\n\n" + kBody + "\n");
  EXPECT_EQ(m.text(0, 1), to_utf8(p));
}
TEST(Hazard, PageNumberLine) {
  std::string text = paged({prose(400) + U"止。"}, 1000);
  const std::size_t at = text.find("\n\n", text.size() / 2);
  text.insert(at, "\n\n 14 ");
  const Made m = make(text);
  EXPECT_EQ(blocks(m, Role::page_number), 1U);
  EXPECT_EQ(m.text(0, 0), to_utf8(prose(400) + U"止。"));
}
// Five lines of thirty letters, the mark of a page and what stands below it, and so on.
std::string in_pages(const std::vector<std::string>& marks) {
  const std::u32string text = prose(150 * (marks.size() + 1) + 7) + U"止。";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 30) {
    if (i > 0 && i % 150 == 0 && i / 150 <= marks.size()) out += marks[i / 150 - 1];
    out += to_utf8(text.substr(i, 30)) + "\n";
  }
  return out;
}
TEST(Hazard, RunningHeadOfTwoPages) {
  const std::string whole = to_utf8(prose(457) + U"止。");
  for (const auto& marks :
       {std::vector<std::string>{"— 177 —\n河边札记　2031年第2期\n", "— 178 —\n河边札记　2031年第2期\n"},
        std::vector<std::string>{"河边札记\n177\n", "河边札记\n178\n"}}) {
    const Made m = make(in_pages(marks));
    EXPECT_EQ(blocks(m, Role::running_head), 2U) << marks[0];
    EXPECT_EQ(m.text(0, 0), whole) << marks[0];
  }
  const Made alternating = make(in_pages({"1\n河边札记\n", "2\n说水\n", "3\n河边札记\n", "4\n说水\n"}));
  EXPECT_EQ(blocks(alternating, Role::running_head), 4U);
  EXPECT_EQ(alternating.made.works.at(0).paragraphs.size(), 1U);
}
TEST(Hazard, ALineThatPartsSentencesAndCountsThePages) {
  const std::string whole = to_utf8(prose(607) + U"止。");
  const auto counting = [](const std::string& before, const std::string& after) {
    std::vector<std::string> out;
    for (int page = 11; page < 14; ++page) out.push_back(before + std::to_string(page) + after + "\n");
    return out;
  };
  for (const auto& marks :
       {counting("河边札记  ", ""), counting("", " 河边札记"), counting("河边札记 第", "页"), counting("P", ""),
        counting("[", "]"), counting("Page ", " of 20"),
        counting("https://yuanshan.example/1.html 2031/10/1 ", "/20"),
        counting("河边札记 第二期\n云川省护河委员会编 ", ""), std::vector<std::string>{"iii\n", "iv\n", "v\n"},
        std::vector<std::string>{"十九\n", "二十\n", "二十一\n"},
        std::vector<std::string>{"第九页\n", "第十页\n", "第十一页\n"},
        std::vector<std::string>(3, "2031/10/1 09:30  河边札记\n"),
        std::vector<std::string>(3, "（下转第3版）\n（上接第1版）\n")}) {
    const Made m = make(in_pages(marks));
    ASSERT_EQ(m.made.works.at(0).paragraphs.size(), 1U) << marks[0];
    EXPECT_EQ(m.text(0, 0), whole) << marks[0];
  }
  // One is enough for a number in some dress, and for the title over again; the title itself stays.
  for (const std::string mark : {"(12)\n", "<12>\n", "#12#\n", "第十二页\n", "下一页\n", "==========\n",
                                 "----------\n(12)\n", "护河记\n", "护河记　12\n", "12\n护河记\n"}) {
    const Made m = make("护河记\n\n" + in_pages({mark}));
    ASSERT_EQ(m.made.works.at(0).paragraphs.size(), 2U) << mark;
    EXPECT_EQ(m.text(0, 0), "护河记") << mark;
    EXPECT_EQ(m.text(0, 1), to_utf8(prose(307) + U"止。")) << mark;
  }
  const Made headed = make("护河记\n\n" + in_pages({"护河记\n", "护河记\n", "护河记\n"}));
  EXPECT_EQ(headed.made.works.at(0).title, "护河记");
  EXPECT_EQ(headed.text(0, 1), whole);
  // Misread digits.
  const Made misread = make(in_pages({"l01\n", "1O2\n", "(lO3)\n"}));
  EXPECT_EQ(misread.text(0, 0), whole);
  // Headings that count, and steps that a sentence ends before.
  std::string sections;
  for (int n = 1; n < 4; ++n) sections += "第" + std::to_string(n) + "处\n" + wrapped(prose(150) + U"止。", "\n");
  EXPECT_EQ(blocks(make(sections), Role::running_head), 0U);
  // Other lines between full ones are text.
  EXPECT_EQ(blocks(make(in_pages({"护河\n", "识河\n", "走河\n"})), Role::running_head), 0U);
}
TEST(Hazard, NotesAtThePagesFootAndCaptionsStandBetweenHalvesOfASentence) {
  const std::string whole = to_utf8(prose(607) + U"止。");
  const Made m =
      make(in_pages({"————————\n①见《云川河志》第5页。\n11\n", "①见《云川河志》第6页，\n又见《远山》第2期。\n12\n",
                     "图3　护河员在渡口（顾闻笛摄）\n"}));
  EXPECT_EQ(roles(m), (std::vector<std::string>{"body", "note", "note"}));
  EXPECT_EQ(m.text(0, 0), whole);
  EXPECT_EQ(m.text(0, 2), "①见《云川河志》第6页，又见《远山》第2期。");
  EXPECT_EQ(blocks(m, Role::caption), 1U);
  const Made numbered = make(in_pages({"1. 参见顾闻笛：《云川河志》，第5页。\n11\n"}));
  EXPECT_EQ(roles(numbered), (std::vector<std::string>{"body", "note"}));
  const Made wrapped_caption = make(in_pages({"新闻社记者顾闻笛摄\n"}));
  EXPECT_EQ(wrapped_caption.made.works.at(0).paragraphs.size(), 2U);
  // ① that counts off in the text is none of a note.
  std::u32string text = prose(607) + U"止。";
  text.replace(120, 6, U"①识河走河。");
  std::string counted;
  for (std::size_t i = 0; i < text.size(); i += 30)
    counted += to_utf8(text.substr(i, 30)) + (i == 120 ? "\n11\n" : "\n");
  EXPECT_EQ(roles(make(counted)), std::vector<std::string>{"body"});
}
TEST(Hazard, TextIndentedAsAWholeAndInvisibleSignsBeforeLines) {
  const std::string whole = to_utf8(prose(300) + U"止。");
  for (const std::string before : {"    ", "\u200B", "\u202A", "\uFEFF", ">> "}) {
    std::string text = "护河记\n\n";
    const std::u32string words = prose(300) + U"止。";
    for (std::size_t i = 0; i < words.size(); i += 30) text += before + to_utf8(words.substr(i, 30)) + "\n";
    const Made m = make(text);
    EXPECT_EQ(m.made.works.at(0).paragraphs.size(), 2U) << before;
    EXPECT_EQ(folded(m), folded(make("护河记\n\n" + whole + "\n"))) << before;
  }
  // Paragraphs that all begin at the indent stay apart.
  std::string text;
  for (int n = 0; n < 4; ++n) {
    const std::u32string words = prose(98) + U"止。";
    for (std::size_t i = 0; i < words.size(); i += i == 0 ? 28 : 30)
      text += (i == 0 ? "        " : "    ") + to_utf8(words.substr(i, i == 0 ? 28 : 30)) + "\n";
  }
  EXPECT_EQ(make(text).made.works.at(0).paragraphs.size(), 4U);
}
TEST(Hazard, ALineSaidTwiceBesidePageNumbersIsText) {
  // Beside two of five numbers; on either side of them.
  for (const auto& marks : {std::vector<std::string>{"1\n", "2\n大家都来护河\n", "3\n大家都来护河\n", "4\n", "5\n"},
                            std::vector<std::string>{"1\n大家都来护河\n", "大家都来护河\n2\n"}})
    EXPECT_EQ(blocks(make(in_pages(marks)), Role::running_head), 0U) << marks[0];
  // A verse of every stanza, whether its page ends there or not.
  std::string verses;
  for (int stanza = 0; stanza < 8; ++stanza) {
    verses += "上游的林子青又青，\n中游的田埂平又平\n大家都来护这条河\n";
    if (stanza % 2 == 0) verses += "— " + std::to_string(stanza + 3) + " —\n";
  }
  EXPECT_EQ(blocks(make(verses), Role::running_head), 0U);
  // A refrain, and a heading between paragraphs.
  std::string song, sections;
  for (int stanza = 0; stanza < 3; ++stanza) {
    song += "上游的林子青又青\n中游的田埂平又平\n下游的灯火明又明\n";
    if (stanza < 2) song += std::to_string(stanza + 3) + "\n大家都来护这条河\n";
    sections += wrapped(prose(150) + U"止。", "\n");
    if (stanza < 2) sections += std::to_string(stanza + 3) + "\n想一想\n";
  }
  for (const std::string& text : {song, sections}) EXPECT_EQ(blocks(make(text), Role::running_head), 0U) << text;
}
TEST(Hazard, AReadingThatALineBreakCutsHoldsItsParagraphTogether) {
  for (const char* between : {"\n", "\n\n", "\n231\n"}) {
    const Made m = make("護河記\n\n大家走到河邊，説要先識河，後護河，把上遊的林子養(yǎ" + std::string(between) +
                        "ng)好。\n\n後來都做了。\n");
    EXPECT_EQ(folded(m),
              folded(make("护河记\n\n大家走到河边，说要先识河，后护河，把上游的林子养好。\n\n后来都做了。\n")));
    ASSERT_EQ(m.made.works.at(0).paragraphs.size(), 3U) << between;
    EXPECT_EQ(m.made.works[0].paragraphs[1].parts.size(), 2U) << between;
  }
  // A line that ends with a reading ends no sentence.
  const Made m = make("护河记\n\n大家走到河边，说要先识河，后护河，把上游的林子养(yǎng)\n好，再看鱼。\n");
  EXPECT_EQ(m.made.works.at(0).paragraphs.size(), 2U);
}
TEST(Hazard, PageBreakInMidSentenceAndBetweenParagraphs) {
  const Made m = make(paged({prose(700) + U"止。", prose(838) + U"完。", prose(500) + U"了。"}, 20));
  EXPECT_EQ(roles(m), (std::vector<std::string>{"body", "body", "body"}));
  EXPECT_TRUE(m.made.works[0].defects.empty());
}
TEST(Hazard, PageBreakInParagraph) {
  const Made m = make(
      "# "
      "护河\n\n郗望澜走进果林，同果农和护河员亲切交谈，看了看水口，又问了问今年的收成，问河里的\n\n鱼多不多。大家都"
      "说多。\n\n## 别的\n\n" +
      kBody + "\n");
  EXPECT_NE(m.text(0, 1).find("问河里的鱼多不多"), std::string::npos);
}
TEST(Hazard, PageBreakWithLostText) {
  std::vector<std::u32string> pages;
  std::string text;
  for (int page = 0; page < 8; ++page) {
    const std::size_t lines = page == 3 ? 9 : 25;
    for (std::size_t l = 0; l < lines; ++l)
      text += (l == 0 && page > 0 ? " " : "") + to_utf8(prose(31).substr(1)) + (l + 1 == lines ? " \n" : " \n\n");
  }
  const Made m = make(text + "完。\n");
  ASSERT_EQ(m.made.works[0].defects.size(), 1U);
  EXPECT_EQ(m.made.works[0].defects[0].code, "lost-text");
}
TEST(Hazard, PageBreakBeforeTitle) {
  const Made m = make("目录\n护河记..... 1\n梯田记..... 2\n护河记\n" + kBody +
                      "\n（《云川日报》 2031年3月9日） \n 梯田记\n" + kBody + "\n（《远山》 2031年10月1日）\n");
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_EQ(m.made.works[1].title, "梯田记");
}
TEST(Hazard, TocDotLeaderAndEntryOnTwoLinesAndPublisherLineInsideToc) {
  const Made m = make(
      "目录\n护河先要识河识河先要走河 \n走河要走小沟小汊............ 1\n临江书院读书会编 2031 年 12 月 1 "
      "日\n梯田记.....\t2\n护河先要识河识河先要\n走河走河要走小沟小汊\n" +
      kBody + "\n梯田记\n" + kBody + "\n");
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_EQ(m.made.works[0].title, "护河先要识河识河先要走河走河要走小沟小汊");
  EXPECT_EQ(days(m.made.works[0].published), "..2031-12-01");
  EXPECT_FALSE(has_note(m, "work-not-found"));
}
TEST(Hazard, PublicationNote) {
  const Made m = make(kBody + "\n（《 云川日报 》  2031年 3月 9日 ）\n" + kBody + "\n（《 远山 》  2031\n");
  EXPECT_EQ(days(m.made.works[0].published), "2031-03-09..2031-03-09");
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_EQ(days(m.made.works[1].published), "2031-01-01..2031-12-31");
  EXPECT_EQ(m.made.works[1].outlet, "远山");
}
TEST(Hazard, Bullet) {
  const Made m = make("护河记\n  ■要牢牢记住护河先要识河\n■识河先要走河\n   ■走河要走小沟\n" + kBody + "\n");
  EXPECT_EQ(roles(m), (std::vector<std::string>{"title", "digest", "digest", "digest", "body"}));
}
TEST(Hazard, GarbledGlyphs) {
  EXPECT_FALSE(
      make("护河记\n" + kBody + "打好护河这一仗，א心护河这一仗，א生性 覆\n").made.works[0].defects.empty());
}
TEST(Hazard, AttributionOnTwoLines) {
  // The name breaks after its first character, the verb stands on the line before the mark.
  const std::u32string text = prose(26) +
                              U"。郗望澜院长在云川河流保护座谈会上对大家反复强调了几点，他最后说的是：“" +
                              prose(60) + U"要识河。”";
  const Made m = make(paged({text, prose(400) + U"完。"}, 1000));
  EXPECT_NE(to_utf8(m.document.text).find("郗 \n\n望澜"), std::string::npos);
  EXPECT_EQ(speaker(m, "要识河"), "郗望澜");
}
TEST(Hazard, SpacesInNumbers) {
  EXPECT_EQ(folded(make("2031 年 3 月 8 日，从 0到 1，用了５年。\n")),
            folded(make("2031年3月8日，从0到1，用了5年。\n")));
}
TEST(Hazard, EditorLeadIn) {
  const Made m =
      make("慢一些\n护河的事要慢慢说。即日起，本版推出系列文章，与读者一起探讨。——编  者\n" + kBody + "\n");
  EXPECT_EQ(roles(m)[1], "note");
}
TEST(Hazard, TitleOnTwoLinesAndSplitBySpace) {
  EXPECT_EQ(make("给河留一条路\n\n给鱼留一扇门\n\n" + kBody + "\n").made.works[0].title,
            "给河留一条路 给鱼留一扇门");
}
TEST(Hazard, InsetListBulletsAndAnEmptyBullet) {
  const Made m = make("护河记\n\n" + kBody +
                      "\n\n各县今年要做的事\n\n临江：先清渔网\n\n- 清掉河道里的旧渔网\n- 修好石阶\n - "
                      "装上灯\n-\n\n后来大家都做了。\n");
  EXPECT_EQ(std::ranges::count(roles(m), std::string("list_item")), 3);
  EXPECT_EQ(roles(m).back(), "body");
}
TEST(Hazard, BrokenWord) {
  const Made m = make("护河记\n\n" + kBody +
                      "\n\n要准确把握护河的要义，弄清家底，立好账本，积极打通护河路上的堵点、卡点，让上下游一条心，"
                      "一起把这条河的水\n\n质量保住。\n");
  EXPECT_NE(m.text(0, 2).find("水质量保住"), std::string::npos);
}
TEST(Hazard, AttributionAfterQuotation) {
  EXPECT_EQ(
      speaker(make("“要根据河的脾气，定好护岸的办法”，郗望澜院长在这次座谈中，对大家提出新要求。\n"), "河的脾气"),
      "郗望澜");
}
TEST(Hazard, ShortQuotedFragments) {
  const Made m = make("“识河”“立账”“留湾”“开鱼道”等说法，都是村里人的话。\n");
  for (const Quotation& q : m.made.works[0].quotations)
    EXPECT_EQ(to_utf8(m.document.text_of(q.parts)).find("石头"), std::string::npos);
  EXPECT_EQ(m.made.works[0].marked.size(), 4U);
}
TEST(Hazard, NoDate) {
  const Made m = make("护河记\n1月31日，县里开了护河会。" + kBody + "\n");
  EXPECT_EQ(m.made.works[0].published.status, DateInterval::Status::none);
}
TEST(Hazard, HeadingNumeralLostAndLevelVaries) {
  const Made m = make("# 目录\n\n护河记.....\t1\n梯田记.....\t2\n\n# 护河记\n\n郗望澜\n\n—\n\n" + kBody +
                      "\n\n（2031年3月8日在云川的座谈会上的讲话）\n\n—\n\n" + kBody +
                      "\n\n（2031年5月20日在梨坪的座谈会上的讲话）\n\n### 三\n\n" + kBody +
                      "\n\n（2031年6月1日在云川的座谈会上的讲话）\n\n## 四\n\n" + kBody +
                      "\n\n（2031年7月1日在云川的座谈会上的讲话）\n\n# 梯田记\n\n" + kBody + "\n");
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_EQ(m.made.works[0].sections.size(), 4U);
  EXPECT_EQ(m.made.works[0].copy, Copy::ocr);
}
TEST(Hazard, TitleRepeated) {
  const Made m = make(
      "# 目录\n\n《远山》杂志发表文章《给河流留一条路》.....\t1\n郗望澜：给河流留一条路.....\t3\n\n# "
      "《远山》杂志发表文章《给河流留一条路》\n\n" +
      kBody + "\n\n# 给河流留一条路\n\n郗望澜\n\n" + kBody + "\n");
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_EQ(m.made.works[1].title, "给河流留一条路");
  EXPECT_EQ(m.made.works[1].author, "郗望澜");
}
TEST(Hazard, OcrSlipAndVariantReading) {
  EXPECT_EQ(edits(kBody + "把护河的成果转化为实实在在的好处，建好转移转化示范区。",
                  kBody + "把护河的成果转化成实实在在的好处，建好转化示范区。"),
            (std::vector<std::string>{"wording:为/成", "wording:转移/"}));
}
TEST(Hazard, OneOrphanMarkDoesNotReachIntoTheNextArticle) {
  const Made m =
      make("目录\n护河记..... 1\n梯田记..... 2\n护河记\n郗望澜院长说：“这话没有收住，" + kBody +
           "\n（《云川日报》 2031年3月9日）\n梯田记\n宋阿埠主任说：“石头不会说话，手艺会说话。”" + kBody + "\n");
  ASSERT_EQ(m.made.works.size(), 2U);
  EXPECT_TRUE(has_note(m, "open-quotation"));
  for (const Quotation& q : m.made.works[0].quotations)
    EXPECT_EQ(to_utf8(m.document.text_of(q.parts)).find("石头"), std::string::npos);
  EXPECT_EQ(speaker(m, "石头不会说话"), "宋阿埠");
}

}  // namespace
}  // namespace suyuan
