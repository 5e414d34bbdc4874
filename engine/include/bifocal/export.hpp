// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

/// What a public header declares in `namespace BIFOCAL_API bifocal` is visible outside of the library; nothing else is,
/// the engine being compiled with hidden visibility.
#define BIFOCAL_API [[gnu::visibility("default")]]
