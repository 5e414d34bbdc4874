// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include <libgimp/gimp.h>

namespace plugin {

/// Something that the user can put right; what() is what GIMP shows.
struct UserError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A script called the procedure with arguments of the wrong number or range.
struct CallError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The user pressed Cancel or closed the dialog; nothing was changed and nothing is to be shown.
struct Cancelled {};

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
