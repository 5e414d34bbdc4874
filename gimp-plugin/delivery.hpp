// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <libgimp/gimp.h>
#include <nlohmann/json.hpp>

#include <bifocal/options.hpp>

#include "answer.hpp"
#include "cover.hpp"
#include "exported.hpp"
#include "origin.hpp"
#include "pixels.hpp"
#include "preview/words.hpp"
#include "report_words.hpp"
#include "result_pictures.hpp"
#include "work.hpp"

namespace plugin {

/// A result in its place, and what is to be said of it.
struct Delivered {
  gint32 layer = -1;
  ResultAs as = ResultAs::Layer;
  std::vector<gint32> hidden;  ///< layers that were hidden for it
  gint32 display = -1;         ///< of an image of its own; -1: none
  std::string report;          ///< JSON
  ReportWords words;
  Forecast verdict;         ///< the words' in short
  bifocal::Size small;      ///< of the first view
  ResultPictures pictures;  ///< for a window; without one empty
  /// For a script.
  Answer answer() const;
};

/// One cover's way through a procedure: what all procedures that make a result do before and after the engine's work.
class Delivery {
 public:
  /// Reads the cover. `window` shows the work; nullptr: there is none. Throws UserError.
  Delivery(GimpRunMode mode, PagedWindow* window, gint32 image, gint32 layer, ResultAs as);

  const Encoding& encoding() const { return encoding_; }
  /// Hands a bifocal::Request what it is to know of the cover; once.
  void hand_cover_to(bifocal::Request& request) { cover_.hand_to(request); }

  struct Label {
    std::string name;             ///< of the layer
    nlohmann::json note;          ///< kept on the layer, with the report added: procedure and settings
    std::vector<gint32> targets;  ///< layers
    MeantCover meant;             ///< the result layer goes above what was clicked on
    nlohmann::ordered_json further =
        nlohmann::ordered_json::object();  ///< what the report has besides the engine's keys
    bool wants_exact = false;              ///< see report_words
  };
  /// The engine's work on the request, as do_work(), and where there is a window the result's pictures. What `said`
  /// sets of a solve is handed to `run`, and what there is to remark on it is said of the result.
  bifocal::Result work(const bifocal::Request& request, const bifocal::Options& said,
                       const std::function<bifocal::Result(const bifocal::SolveOptions&)>& run);

  /// Compares what GIMP will export with the result, has it measured if it is something else, puts the result into its
  /// place in one undo step. `former`: a result that it replaces, in the same step; or nullptr. Throws UserError or
  /// Cancelled, leaving all as it was.
  Delivered deliver(bifocal::Result result, const bifocal::Request& request, const Label& label,
                    const Delivered* former);

 private:
  /// Whether the image, with the result in its place, is exported as the result; else says in it what there is instead,
  /// why, and has it measured. Returns what a script is told of it.
  nlohmann::ordered_json compare_export(gint32 loose, const Placement& place, const bifocal::Request& request,
                                        bifocal::Result& result);

  GimpRunMode mode_;
  PagedWindow* window_;
  gint32 image_, layer_;
  ResultAs as_;
  Shape shape_;
  Encoding encoding_;
  Cover cover_;
  ResultPictures pictures_;
};

}  // namespace plugin
