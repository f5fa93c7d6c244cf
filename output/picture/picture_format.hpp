#pragma once
// The files that a picture can be: how they begin, and how one that is complete ends.
#include "sim/checkpoint/written_file.hpp"

#include <string>
#include <string_view>

namespace nearshore {

enum class PictureFormat { svg, png, pdf };

/// By the ending of a name. Throws Error (kind input) for another ending.
PictureFormat picture_format(const std::string& output);

/// Pictures of a format may be written over by such.
FileKind picture_kind(PictureFormat format);

/// gnuplot does not say when it could not write all of it.
bool is_complete_picture(PictureFormat format, std::string_view bytes);

} // namespace nearshore
