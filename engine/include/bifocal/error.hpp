// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <stdexcept>
#include <string>

#include <bifocal/export.hpp>

namespace BIFOCAL_API bifocal {

/// Why a call was refused. What a solve *reached* is never an error: see Outcome in report.hpp.
enum class ErrorCode {
  InvalidArgument,  ///< a value is outside the range its docstring gives
  SizeMismatch,     ///< two images or a matrix and an image do not fit together
  UnknownScaler,    ///< no scaler of that id in the catalogue
  UnknownSetting,   ///< a key or a value of a settings string is not known
  Unsupported,      ///< understood, but this build or this algorithm cannot do it
  OutOfMemory,      ///< an allocation failed; nothing was changed
  Internal,         ///< a fault in the engine itself
};

/// The only exception type that leaves the engine. what() names the value that is wrong, in plain words.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace bifocal
