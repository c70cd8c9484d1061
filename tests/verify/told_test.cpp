// What an editor is told of a finding: notes, the base as printed, marks beside the letters.
#include <gtest/gtest.h>

#include <sstream>

#include "report/verify_grid.hpp"
#include "report/verify_tables.hpp"
#include "report/verify_view.hpp"
#include "suyuan/report.hpp"

namespace suyuan {
namespace {

struct Text {
  std::string text, outlet = "远山", date = "2032-11-16";
};

class Told {
 public:
  Told(const std::string& draft, const std::vector<Text>& library, const char* name = "draft.txt") {
    const auto read = [](const std::string& text, const std::string& as, const std::string& outlet,
                         const std::string& date) {
      Sources one = read_bytes(text, as);
      for (Document& d : one.documents) {
        if (!outlet.empty()) d.metadata.outlet = Given{outlet, Given::By::side_file, "sources.toml"};
        d.metadata.date = Given{date, Given::By::side_file, "sources.toml"};
      }
      return one;
    };
    Sources texts;
    for (const Text& t : library) {
      Sources one = read(t.text, "t" + std::to_string(texts.documents.size()) + ".txt", t.outlet, t.date);
      texts.documents.push_back(std::move(one.documents[0]));
    }
    all_ = build_verify_corpus(read(draft, name, "", "2033-01-05"), std::move(texts));
    found_ = std::make_unique<Verified>(Verified{all_, verify(all_, Index(all_.corpus)), shipped_lexicons()});
    report_ = std::make_unique<Report>(*found_);
    view = std::make_unique<VerifyView>(*report_, Language::zh);
  }

  const Json& first() const { return *view->findings().at(0); }
  std::string notes() const { return view->base_notes(first()); }
  // One text of the grid, what is marked in brackets.
  std::string marked(bool base) const {
    std::u32string out;
    bool open = false;
    for (const GridCell& c : grid_of(view->base(first())[0]->at("collation"))) {
      const char32_t x = base ? c.base : c.draft;
      if (c.context || x == 0) continue;
      if ((c.mark != ' ') != open) out += open ? U']' : U'[', open = !open;
      out += x;
    }
    return to_utf8(open ? out + U']' : out);
  }
  std::string text() const {
    std::ostringstream out;
    write_verify_text(out, *report_, {Language::zh});
    return out.str();
  }

  std::unique_ptr<VerifyView> view;

 private:
  VerifyCorpus all_;
  std::unique_ptr<Verified> found_;
  std::unique_ptr<Report> report_;
};

const std::string kReport =
    "沈砚秋在全省护林会议上强调 守好每一片山林\n\n"
    "云川日报讯　全省护林会议2月1日在云川召开。省长沈砚秋出席会议。\n\n"
    "沈砚秋指出，要按照护林的要求，畅通山路、水路、桥路的往来，完善护林员招募、挑选、使用、合理轮换的工作办法。"
    "要深入推进补林、修桥、通路三件大事，坚持“四个先问”，请老护林员带徒弟，有组织地把七十二条溪走一遍。\n";

std::string says(const std::string& words) { return "手记\n\n沈砚秋省长指出：“" + words + "”。\n"; }

TEST(Notes, OfWordsThatChangedPlaces) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"完善护林员挑选、招募、使用、合理轮换的工作办法", "“挑选、招募”，据本“招募、挑选”，互乙"},
      {"完善护林员招募、使用、挑选、合理轮换的工作办法", "“使用、挑选”，据本“挑选、使用”，互乙"},
      {"完善护林员招募、挑选、合理轮换、使用的工作办法", "“合理轮换、使用”，据本“使用、合理轮换”，互乙"},
      // Members of a list are whole.
      {"畅通水路、山路、桥路的往来，完善护林员招募、挑选、使用", "“水路、山路”，据本“山路、水路”，互乙"},
      // Within a clause a word passes what is beside it, and not the whole sentence.
      {"要推进深入补林、修桥、通路三件大事", "“推进深入”，据本“深入推进”，互乙"},
      {"畅通山路、水路、桥路往来，完善护林员招募、挑选、使用、合理轮换的工作的办法",
       "据本有“的”，稿无；据本无“的”"}};
  for (const auto& [words, note] : cases) EXPECT_EQ(Told(says(words), {{kReport}}).notes(), note) << words;
}

TEST(Notes, HaveQuotationMarksInPairs) {
  EXPECT_EQ(
      Told(says("要深入推进补林、修桥、通路三件大事，请老护林员带徒弟，有组织地把七十二条溪走一遍"), {{kReport}})
          .notes(),
      "据本有“坚持‘四个先问’”，稿无（关键字）");
  EXPECT_EQ(Told(says("要深入推进补林、修桥、通路三件大事，牢记“三个先问”，请老护林员带徒弟，有组织地走一遍"),
                 {{kReport}})
                .notes()
                .find("“坚持‘四个"),
            std::string::npos);
}

TEST(Grid, MarksNoStopThatBothTextsHave) {
  const std::string around = "省里开会。\n\n沈砚秋指出，溪谷的底色是青苔和老石桥，护林本身就是护一方水土的根。\n";
  const auto base = [&](const std::string& words) { return Told(says(words), {{around}}).marked(true); };
  const auto draft = [&](const std::string& words) { return Told(says(words), {{around}}).marked(false); };
  EXPECT_EQ(base("溪谷的底色是青苔和老石桥，养林本身就是护一方水土的根"),
            "溪谷的底色是青苔和老石桥，[护]林本身就是护一方水土的根");
  EXPECT_EQ(base("溪谷的底色是青苔和老石桥，本身就是护一方水土的根"),
            "溪谷的底色是青苔和老石桥，[护林]本身就是护一方水土的根");
  EXPECT_EQ(draft("溪谷的底色是青苔和老石桥，本身就是护一方水土的根"),
            "溪谷的底色是青苔和老石桥，本身就是护一方水土的根");
  EXPECT_EQ(draft("溪谷的底色是青苔和老石桥，而护林本身就是护一方水土的根"),
            "溪谷的底色是青苔和老石桥，[而]护林本身就是护一方水土的根");
  // A stop that is gone with the letters is marked.
  EXPECT_EQ(base("溪谷的底色是青苔和老石桥本身就是护一方水土的根"),
            "溪谷的底色是青苔和老石桥[，护林]本身就是护一方水土的根");
}

const std::string kExcerpts =
    "守好每一片山林\n\n沈砚秋\n\n一\n\n"
    "护林由老人反复叮嘱、青年翻山巡线、孩子沿路拾柴而养成，以水、土、石的相安为基本道理。\n\n"
    "（2031年2月1日在全省护林会议上的讲话）\n\n二\n\n"
    "山里的路要修到每一户门口，先修桥，再修路，最后修亭子，这是老规矩。\n\n"
    "（2031年6月3日在梨坪县考察时的讲话）\n";

TEST(Notes, OfAnotherOrderSayWhichTheBaseHas) {
  const Told told(says("由青年翻山巡线、老人反复叮嘱、孩子沿路拾柴而养成"), {{kExcerpts}});
  EXPECT_EQ(told.first().at("verdict"), "reordered");
  EXPECT_EQ(told.view->base_text(told.first()), "由老人反复叮嘱、青年翻山巡线、孩子沿路拾柴而养成");
  EXPECT_EQ(told.notes(), "次序：据本作“由老人反复叮嘱、青年翻山巡线、孩子沿路拾柴而养成”");
  EXPECT_EQ(told.view->places(told.first()).size(), 1U);
  const VerifyTable queries = query_table(*told.view);
  ASSERT_EQ(queries.rows.size(), 1U);
  EXPECT_NE(std::find(queries.rows[0].begin(), queries.rows[0].end(), told.view->base_text(told.first())),
            queries.rows[0].end());
}

TEST(Notes, OfWordsPutTogetherSayWhereEachPartIsFrom) {
  const Told told(says("以水、土、石的相安为基本道理，山里的路要修到每一户门口"), {{kExcerpts}});
  EXPECT_EQ(told.first().at("verdict"), "composite");
  EXPECT_NE(told.notes().find("“以水、土、石的相安为基本道理”出自"), std::string::npos) << told.notes();
  EXPECT_NE(told.notes().find("全省护林会议上的讲话）；“山里的路要修到每一户门口”出自"), std::string::npos)
      << told.notes();
  EXPECT_NE(told.notes().find("梨坪县考察时的讲话）"), std::string::npos) << told.notes();
}

TEST(Messages, SayWhichCopyReadsWhatAndWhatIsUnchecked) {
  std::string other = kExcerpts;
  other.replace(other.find("反复叮嘱"), std::string("反复叮嘱").size(), "再三叮嘱");
  const Told disputed(says("护林由老人反复叮嘱、青年翻山巡线、孩子沿路拾柴而养成"), {{kExcerpts}, {other}});
  const std::string message = disputed.view->message(disputed.first());
  EXPECT_NE(message.find("依据本互异："), std::string::npos) << message;
  EXPECT_NE(message.find("“反复”，此本作“再三”"), std::string::npos) << message;
  const Told unchecked(
      "手记\n\n沈砚秋省长在云川桥梁座谈会上多次指出：“护林由老人反复叮嘱、青年翻山巡线、孩子沿路拾柴而养成”。\n",
      {{kExcerpts}});
  EXPECT_NE(unchecked.view->message(unchecked.first()).find("? 次数 多次（未核）"), std::string::npos)
      << unchecked.view->message(unchecked.first());
}

TEST(VerifyText, SetsFiguresTightAndParagraphsApart) {
  const std::string text = Told(
                               "手记\n\n那是2033年1月5日。\n\n沈砚秋省长指出：“护林由老人再三叮嘱、青年翻山巡线、孩"
                               "子沿路拾柴而养成”。\n",
                               {{kExcerpts}})
                               .text();
  EXPECT_NE(text.find("那是2033年1月5日。　沈砚秋省长指出：“〔护林"), std::string::npos) << text;
  EXPECT_EQ(text.find("2 0 3"), std::string::npos) << text;
}

TEST(Lists, ADayBesideAnOccasionIsOfTheSaying) {
  const auto claims = [](const std::string& source, const std::string& day) {
    const Told told(
        "引文,讲话人,场合,日期\n山里的路要修到每一户门口，先修桥，再修路,沈砚秋," + source + "," + day + "\n",
        {{kExcerpts}}, "list.csv");
    return told.view->joined(told.view->claims(told.first()));
  };
  EXPECT_EQ(claims("在梨坪县考察时的讲话", "2031-06-03"),
            "✓ 讲话人 沈砚秋；✓ 日期 2031年6月3日；✓ 场合 在梨坪县考察时的讲话");
  EXPECT_EQ(claims("梨坪县考察", "2030-06-03"),
            "✓ 讲话人 沈砚秋；✗ 日期 2030年6月3日；据本：2031-06-03；✓ 场合 梨坪县考察");
  // What is no occasion is a title, and its day that of printing.
  EXPECT_EQ(claims("守好每一片山林", "2032-11-16"),
            "✓ 讲话人 沈砚秋；✓ 出处 《守好每一片山林》；✓ 出处 2032年11月16日");
  // So it is where the row names what printed it, too.
  const Told both(
      "引文,讲话人,出处,场合,日期\n山里的路要修到每一户门口，先修桥，再修路,沈砚秋,远山,梨坪县考察,2032-11-16\n",
      {{kExcerpts}}, "list.csv");
  EXPECT_EQ(both.view->joined(both.view->claims(both.first())).find("✗"), std::string::npos)
      << both.view->joined(both.view->claims(both.first()));
}

TEST(Verdicts, OfAShortListInAnotherOrder) {
  const Told told(says("第一年修堤，第二年清淤，第三年种树"),
                  {{"给河流留一条路\n\n沈砚秋说过，治溪要有耐心。第一年清淤，第二年修堤，第三年种树。\n"}});
  EXPECT_EQ(told.first().at("verdict"), "variant");
  EXPECT_EQ(told.notes(), "“修堤”，据本作“清淤”；“清淤”，据本作“修堤”");
}

TEST(Claims, ATermThatTheBaseDoesNotCount) {
  const auto result = [](const std::string& occasion, const std::string& base) {
    const Told told(
        "手记\n\n沈砚秋在" + occasion + "指出：“护林由老人反复叮嘱、青年翻山巡线、孩子沿路拾柴而养成”。\n",
        {{base, "云川日报", "2024-05-02"}});
    for (const Json& c : told.first().at("claims"))
      if (c.at("kind") == "occasion") return c.at("result").get<std::string>();
    return std::string();
  };
  const std::string report =
      "沈砚秋在全国人大第七次护林座谈会上强调 "
      "守好每一片山林\n\n云川日报讯　全国人大第七次护林座谈会5月1日在云川召开。沈砚秋出席会议。\n\n"
      "沈砚秋指出，护林由老人反复叮嘱、青年翻山巡线、孩子沿路拾柴而养成，这是根本。\n";
  const std::string excerpt =
      "护林讲话选\n\n沈砚秋\n\n护林由老人反复叮嘱、青年翻山巡线、孩子沿路拾柴而养成，这是根本。\n\n"
      "（2024年5月1日在全国人大第七次护林座谈会上的讲话）\n";
  for (const std::string& base : {report, excerpt}) {
    EXPECT_EQ(result("全国人大第七次护林座谈会上", base), "agrees");
    EXPECT_EQ(result("十四届全国人大第七次护林座谈会上", base), "agrees");
    EXPECT_NE(result("十三届全国人大第七次护林座谈会上", base), "agrees");
    EXPECT_NE(result("十四届全国人大第八次护林座谈会上", base), "agrees");
  }
}

}  // namespace
}  // namespace suyuan
