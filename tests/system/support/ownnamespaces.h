// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace terrarium {

/// Ends the test program with a sentence when `done` is false: a test that needs something of its own must not pass without.
void orDie(bool done, const char* what);

/// Enters namespaces (CLONE_NEW...) of this test program alone. Works for root and, in a user namespace that maps just the user,
/// for everybody. To be called before there is a second thread.
void enterNamespacesOrDie(int flags);

}  // namespace terrarium
