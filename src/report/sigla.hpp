// sigla.hpp: short names by which people speak of texts: 人民24-02-02, 求是25-22.
#pragma once

#include <string>
#include <vector>

#include "suyuan/index.hpp"

namespace suyuan {

// One for each work, no two alike. The outlet without 日报, else the first letters of the title; then the issue,
// where one is named, else the day, month or year. Publications that would share one are told apart by letters,
// copies of one publication by numbers: 人民24-02-22b, 求是25-22·2.
std::vector<std::string> sigla(const Corpus& corpus);

}  // namespace suyuan
