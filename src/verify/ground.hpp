// ground.hpp: the texts that a draft is held against, as letters: where words stand among them, and what is asked
// of all of them. A corpus answers from its index; a library from what it keeps on the disk. Every other step of
// verifying is the same code, so that both give the same findings.
//
// Works of the ground have numbers of its own, in the order of a corpus of all; texts of the drafts have others,
// and may be works of the ground too. Const use is safe from several threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "suyuan/index.hpp"
#include "suyuan/verify.hpp"
#include "verify/claims.hpp"

namespace suyuan {

class Ground {
 public:
  struct Hit {
    std::uint32_t work = 0, at = 0;
    auto operator<=>(const Hit&) const = default;
  };
  using Allowed = std::function<bool(std::uint32_t work)>;

  virtual ~Ground() = default;

  // Of the gram of five letters that begins at a letter of a draft's text: whether it stands in more places than so
  // many, of drafts and ground; its places in the ground's works, in order.
  virtual bool beyond(std::uint32_t draft, std::uint32_t at, std::size_t bound) const = 0;
  virtual std::span<const Hit> hits(std::uint32_t draft, std::uint32_t at, std::vector<Hit>& held) const = 0;
  // As Index has them.
  virtual bool common(std::uint32_t draft, std::uint32_t at) const = 0;
  virtual double bits(std::uint32_t draft, std::uint32_t at) const = 0;
  // Common, and not for its number here alone: wording that everybody uses.
  virtual bool everyday(std::uint32_t draft, std::uint32_t at) const = 0;

  virtual std::uint32_t size(std::uint32_t work) const = 0;  // letters
  virtual std::span<const Unit> units(std::uint32_t work, FoldSpan span, std::vector<Unit>& held) const = 0;

  // The work of the ground that is the draft's text itself, where it has it.
  virtual std::optional<std::uint32_t> itself(std::uint32_t draft) const = 0;
  // That and the copies of its publication, ascending.
  virtual std::vector<std::uint32_t> copies(std::uint32_t draft) const = 0;

  // Of each allowed work that has stretches within `most` changes of a pattern of up to 64 letters: where the first
  // of the nearest ends.
  virtual void near(std::span<const Unit> pattern, std::uint32_t most, const Allowed& allowed,
                    const std::function<void(std::uint32_t work, std::uint32_t end)>& take) const = 0;

  // Whether any text, of the drafts too, is of that outlet, or has that title, in its letters.
  virtual bool has_outlet(const std::string& name) const = 0;
  virtual bool has_title(const std::u32string& letters) const = 0;
  // The best holding among allowed works of what a draft says of its source.
  virtual Holding holding(const std::vector<Asked>& asked, const Allowed& allowed) const = 0;
};

// What a work is to somebody who looks for what `answers` a claim.
Holding holding_of(const Work& work);

// A whole corpus and its index.
class CorpusGround : public Ground {
 public:
  CorpusGround(const VerifyCorpus& all, const Index& index, const Lexicons& lexicons);
  bool beyond(std::uint32_t draft, std::uint32_t at, std::size_t bound) const override;
  std::span<const Hit> hits(std::uint32_t draft, std::uint32_t at, std::vector<Hit>& held) const override;
  bool common(std::uint32_t draft, std::uint32_t at) const override;
  double bits(std::uint32_t draft, std::uint32_t at) const override;
  bool everyday(std::uint32_t draft, std::uint32_t at) const override;
  std::uint32_t size(std::uint32_t work) const override;
  std::span<const Unit> units(std::uint32_t work, FoldSpan span, std::vector<Unit>& held) const override;
  std::optional<std::uint32_t> itself(std::uint32_t draft) const override;
  std::vector<std::uint32_t> copies(std::uint32_t draft) const override;
  void near(std::span<const Unit> pattern, std::uint32_t most, const Allowed& allowed,
            const std::function<void(std::uint32_t work, std::uint32_t end)>& take) const override;
  bool has_outlet(const std::string& name) const override;
  bool has_title(const std::u32string& letters) const override;
  Holding holding(const std::vector<Asked>& asked, const Allowed& allowed) const override;

 private:
  const Corpus& corpus_;
  const Index& index_;
  const Lexicons& lexicons_;
  std::vector<char> in_ground_;
  std::unordered_set<std::string> outlets_;
  std::unordered_set<std::u32string> titles_;
};

}  // namespace suyuan
