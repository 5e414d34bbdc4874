// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/request.hpp>

#include "input.hpp"
#include "support/text_request.hpp"

/// A request of one thumbnail, by any scaler, pixel by pixel or to the eye; rarely one that cannot be had.
bifocal::TextRequest any_request(Input& in);
/// Up to three more, some of them the first one's picture at another size; larger than the cover, too.
void add_targets(Input& in, bifocal::Request& request);
