// SPDX-License-Identifier: LGPL-3.0-or-later
// BIFOCAL_HOT: compiled once per instruction set.
#include "hot/eye.hpp"
#include "hot/eye_rows.hpp"

namespace bifocal::hot::BIFOCAL_HOT {

const EyeLoops kEyeLoops = {sum_rows,   slide_row,    gather_row, scatter_row, srgb_light,
                            srgb_chain, residual_row, dot,        axpy};

}  // namespace bifocal::hot::BIFOCAL_HOT
