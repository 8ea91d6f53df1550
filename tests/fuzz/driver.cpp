// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Stands in for libFuzzer where the compiler has none: mutates a corpus for a while, without looking at what is covered. Takes the
// same arguments: -max_total_time=SECONDS, -seed=NUMBER, folders or files of the corpus. What ends the program is written to a
// file, which can be given as an argument to see it again.

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
// So that whatever a sanitizer finds comes by onAbort().
extern "C" const char* __asan_default_options() { return "abort_on_error=1"; }
extern "C" const char* __ubsan_default_options() { return "abort_on_error=1:print_stacktrace=1"; }

namespace {

constexpr std::size_t kLongest = 4096;
constexpr unsigned char kLastEntry = 16;
std::string current;

void keepCurrent() {
  if (std::FILE* file = std::fopen("fuzz-crash", "wb")) {
    std::fwrite(current.data(), 1, current.size(), file);
    std::fclose(file);
  }
  std::fprintf(stderr, "the input that did it is in %s/fuzz-crash\n", std::filesystem::current_path().c_str());
}

void onAbort(int) {
  keepCurrent();
  std::_Exit(1);
}

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> corpusIn(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {contentOf(path)};
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(path)) found.push_back(contentOf(entry.path()));
  return found;
}

class Mutations {
 public:
  Mutations(std::vector<std::string> corpus, unsigned seed) : corpus_(std::move(corpus)), random_(seed) {}

  std::string next() {
    auto text = any();
    for (std::size_t rounds = 1 + below(8); rounds > 0; --rounds) mutate(text);
    text.resize(std::min(text.size(), kLongest));
    return text;
  }

 private:
  std::size_t below(std::size_t limit) {
    return limit == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  const std::string& any() { return corpus_[below(corpus_.size())]; }

  void mutate(std::string& text) {
    // The first byte chooses the parser.
    const auto at = std::min<std::size_t>(1 + below(text.size()), text.size());
    const auto length = below(std::min<std::size_t>(text.size() - at, 32) + 1);
    const auto& other = any();
    const auto from = below(other.size());
    switch (below(8)) {
      case 0:
        return void(text.erase(at, length));
      case 1:
        return void(text.insert(at, 1, static_cast<char>(below(256))));
      case 2:
        return void(text.insert(at, text.substr(at, length)));
      case 3:
        return void(text.insert(at, other, from, below(32)));
      case 4:
        return void(text.replace(at, length, other, from, below(32)));
      case 5:
        return void(text.insert(at, kWords[below(std::size(kWords))]));
      case 6:
        return void(text.insert(at, below(64), text.empty() ? 'x' : text[below(text.size())]));
      default:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
    }
  }

  static constexpr const char* kWords[] = {"\"",
                                           "\\",
                                           "\\u0000",
                                           "\\ud800",
                                           "{",
                                           "}",
                                           "[",
                                           "]",
                                           ":",
                                           ",",
                                           "null",
                                           "true",
                                           "1e999",
                                           "-0",
                                           "9007199254740993",
                                           "18446744073709551616",
                                           "0.5",
                                           "%00",
                                           "%2F",
                                           "%ff",
                                           "..",
                                           "//",
                                           "?",
                                           "&",
                                           "=",
                                           "+",
                                           "\r\n",
                                           "\r\n\r\n",
                                           "Host: evil.example",
                                           "Transfer-Encoding: chunked",
                                           "Content-Length: -1",
                                           "0x1",
                                           "\xf0\x9f\x98\x80",
                                           "\xc3",
                                           "\xed\xa0\x80",
                                           "\xff",
                                           "data: ",
                                           "*."};
  std::vector<std::string> corpus_;
  std::mt19937 random_;
};

void run(const std::string& input) {
  current = input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(current.data()), current.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGABRT, onAbort);
  long seconds = 20;
  auto seed = std::random_device{}();
  std::vector<std::string> corpus;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.starts_with("-max_total_time=")) {
      seconds = std::atol(argument.c_str() + std::strlen("-max_total_time="));
    } else if (argument.starts_with("-seed=")) {
      seed = static_cast<unsigned>(std::strtoul(argument.c_str() + std::strlen("-seed="), nullptr, 10));
    } else if (!argument.starts_with("-")) {
      for (auto& one : corpusIn(argument)) corpus.push_back(std::move(one));
    }
  }
  for (const auto& one : corpus) run(one);
  if (corpus.empty()) corpus.assign(1, std::string(1, static_cast<char>(kLastEntry)));
  Mutations mutations(corpus, seed);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  long runs = 0;
  for (; std::chrono::steady_clock::now() < end; ++runs) run(mutations.next());
  std::printf("%ld inputs out of %zu, seed %u: nothing found\n", runs, corpus.size(), seed);
  return 0;
}
