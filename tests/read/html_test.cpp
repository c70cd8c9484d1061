// Pages: visible text, main text and furniture, metadata, readings, places in the file. All pages are invented.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "suyuan/read.hpp"

namespace suyuan {
namespace {

Document page(const std::string& html, const std::string& name = "a.html") {
  Sources s = read_bytes(html, name);
  EXPECT_EQ(s.documents.size(), 1U) << (s.diagnostics.empty() ? "" : s.diagnostics[0].what.message);
  return s.documents.empty() ? Document{} : s.documents[0];
}

// The lines of a page, furniture in brackets.
std::vector<std::string> lines(const Document& d) {
  std::vector<std::string> out;
  for (std::size_t n = 0; n < d.line_starts.size(); ++n) {
    const std::uint32_t begin = d.line_starts[n];
    std::uint32_t end =
        n + 1 < d.line_starts.size() ? d.line_starts[n + 1] : static_cast<std::uint32_t>(d.text.size());
    if (end > begin && d.text[end - 1] == U'\n') --end;
    if (end == begin) continue;
    const bool aside = std::any_of(d.markup.begin(), d.markup.end(), [&](const Markup& m) {
      return m.kind == Markup::Kind::furniture && m.span.begin <= begin && m.span.end >= end;
    });
    const std::string text = to_utf8(d.view({begin, end}));
    out.push_back(aside ? "[" + text + "]" : text);
  }
  return out;
}

std::vector<std::string> marked(const Document& d, Markup::Kind kind) {
  std::vector<std::string> out;
  for (const Markup& m : d.markup)
    if (m.kind == kind) out.push_back(to_utf8(d.view(m.span)));
  return out;
}

using Lines = std::vector<std::string>;

// A news site: navigation, path, credits beside the title, related articles, comments, footer.
const std::string kNews = R"(<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>护河先要识河_云川日报_云川网</title>
<meta name="PubDate" content="2031-03-09 10:11"><meta name="ContentSource" content="云川日报">
<link rel="canonical" href="http://yc.example/2031-03/09/content_1.html">
<script>var a = "<p>脚本里的字，不算正文。</p>";</script><style>p{color:red}</style></head>
<body class="page-nav-open">
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></div>
<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/n">要闻</a></div>
<div class="wrap">
<h1>护河先要<br>识河</h1>
<div class="info share-bar">来源：《云川日报》2031/5 2031-03-09 15:48:13 <a href="#">分享</a></div>
<div class="content" id="zoom">
<p>　　护河先要识河，要把上游的林、
中游的田放在一张图上看。</p>
<p>这条河有多长，从<b>哪</b>里来，往哪里去，都要记在账上。</p>
<!-- <p>注释里的字，不算正文，一个也不算。</p> -->
<div style="display: none">看不见的话，不应当出现在这里。</div>
<template><p>模板里的话，也不应当出现在这里。</p></template>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">梯田是山上的水库</a></li><li><a href="/2">书屋的门常开着</a></li></ul></div>
</div></div>
<div class="comments"><p>网友甲：写得真好，我也想去看看那条河，还有那片梯田。</p></div>
<div class="footer">版权所有，未经许可不得转载，违者自负。</div>
</body></html>
)";

TEST(Html, TheMainTextIsFoundAndNothingVisibleIsLost) {
  const Document d = page(kNews);
  EXPECT_EQ(d.format, "html");
  EXPECT_EQ(lines(d), (Lines{"[首页]", "[新闻]", "[当前位置：首页 > 要闻]", "护河先要", "识河",
                             "来源：《云川日报》2031/5 2031-03-09 15:48:13 分享",
                             "　　护河先要识河，要把上游的林、中游的田放在一张图上看。",
                             "这条河有多长，从哪里来，往哪里去，都要记在账上。", "[相关阅读]", "[梯田是山上的水库]",
                             "[书屋的门常开着]", "[网友甲：写得真好，我也想去看看那条河，还有那片梯田。]",
                             "[版权所有，未经许可不得转载，违者自负。]"}));
}

TEST(Html, ThePageSaysTitleDateOutletAndAddress) {
  const Metadata m = page(kNews).metadata;
  EXPECT_EQ(m.title.value, "护河先要识河");
  EXPECT_EQ(m.title.where, "h1");
  EXPECT_EQ(m.posted.value, "2031-03-09 10:11");
  EXPECT_EQ(m.posted.where, "PubDate");
  EXPECT_EQ(m.posted.by, Given::By::page);
  EXPECT_FALSE(m.date) << "a page's date is that of its posting";
  EXPECT_EQ(m.outlet.value, "云川日报");
  EXPECT_EQ(m.url.value, "http://yc.example/2031-03/09/content_1.html");

  const auto head = [](const std::string& inside) {
    return page("<html><head>" + inside + "</head><body><p>护河先要识河，要把上游的林看在眼里。</p></body></html>")
        .metadata;
  };
  const Metadata ld = head(R"(<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"云川网"},
      {"@type":"NewsArticle","headline":"护河","datePublished":"2031-03-10T08:00:00+08:00","publisher":{"name":"云川日报"}}]}
      </script><meta property="og:title" content="别的题目">)");
  EXPECT_EQ(ld.title.value, "护河");
  EXPECT_EQ(ld.title.where, "json-ld:headline");
  EXPECT_EQ(ld.posted.value, "2031-03-10T08:00:00+08:00");
  EXPECT_EQ(ld.outlet.value, "云川日报");
  EXPECT_FALSE(head("<script type='application/ld+json'>{\"headline\": </script>").title)
      << "broken JSON is passed over";
  EXPECT_EQ(head("<meta property='article:published_time' content='2031-04-01'>").posted.value, "2031-04-01");
  EXPECT_EQ(head("<title>护河先要识河-云川网</title>").title.value, "护河先要识河");
  EXPECT_EQ(head("<title>从 A-1 到 A-2 的路</title>").title.value, "从 A-1 到 A-2 的路");
  EXPECT_EQ(head("<title>识河——护河之先</title>").title.value, "识河——护河之先");
}

TEST(Html, ADateInTheAddressIsTheLastResort) {
  const auto posted = [](const std::string& url, const std::string& more = "") {
    return page("<html><head><link rel=canonical href='" + url + "'>" + more +
                "</head><body><p>护河</p></body></html>")
        .metadata.posted;
  };
  EXPECT_EQ(posted("http://yc.example/2031-03/09/content_1.html").value, "2031-03-09");
  EXPECT_EQ(posted("http://yc.example/xw/t20310309_77.html").value, "2031-03-09");
  EXPECT_EQ(posted("http://yc.example/n1/2031/0309/c64094-1.html").value, "2031-03-09");
  EXPECT_EQ(posted("http://yc.example/203103/09/a.html").value, "2031-03-09");
  EXPECT_EQ(posted("http://yc.example/2031/03/09/a.html").where, "canonical: http://yc.example/2031/03/09/a.html");
  EXPECT_EQ(posted("http://yc.example/2031/03/09/a.html", "<meta name=pubdate content=2031-03-11>").value,
            "2031-03-11");
  for (const char* none : {"http://yc.example/2031/13/09/a.html", "http://yc.example/203103091234/a.html",
                           "http://20310309.example/a.html", "http://yc.example/a.html?d=2031-03-09"})
    EXPECT_FALSE(posted(none)) << none;
}

TEST(Html, ReadingsOverCharactersStandInBrackets) {
  const Document d = page(
      "<html><body><p><ruby>源<rp>(</rp><rt>yuán</rt><rp>)</rp></ruby>头<ruby>河<rt>hé<rt></ruby>"
      "水<ruby>长<rt>（cháng）</rt></ruby></p></body></html>");
  EXPECT_EQ(d.text, U"源(yuán)头河(hé)水长（cháng）\n");
  EXPECT_EQ(marked(d, Markup::Kind::gloss), (Lines{"(yuán)", "(hé)", "（cháng）"}));
}

TEST(Html, RaisedFiguresAreWhatTheyAre) {
  EXPECT_EQ(page("<html><body><p>河是邻居<sup>12</sup>，田是老师<sup><a href='#n'>3</a></sup>。25m<sup>2</sup>"
                 "桥是路<sup>[14]</sup>1<sup>st</sup></p></body></html>")
                .text,
            U"河是邻居¹²，田是老师³。25m²桥是路[14]1st\n");
}

TEST(Html, AQuotationElementStandsBetweenMarks) {
  EXPECT_EQ(page("<html><body><p>郗望澜说：<q>河是邻居 </q>，又说：“<q>田是老师。</q>”</p><p><q>桥是路").text,
            U"郗望澜说：“河是邻居”，又说：“田是老师。”\n“桥是路”\n");
}

TEST(Html, HeadingsQuotesItemsAndCaptionsAreMarked) {
  const Document d = page(
      "<html><body><h2>一</h2><blockquote><p>河是邻居。</p><p>田是老师。</p></blockquote><ul><li>第一<li>第二</ul>"
      "<figure><img><figcaption>护河员在巡河</figcaption></figure><p class='picText'>梯田一角</p></body></html>");
  EXPECT_EQ(marked(d, Markup::Kind::heading), (Lines{"一"}));
  EXPECT_EQ(marked(d, Markup::Kind::quote), (Lines{"河是邻居。\n田是老师。"}));
  EXPECT_EQ(marked(d, Markup::Kind::list_item), (Lines{"第一", "第二"}));
  EXPECT_EQ(marked(d, Markup::Kind::caption), (Lines{"护河员在巡河", "梯田一角"}));
  EXPECT_EQ(d.markup.at(0).level, 2);
}

TEST(Html, WhiteSpaceIsThatOfABrowser) {
  EXPECT_EQ(page("<html><body><p>a  b\n c</p><p>&nbsp;</p><p>河\n田\r\n林 水<br><br>山</p><pre>一\n  二</pre>"
                 "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙<td>丁</table></body></html>")
                .text,
            U"a b c\n河田林 水\n山\n一\n  二\n甲\t乙\n丙\t丁\n");
}

TEST(Html, PlacesAreThoseOfTheFile) {
  const std::string html =
      "<html>\n<body><p>河&ldquo;田&rdquo;&amp;林</p>\r\n<p>\r\n  水 \r\n山</p><p>a&lt b&notit;c</p>";
  const Document d = page(html);
  EXPECT_EQ(d.text, U"河“田”&林\n水山\na< b¬it;c\n");
  const auto at = [&](char32_t c) {
    const auto p = d.position(static_cast<std::uint32_t>(d.text.find(c)));
    return std::pair{p.line, p.column};
  };
  EXPECT_EQ(at(U'河'), (std::pair{2U, 10U}));
  EXPECT_EQ(at(U'“'), (std::pair{2U, 11U}));
  EXPECT_EQ(at(U'田'), (std::pair{2U, 18U}));
  EXPECT_EQ(at(U'&'), (std::pair{2U, 26U}));
  EXPECT_EQ(at(U'林'), (std::pair{2U, 31U}));
  EXPECT_EQ(at(U'水'), (std::pair{4U, 3U}));
  EXPECT_EQ(at(U'山'), (std::pair{5U, 1U}));
  EXPECT_EQ(at(U'c'), (std::pair{5U, 22U}));
}

TEST(Html, TheFormIsJudgedByContent) {
  EXPECT_EQ(page(kNews, "a.txt").format, "html");
  EXPECT_EQ(page("护河先要识河，一行字。\n", "a.html").format, "text");
  EXPECT_EQ(page("1 < 2，a<b 而 c>d。", "a.html").format, "text");
  EXPECT_EQ(page("用 <b> 和 </b> 把字变粗，用 <p> 分段，用 </p> 收尾。", "a.txt").format, "text");
  EXPECT_EQ(page("# 河\n\n<div>图</div>\n\n# 田\n", "a.md").format, "markdown");
  EXPECT_EQ(page("<div><p>护河</p></div>", "a.txt").format, "html");
}

TEST(Html, TheCharsetIsThatOfTheBytes) {
  const std::string body = "护河先要识河，要把上游的林、中游的田放在一张图上看。";
  EXPECT_EQ(page("<html><head><meta charset=gb2312></head><body><p>" + body + "</p></body></html>").text,
            from_utf8(body) + U"\n");
  // GB 18030 declared as UTF-8 and as nothing; then bytes that could be either, where the page's word decides.
  const std::string gb =
      "\xbb\xa4\xba\xd3\xcf\xc8\xd2\xaa\xca\xb6\xba\xd3\xa3\xac\xd2\xaa\xb0\xd1\xc9\xcf\xd3\xce\xb5\xc4";
  for (const char* said : {"utf-8", "big5", "gbk"})
    EXPECT_EQ(
        page("<html><head><meta charset=" + std::string(said) + "></head><body><p>" + gb + "</p></body></html>")
            .text,
        U"护河先要识河，要把上游的\n")
        << said;
  const std::string either = "\xb0\xea\xb9\xfe";
  EXPECT_EQ(page("<html><head><meta charset=big5></head><body>" + either + "</body></html>").encoding, "Big5");
  EXPECT_EQ(page("<html><head><meta charset=gbk></head><body>" + either + "</body></html>").encoding, "GB18030");
}

// An article of a journal with its columns beside it, set in tables, and one of a public account, whose text is
// hidden until a script shows it.
TEST(Html, OtherShapesOfPages) {
  const Document journal =
      page(R"(<html><body><table><tr><td width=200><a href=1>目录</a><br><a href=2>往期</a></td>
<td><table><tr><td><b>给河流留一条路</b></td></tr><tr><td>2031年第9期　作者：某某</td></tr><tr><td>
<p>河流是有记忆的，人给它留一条路，它就给人留一片田，这是老人们都知道的道理。</p>
<p>我小时候跟着祖父上山看水，一道田埂走半天，才明白这个道理。</p></td></tr></table></td></tr></table></body></html>)");
  EXPECT_EQ(lines(journal), (Lines{"[目录]", "[往期]", "[给河流留一条路]", "2031年第9期　作者：某某",
                                   "河流是有记忆的，人给它留一条路，它就给人留一片田，这是老人们都知道的道理。",
                                   "我小时候跟着祖父上山看水，一道田埂走半天，才明白这个道理。"}));
  const Document account = page(R"(<html><body><h1 class="rich_media_title">书屋的门</h1>
<div id="meta_content"><span>远山书屋</span> <em>2031-05-02</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;"><section><section><p><span>书屋的门常开着，</span><span>谁来都可以坐一坐。</span></p>
</section></section><section><p>坐下来的人，都会带走一本书，也会留下一本书，这是规矩，几十年没有变过。</p></section></div>
<div class="reward_area">喜欢作者，赞赏一下，让更多的人看到这篇文章。</div></body></html>)");
  EXPECT_EQ(lines(account), (Lines{"书屋的门", "远山书屋 2031-05-02", "书屋的门常开着，谁来都可以坐一坐。",
                                   "坐下来的人，都会带走一本书，也会留下一本书，这是规矩，几十年没有变过。",
                                   "[喜欢作者，赞赏一下，让更多的人看到这篇文章。]"}));
  const Document hidden = page(
      R"(<html><body><div style="display:none"><p>等脚本来显示的一段话，仍是这一页的正文。</p></div></body></html>)");
  EXPECT_EQ(lines(hidden), (Lines{"等脚本来显示的一段话，仍是这一页的正文。"}));
}

// A site's name as the first heading, a headline over and one under the title, all inside one form whose class
// says nothing of its content.
TEST(Html, TheHeadOfAnArticleStaysWithIt) {
  const Document d = page(R"(<html><head><title>护河先要识河-云川网</title></head><body><form class="banner-form">
<h1>云川网</h1><div>今天是三月九日</div><div class="box"><h3>一条河的账本</h3><h1>护河先要识河</h1><h2>梨坪见闻</h2>
<div class="tools">字号：大 中 小</div><div class="txt"><p>护河先要识河，要把上游的林、中游的田放在一张图上看。</p>
<p>这条河有多长，从哪里来，往哪里去，都要记在账上，一年一记，不可遗漏。</p></div></div>
<div>云川网的其他话，说给路过的人听，听过就算了。</div></form></body></html>)");
  EXPECT_EQ(lines(d), (Lines{"[云川网]", "[今天是三月九日]", "一条河的账本", "护河先要识河", "梨坪见闻",
                             "[字号：大 中 小]", "护河先要识河，要把上游的林、中游的田放在一张图上看。",
                             "这条河有多长，从哪里来，往哪里去，都要记在账上，一年一记，不可遗漏。",
                             "[云川网的其他话，说给路过的人听，听过就算了。]"}));
  EXPECT_EQ(d.metadata.title.value, "护河先要识河");
}

TEST(Html, HostileMarkupCostsNoMoreThanItsSize) {
  const auto times = [](const std::string& s, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += s;
    return out;
  };
  const std::string say = "护河先要识河，要把上游的林看在眼里。";
  for (const std::string& html :
       {"<html>" + times("<div>", 100000) + say, "<html>" + times("<span><div></span>", 30000) + say,
        "<html>" + times("<table><tr><td>", 30000) + say,
        "<html>" + times("<b a=1><i>", 30000) + times("<p>", 3000) + say,
        "<html>" + times("<a href=1><marquee>", 30000) + say, "<html><svg>" + times("<g>", 30000) + "</svg>" + say,
        "<html><p " + times("a", 10) + times(" b=1", 30000) + ">" + say,
        "<html>" + times("<ruby><rt>", 30000) + say, "<html>" + times("<h1><h2>", 30000) + say})
    EXPECT_NE(page(html).text.find(from_utf8(say)), std::u32string::npos) << html.substr(0, 40);
  for (const std::string& html :
       {"<html>" + times("<", 100000), "<html>" + times("<a ", 100000), "<html>" + times("<p a=\"", 100000),
        "<html>" + times("<!--", 100000), "<html>" + times("<script>", 100000), "<html>" + times("&amp", 100000),
        "<html><body>" + times("</p>", 100000), std::string("<html>\0<p\0>", 11)})
    EXPECT_LE(read_bytes(html, "a.html").documents.size(), 1U);
  EXPECT_EQ(read_bytes("<html>" + times("<p>河</p>\n", 4000000), "a.html").diagnostics.at(0).what.code,
            "too-large");
}

TEST(Html, AnyHeapOfTagsGivesSoundSpans) {
  const std::vector<std::string> pieces{"<p>",
                                        "</p>",
                                        "<div class=nav>",
                                        "</div>",
                                        "<table>",
                                        "<tr>",
                                        "<td>",
                                        "</td>",
                                        "</table>",
                                        "<a href=x>",
                                        "</a>",
                                        "<svg>",
                                        "</svg>",
                                        "<math>",
                                        "<foreignObject>",
                                        "<template>",
                                        "</template>",
                                        "<select>",
                                        "<option>",
                                        "</select>",
                                        "<ruby>",
                                        "<rt>",
                                        "</rt>",
                                        "<rp>",
                                        "</ruby>",
                                        "<script>",
                                        "</script>",
                                        "<title>",
                                        "</title>",
                                        "<textarea>",
                                        "</textarea>",
                                        "<!--",
                                        "-->",
                                        "<![CDATA[",
                                        "]]>",
                                        "<frameset>",
                                        "<form>",
                                        "<br>",
                                        "<h1>",
                                        "</h2>",
                                        "<li>",
                                        "<dd>",
                                        "<object>",
                                        "<caption>",
                                        "<col>",
                                        "<plaintext>",
                                        "<b>",
                                        "</b>",
                                        "&amp;",
                                        "&lt",
                                        "&#x0;",
                                        "&notit;",
                                        "河",
                                        "，",
                                        "\n",
                                        "\r\n",
                                        " ",
                                        "\t",
                                        "<pre>",
                                        "</pre>",
                                        "<body a=b>",
                                        "</body>",
                                        "</html>",
                                        "<noscript>",
                                        "<iframe>",
                                        "<xmp>",
                                        "<meta name=date content=2031>",
                                        "<",
                                        "</",
                                        "<?",
                                        "\"",
                                        "'",
                                        "=",
                                        ">",
                                        "<main>",
                                        "<blockquote>",
                                        "<figcaption>"};
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string html = "<html>";
    for (auto n = random() % 100; n > 0; --n) html += pieces[random() % pieces.size()];
    const Document d = page(html);
    std::uint32_t last = 0;
    for (const Markup& m : d.markup) {
      ASSERT_TRUE(m.span.begin < m.span.end && m.span.end <= d.text.size() && m.span.begin >= last) << html;
      last = m.span.begin;
    }
    for (std::size_t i = 0; i < d.anchors.size(); ++i)
      ASSERT_TRUE(d.anchors[i].offset < d.text.size() && (i == 0 || d.anchors[i].offset > d.anchors[i - 1].offset))
          << html;
  }
}

}  // namespace
}  // namespace suyuan
