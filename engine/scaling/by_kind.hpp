// SPDX-License-Identifier: LGPL-3.0-or-later
// Programs whose kernel or arithmetic depends on the kind of file that they read.
#pragma once
#include <memory>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// Which kinds of file. `channels`: 1 grey, 3 colour.
using Kinds = bool (*)(FileKind file, int channels);
bool grey_or_alpha(FileKind file, int channels);
bool with_alpha(FileKind file, int channels);

/// `usual`, but read from such kinds of file it is `other`.
std::shared_ptr<const Model> by_kind(std::shared_ptr<const Model> usual, Kinds kinds,
                                     std::shared_ptr<const Model> other);

}  // namespace bifocal::scaling
