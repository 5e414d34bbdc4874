// SPDX-License-Identifier: LGPL-3.0-or-later
#include "answer.hpp"

namespace plugin {

Answer Answer::failure(GimpPDBStatusType status, std::string message) {
  Answer answer;
  answer.status_ = status;
  if (!message.empty()) answer.add_string(std::move(message));
  return answer;
}

void Answer::add_layer(gint32 layer) { values_.push_back({GIMP_PDB_LAYER, layer, {}}); }
void Answer::add_image(gint32 image) { values_.push_back({GIMP_PDB_IMAGE, image, {}}); }
void Answer::add_string(std::string text) { values_.push_back({GIMP_PDB_STRING, 0, std::move(text)}); }

void Answer::expose(gint* count, GimpParam** values) {
  params_.clear();
  GimpParam status{};
  status.type = GIMP_PDB_STATUS;
  status.data.d_status = status_;
  params_.push_back(status);
  for (Value& value : values_) {
    GimpParam param{};
    param.type = value.type;
    if (value.type == GIMP_PDB_STRING)
      param.data.d_string = value.text.data();
    else
      param.data.d_int32 = value.id;  // layers and images are ids in the same union
    params_.push_back(param);
  }
  *count = static_cast<gint>(params_.size());
  *values = params_.data();
}

}  // namespace plugin
