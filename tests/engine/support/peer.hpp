// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <bifocal/image.hpp>

/// The real libraries (peer.py under /usr/bin/python3), for tests. Throws std::runtime_error when a library is missing.
class Peer {
 public:
  struct Job {
    std::string filter;
    const bifocal::Image8* image;
    bifocal::Size to;
  };

  Peer();
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  std::string version(const std::string& library);
  bifocal::Image8 resize(const std::string& library, const std::string& filter, const bifocal::Image8& image,
                         bifocal::Size to);
  /// Many at once: programs that start slowly are then started once.
  std::vector<bifocal::Image8> resize_all(const std::string& library, const std::vector<Job>& jobs);

  /// Least seconds of a few runs of the same, measured in the library's own process.
  double seconds(const std::string& library, const std::string& filter, const bifocal::Image8& image, bifocal::Size to);
  /// "psnr" or "ssim" (of the luma) as scikit-image has it.
  double compare(const std::string& metric, const bifocal::Image8& a, const bifocal::Image8& b);
  /// What Pillow's JPEG leaves; subsampling 0: 4:4:4, 1: 4:2:2, 2: 4:2:0.
  bifocal::Image8 after_jpeg(const bifocal::Image8& image, int quality, int subsampling);
  /// Of the thumbnail that "pillow", "imagemagick", "graphicsmagick" or "libvips" makes within a box, keeping the
  /// shape.
  bifocal::Size thumbnail_size(const std::string& library, bifocal::Size image, bifocal::Size box);
  /// A picture from a file, in grey (1) or RGB (3), resized to `size` (Pillow's Lanczos) unless that is {0, 0}.
  bifocal::Image8 load(const std::string& path, int channels, bifocal::Size size = {});

 private:
  std::string line();
  void send_pixels(const bifocal::Image8& image);
  void request(const std::string& what, const std::string& library, const std::vector<Job>& jobs);
  bifocal::Image8 answer(int channels, bifocal::Size size);
  void send(const void* data, std::size_t size);
  void receive(void* data, std::size_t size);

  int to_ = -1;
  int from_ = -1;
  int child_ = -1;
};
