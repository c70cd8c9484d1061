// segmentation.hpp: what segmenting made of a document ↔ bytes. Decoding is total: what contradicts itself or the
// document is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "suyuan/segment.hpp"

namespace suyuan::library {

std::string encode(const Segmentation& made);
std::optional<Segmentation> decode_segmentation(std::string_view bytes, std::uint32_t characters);

// What relating changes of it: whose dates and outlets other documents gave, what reports report on.
std::string encode_related(const Segmentation& made);
bool decode_related(std::string_view bytes, Segmentation& made);

// Names the rules by which the steps up to segmenting work: their sources and tables. What was made by others is
// made anew.
std::string_view fingerprint();

}  // namespace suyuan::library
