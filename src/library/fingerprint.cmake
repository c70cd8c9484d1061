# Writes OUT: a name for the rules by which texts are segmented, from the files that hold them. Run by the build whenever
# one of them changes.
set(digests "")
foreach(file IN LISTS FILES)
  file(SHA256 ${ROOT}/${file} digest)
  string(APPEND digests "${file} ${digest}\n")
endforeach()
string(SHA256 digest "${digests}${ICU}")
file(WRITE ${OUT} "#include \"library/segmentation.hpp\"\n\nstd::string_view suyuan::library::fingerprint() { return \"${digest}\"; }\n")
