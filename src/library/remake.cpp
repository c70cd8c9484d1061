#include "library/remake.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/parallel.hpp"
#include "suyuan/segment.hpp"

namespace suyuan::library {

std::vector<std::string> remake(const std::vector<const Segment*>& parts, unsigned jobs, std::string& made,
                                FoldedWriter& folded) {
  struct Remade {
    std::string segmentation;
    std::uint32_t notes = 0;
    FoldedDocument folded;
  };
  std::vector<std::pair<const Segment*, std::uint32_t>> documents;
  for (const Segment* part : parts)
    for (const std::uint32_t i : live_rows(*part)) documents.emplace_back(part, i);
  std::vector<std::string> out;
  std::uint64_t offset = 0;
  constexpr std::size_t kStep = 4096;  // documents at once
  for (std::size_t from = 0; from < documents.size(); from += kStep) {
    std::vector<Remade> remade(std::min(kStep, documents.size() - from));
    for_each_index(remade.size(), jobs, [&](std::size_t i) {
      const auto& [part, row] = documents[from + i];
      std::optional<Error> damage;
      const std::shared_ptr<Segmentation> known = part->segmentation(row, damage);
      auto letters = known && part->folded ? part->folded->document(row) : std::nullopt;
      const Segmentation fresh = known ? Segmentation{} : segment(*part->document(row));
      const Segmentation& of = known ? *known : fresh;
      remade[i] = {encode(of), static_cast<std::uint32_t>(of.diagnostics.size()),
                   letters ? *std::move(letters) : fold_document(*part->document(row), of)};
    });
    for (std::size_t i = 0; i < remade.size(); ++i) {
      const std::size_t size = remade[i].segmentation.size();
      put_row(made, MadeRow{offset, static_cast<std::uint32_t>(size), remade[i].notes});
      offset += size;
      folded.add(static_cast<std::uint32_t>(from + i), remade[i].folded);
      out.push_back(std::move(remade[i].segmentation));
    }
  }
  return out;
}

}  // namespace suyuan::library
