// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/netstack/jail.h"

using namespace terrarium::netstack;

namespace {

using Deed = void (*)(int kept, int other);

/// Exit code, or 256 + signal, of a process that does it in the jail with one socket that it kept.
int outcome(Deed deed) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return -1;
  const auto pid = ::fork();
  if (pid == 0) {
    if (!enterJail(std::span(ends).first(1))) ::_exit(2);
    deed(ends[0], ends[1]);
    ::_exit(0);
  }
  for (const int end : ends) ::close(end);
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

}  // namespace

class JailTest : public QObject {
  Q_OBJECT

 private slots:
  void whatIsNeededIsAllowed() {
    const auto deed = [](int socket, int) {
      char byte = 0;
      static_cast<void>(::recv(socket, &byte, 1, MSG_DONTWAIT));
      static_cast<void>(::send(socket, &byte, 1, MSG_DONTWAIT | MSG_NOSIGNAL));
      ::shutdown(socket, SHUT_WR);
      // Memory of every size comes and goes.
      for (const std::size_t size : {std::size_t{100}, std::size_t{1} << 20, std::size_t{1} << 26}) {
        auto* memory = static_cast<volatile char*>(std::malloc(size));
        memory[size - 1] = 1;
        std::free(const_cast<char*>(memory));
      }
      ::close(socket);
    };
    QCOMPARE(outcome(deed), 0);
  }

  void everythingElseEndsTheProcess_data() {
    QTest::addColumn<Deed>("deed");
    const auto row = [](const char* name, Deed deed) { QTest::newRow(name) << deed; };
    row("socket", [](int, int) { ::socket(AF_INET, SOCK_STREAM, 0); });
    row("unix socket", [](int, int) { ::socket(AF_UNIX, SOCK_STREAM, 0); });
    row("socketpair", [](int, int) {
      int ends[2];
      ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    });
    row("connect", [](int socket, int) { ::connect(socket, nullptr, 0); });
    row("bind", [](int socket, int) { ::bind(socket, nullptr, 0); });
    row("open", [](int, int) { static_cast<void>(::open("/etc/passwd", O_RDONLY)); });
    row("write to another descriptor", [](int socket, int) { static_cast<void>(::write(socket, "x", 1)); });
    row("fork", [](int, int) { static_cast<void>(::fork()); });
    row("exec", [](int, int) { ::execl("/bin/true", "true", nullptr); });
    row("kill", [](int, int) { ::kill(::getppid(), 0); });
    row("ioctl", [](int socket, int) { ::syscall(SYS_ioctl, socket, 0, 0); });
    row("executable memory", [](int, int) { ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); });
    row("memory made executable", [](int, int) { ::syscall(SYS_mprotect, 0, 4096, PROT_EXEC); });
    row("io_uring", [](int, int) { ::syscall(SYS_io_uring_setup, 1, nullptr); });
  }
  void everythingElseEndsTheProcess() {
    QFETCH(Deed, deed);
    QCOMPARE(outcome(deed), 256 + SIGSYS);
  }

  void onlyKeptDescriptorsStayOpen() {
    // Writing to one that is closed is no crime.
    QCOMPARE(outcome([](int kept, int other) {
               const bool open = ::send(kept, "", 0, MSG_DONTWAIT | MSG_NOSIGNAL) == 0 || errno != EBADF;
               const bool closed = ::send(other, "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL) == -1 && errno == EBADF;
               ::_exit(open && closed ? 0 : 3);
             }),
             0);
  }
};

QTEST_GUILESS_MAIN(JailTest)
#include "jailtest.moc"
