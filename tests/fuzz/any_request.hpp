// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/request.hpp>

#include "input.hpp"
#include "support/text_request.hpp"

/// A request of one thumbnail, by any scaler, pixel by pixel or to the eye; rarely one that cannot be had.
bifocal::TextRequest any_request(Input& in);
