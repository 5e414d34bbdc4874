// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <libgimp/gimp.h>

#include "errors.hpp"

namespace plugin {

/// What a procedure gives back to GIMP. Owns the strings that the wire protocol points to.
class Answer {
 public:
  Answer() = default;
  static Answer failure(GimpPDBStatusType status, std::string message);

  void add_layer(gint32 layer);
  void add_image(gint32 image);
  void add_string(std::string text);

  /// For GimpRunProc's return_vals: valid until this object changes or dies.
  void expose(gint* count, GimpParam** values);

 private:
  struct Value {
    GimpPDBArgType type;
    gint32 id;
    std::string text;
  };
  GimpPDBStatusType status_ = GIMP_PDB_SUCCESS;
  std::vector<Value> values_;
  std::vector<GimpParam> params_;
};

}  // namespace plugin
