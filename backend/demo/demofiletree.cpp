// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demofiletree.h"

#include <algorithm>
#include <array>

namespace terrarium {

namespace {

constexpr std::uint32_t kDirectoryMode = 0755;
constexpr std::uint32_t kFileMode = 0644;
constexpr std::array<std::string_view, 3> kKernelDirectories{"/proc", "/sys", "/dev"};

std::string parentOf(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string nameOf(const std::string& path) { return path == "/" ? path : path.substr(path.rfind('/') + 1); }

std::string prefixOf(const std::string& path) { return path == "/" ? path : path + "/"; }

FileEntry entryFor(const std::string& path, const DemoFileTree::Node& node) {
  FileEntry entry;
  entry.name = nameOf(path);
  entry.isDirectory = node.isDirectory;
  entry.size = node.isDirectory ? 4096 : node.content.size();
  entry.modifiedUnix = node.modifiedUnix;
  entry.mode = node.mode;
  return entry;
}

}  // namespace

std::string normalizedPath(const std::string& path) {
  std::vector<std::string> segments;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const auto end = std::min(path.find('/', begin), path.size());
    const auto segment = path.substr(begin, end - begin);
    begin = end + 1;
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (!segment.empty() && segment != "." && segment != "..") segments.push_back(segment);
  }
  std::string result;
  for (const auto& segment : segments) result += "/" + segment;
  return result.empty() ? "/" : result;
}

DemoFileTree::DemoFileTree(const std::string& hostname, std::int64_t nowUnix) : nowUnix_(nowUnix) {
  nodes_["/"] = {true, {}, nowUnix_, kDirectoryMode};
  for (const auto* directory : {"/bin", "/dev", "/home/user", "/proc", "/root", "/sys", "/tmp", "/usr/local/bin", "/var/log"}) {
    (void)makeDirectory(directory);
  }
  const std::pair<const char*, QByteArray> files[] = {
      {"/etc/hostname", QByteArray::fromStdString(hostname) + '\n'},
      {"/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\n"},
      {"/home/user/README.md", "# Scratch project\n\nRun `python3 app.py`, then open port 8000.\n"},
      {"/home/user/project/app.py",
       "from http.server import SimpleHTTPRequestHandler, HTTPServer\n\n"
       "HTTPServer((\"0.0.0.0\", 8000), SimpleHTTPRequestHandler).serve_forever()\n"},
      {"/home/user/project/requirements.txt", "requests==2.31.0\n"},
      {"/home/user/project/data/results.json", "{\"runs\": 7, \"passed\": 6}\n"},
      {"/var/log/setup.log", "09:12:04 unpacked project\n09:12:06 installed requirements\n"}};
  for (const auto& [path, content] : files) (void)write(path, content);
}

const DemoFileTree::Node* DemoFileTree::find(const std::string& path) const {
  const auto found = nodes_.find(normalizedPath(path));
  return found == nodes_.end() ? nullptr : &found->second;
}

Result<FileEntry> DemoFileTree::stat(const std::string& path) const {
  const auto* node = find(path);
  if (node == nullptr) return failure(ErrorCode::NotFound, "File not found.");
  return entryFor(normalizedPath(path), *node);
}

Result<std::vector<FileEntry>> DemoFileTree::list(const std::string& path) const {
  const auto directory = normalizedPath(path);
  const auto* node = find(directory);
  if (node == nullptr || !node->isDirectory) return failure(ErrorCode::NotFound, "Folder not found.");
  std::vector<FileEntry> entries;
  for (const auto& [relative, child] : below(directory)) {
    if (relative.find('/') == std::string::npos) entries.push_back(entryFor("/" + relative, *child));
  }
  return entries;
}

std::map<std::string, const DemoFileTree::Node*> DemoFileTree::below(const std::string& path) const {
  const auto prefix = prefixOf(normalizedPath(path));
  std::map<std::string, const Node*> found;
  for (const auto& [each, node] : nodes_) {
    if (each.size() > prefix.size() && each.rfind(prefix, 0) == 0) found[each.substr(prefix.size())] = &node;
  }
  return found;
}

Result<void> DemoFileTree::checkWritable(const std::string& path) const {
  const auto target = normalizedPath(path);
  const auto isKernels = std::any_of(kKernelDirectories.begin(), kKernelDirectories.end(), [&](std::string_view directory) {
    return target == directory || target.rfind(std::string(directory) + "/", 0) == 0;
  });
  if (target == "/" || isKernels) {
    return failure(badRequest("path", "path " + target + " is protected: choose a file outside /, /proc, /sys and /dev."));
  }
  if (const auto* node = find(target); node != nullptr && node->isDirectory) {
    return failure(badRequest("path", "path " + target + " is a folder: give the name of a file."));
  }
  for (auto parent = parentOf(target); parent != "/"; parent = parentOf(parent)) {
    const auto* node = find(parent);
    if (node != nullptr && !node->isDirectory) return failure(ErrorCode::FileSystem, parent + " is not a folder.");
  }
  return {};
}

Result<void> DemoFileTree::write(const std::string& path, const QByteArray& content) {
  if (auto checked = checkWritable(path); !checked) return checked;
  if (content.size() > kMaxFileBytes) return failure(ErrorCode::StorageFull, "The demonstration keeps files of at most 64 MiB.");
  const auto target = normalizedPath(path);
  makeParents(target);
  nodes_[target] = {false, content, nowUnix_, kFileMode};
  return {};
}

Result<void> DemoFileTree::makeDirectory(const std::string& path) {
  const auto target = normalizedPath(path);
  if (find(target) != nullptr) return failure(ErrorCode::FileSystem, target + " exists.");
  makeParents(target);
  nodes_[target] = {true, {}, nowUnix_, kDirectoryMode};
  return {};
}

Result<void> DemoFileTree::remove(const std::string& path) {
  const auto target = normalizedPath(path);
  if (target == "/" || nodes_.erase(target) == 0) return failure(ErrorCode::NotFound, "File not found.");
  const auto prefix = prefixOf(target);
  for (auto node = nodes_.lower_bound(prefix); node != nodes_.end() && node->first.rfind(prefix, 0) == 0;) {
    node = nodes_.erase(node);
  }
  return {};
}

void DemoFileTree::makeParents(const std::string& path) {
  for (auto parent = parentOf(path); nodes_.count(parent) == 0; parent = parentOf(parent)) {
    nodes_[parent] = {true, {}, nowUnix_, kDirectoryMode};
  }
}

}  // namespace terrarium
