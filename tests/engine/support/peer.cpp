// SPDX-License-Identifier: LGPL-3.0-or-later
#include "support/peer.hpp"

#include <csignal>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using bifocal::Image8;

Peer::Peer() {
  std::signal(SIGPIPE, SIG_IGN);  // a dead peer is an exception below, not the end of the test program
  int request[2], answer[2];
  // Closed on exec: another peer, started at the same time, must not keep this one's ends open.
  if (pipe2(request, O_CLOEXEC) != 0 || pipe2(answer, O_CLOEXEC) != 0) throw std::runtime_error("no pipe to the peer");
  child_ = fork();
  if (child_ == 0) {
    dup2(request[0], 0);
    dup2(answer[1], 1);
    execl("/usr/bin/python3", "python3", PEER_SCRIPT, nullptr);
    _exit(127);
  }
  close(request[0]);
  close(answer[1]);
  to_ = request[1];
  from_ = answer[0];
}

Peer::~Peer() {
  close(to_);
  close(from_);
  waitpid(child_, nullptr, 0);
}

void Peer::send(const void* data, std::size_t size) {
  const char* p = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t n = write(to_, p, size);
    if (n <= 0) throw std::runtime_error("the peer (python3 with PIL and numpy) is not running");
    p += n;
    size -= static_cast<std::size_t>(n);
  }
}

void Peer::receive(void* data, std::size_t size) {
  char* p = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t n = read(from_, p, size);
    if (n <= 0)
      throw std::runtime_error("the peer ended without an answer: is a library missing? (its message stands above)");
    p += n;
    size -= static_cast<std::size_t>(n);
  }
}

std::string Peer::version(const std::string& library) {
  const std::string line = "version " + library + "\n";
  send(line.data(), line.size());
  return this->line();
}

std::string Peer::line() {
  std::string answer;
  for (char c; receive(&c, 1), c != '\n';) answer += c;
  return answer;
}

void Peer::request(const std::string& what, const std::string& library, const std::vector<Job>& jobs) {
  std::string line = what + " " + library + " " + std::to_string(jobs.size()) + "\n";
  send(line.data(), line.size());
  for (const Job& job : jobs) {
    const Image8& image = *job.image;
    const int channels = image.channels();
    line = job.filter;
    for (int n : {channels, image.height(), image.width(), job.to.height, job.to.width}) {
      line += ' ';
      line += std::to_string(n);
    }
    line += '\n';
    send(line.data(), line.size());
    send_pixels(image);
  }
}

void Peer::send_pixels(const Image8& image) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(image.height()) * image.width() * image.channels());
  to_interleaved(image, bytes.data(), static_cast<std::ptrdiff_t>(image.width()) * image.channels());
  send(bytes.data(), bytes.size());
}

double Peer::compare(const std::string& metric, const Image8& a, const Image8& b) {
  const std::string words = "compare " + metric + " " + std::to_string(a.channels()) + " " +
                            std::to_string(a.height()) + " " + std::to_string(a.width()) + "\n";
  send(words.data(), words.size());
  send_pixels(a);
  send_pixels(b);
  return std::stod(line());
}

Image8 Peer::after_jpeg(const Image8& image, int quality, int subsampling) {
  std::string words = "jpeg";
  for (int n : {quality, subsampling, image.channels(), image.height(), image.width()})
    words += ' ' + std::to_string(n);
  words += "\n";
  send(words.data(), words.size());
  send_pixels(image);
  return answer(image.channels(), image.size());
}

bifocal::Size Peer::thumbnail_size(const std::string& library, bifocal::Size image, bifocal::Size box) {
  std::string words = "thumbnail " + library;
  for (int n : {image.width, image.height, box.width, box.height}) words.append(1, ' ').append(std::to_string(n));
  words += "\n";
  send(words.data(), words.size());
  const std::string answer = line();
  return {std::stoi(answer), std::stoi(answer.substr(answer.find(' ')))};
}

Image8 Peer::answer(int channels, bifocal::Size size) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size.height) * size.width * channels);
  receive(bytes.data(), bytes.size());
  return bifocal::from_interleaved(bytes.data(), size.height, size.width, channels,
                                   static_cast<std::ptrdiff_t>(size.width) * channels);
}

Image8 Peer::resize(const std::string& library, const std::string& filter, const Image8& image, bifocal::Size to) {
  return std::move(resize_all(library, {{filter, &image, to}}).front());
}

std::vector<Image8> Peer::resize_all(const std::string& library, const std::vector<Job>& jobs) {
  request("resize", library, jobs);
  std::vector<Image8> images;
  for (const Job& job : jobs) images.push_back(answer(job.image->channels(), job.to));
  return images;
}

double Peer::seconds(const std::string& library, const std::string& filter, const Image8& image, bifocal::Size to) {
  request("time", library, {{filter, &image, to}});
  return std::stod(line());
}

Image8 Peer::load(const std::string& path, int channels, bifocal::Size size) {
  std::string words = std::string("load ") + (channels == 1 ? "L " : "RGB ") + path;
  if (size.width > 0) words += ' ' + std::to_string(size.width) + ' ' + std::to_string(size.height);
  words += "\n";
  send(words.data(), words.size());
  const std::string answer = line();
  const int height = std::stoi(answer), width = std::stoi(answer.substr(answer.find(' ')));
  return this->answer(channels, {width, height});
}
