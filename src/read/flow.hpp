// flow.hpp: a text that is put together paragraph by paragraph, as a word processor's file gives it.
//
// Each paragraph is one line, or several where it has line breaks of its own. Paragraphs are numbered as they
// begin; a paragraph inside another (a text box) follows it. Notes stand behind the text, each at the place of its
// mark; they are put together once the text is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "read/list.hpp"
#include "suyuan/read.hpp"

namespace suyuan {

// Characters that stand together in the file: where, is for the reader to say.
struct FlowPiece {
  std::uint32_t begin = 0, end = 0;  // of the text
  std::uint64_t at = 0;              // the first of them
  std::uint64_t run = 0;             // what holds them
  std::uint64_t last = 0;            // what holds their end, where that is another
  bool whole = false;                // cannot be told apart in the file
};

class Flow {
 public:
  struct Look {
    std::uint8_t heading = 0;  // level
    bool title = false;        // above the headings of the first level
    bool quote = false, caption = false, furniture = false;
  };

  void open(Look look);
  void close();
  void join();  // closes the paragraph; the next one of the same depth goes on in it
  bool inside() const { return !open_.empty(); }
  void set_apart(bool apart);  // makes the paragraph furniture, or text again where nothing stands in it yet

  void put(char32_t c);
  void put(std::string_view utf8, bool raised = false);  // raised: digits become ¹ and the like
  // What is put from here on stands there.
  void piece(std::uint64_t at, std::uint64_t run, bool whole, std::uint64_t last = 0);
  void note(std::size_t id, std::uint64_t run);  // a note's mark; `id` is the reader's
  void page();                                   // here a page begins

  // Tables, but for those inside a paragraph.
  void begin_table();
  void end_table();
  void begin_cell();
  void end_cell();
  void end_row();

  // The marks in the order of the text, once all paragraphs are closed. A second mark of one note is none.
  struct Mark {
    std::size_t id = 0;
    std::uint32_t at = 0;  // of the text
    std::uint64_t run = 0;
    Span note;  // of the text
  };
  void end_text();
  std::size_t marks() const { return marks_.size(); }
  const Mark& mark(std::size_t number) const { return marks_[number]; }
  void begin_note(std::size_t number);  // of the mark; the paragraphs that follow are the note's
  void end_note();

  // Text, markup and anchors. The pieces and marks stay.
  void give(Document& to);
  const std::vector<FlowPiece>& pieces() const { return pieces_; }

 private:
  struct Paragraph {
    std::uint32_t number = 0;
    Look look;
    std::u32string text;
    std::vector<FlowPiece> pieces;
    std::vector<Mark> marks;
    std::vector<Paragraph> after;  // what stands in boxes that it holds
    bool joined = false;
    bool page = false, page_after = false;  // begins on a new one; what follows does
  };
  void emit(Paragraph&& paragraph);
  void finish(Paragraph&& paragraph);

  std::uint32_t next_ = 1;
  std::vector<Paragraph> open_;
  std::vector<std::pair<std::size_t, Paragraph>> joined_;  // by depth
  std::u32string text_;
  std::vector<Markup> markup_;
  std::vector<Anchor> anchors_;
  std::vector<FlowPiece> pieces_;
  std::vector<Mark> marks_;
  Tables tables_;
  std::size_t note_ = SIZE_MAX;
  bool page_ = false;    // what is emitted next begins on a new one
  bool titled_ = false;  // a title stands above the headings
};

// A style by its key and those it rests on, as far as `on_style` says to go on. Styles that rest on themselves end.
template <class Style, class OnStyle>
void along_styles(const std::unordered_map<std::string, Style>& styles, std::string key, OnStyle on_style) {
  constexpr int kMost = 64;
  for (int n = 0; n < kMost && !key.empty(); ++n) {
    const auto found = styles.find(key);
    if (found == styles.end() || !on_style(found->second)) return;
    key = found->second.rests_on;
  }
}

}  // namespace suyuan
