# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154,SC2016,SC2034
#
# The part of tests/run that starts real virtual machines. A product for ordinary users is tested as one: when root runs the tests, an
# account is made for them and removed afterwards. Images of templates are kept between runs, they are found by their content.

account=terrarium-test
kept=/var/cache/terrarium-tests
# What must work for root too; the rest is not run twice.
root_tests='^system_(debiantemplateimages|sandboxlife|fullspace|missingneeds)test$'

run_system_tests() {
  if [ "$(id -u)" != 0 ]; then
    packaging/add-subordinate-ids
    run_tests system dev --label-regex '^system$'
  else
    run_as_ordinary_user
    runner=(env TERRARIUM_TEST_CACHE="$(root_cache)")
    run_tests system-root dev --label-regex '^system$' --tests-regex "$root_tests"
    names+=(system-root)
  fi
  names+=(system)
  count_machine_checks "$logs/system.log"
}

root_cache() {
  local folder=$kept/root
  if ! { mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ]; }; then folder=$tree/build/test-cache; fi
  prune "$folder"
  echo "$folder"
}

# Every new guest agent gives new images.
prune() { find "$1/images/images" -mindepth 1 -maxdepth 1 -type d -mtime +2 -exec rm -rf {} + 2>/dev/null || true; }

run_as_ordinary_user() {
  exec 8>/run/lock/terrarium-tests.lock
  flock 8
  remove_account
  home=$(mktemp -d /var/tmp/terrarium-tests-XXXXXX)
  useradd --home-dir "$home" --no-create-home --shell /bin/bash "$account" 8>&-
  packaging/add-subordinate-ids "$account" 8>&-
  trap 'status=$?; remove_account; [ $status = 0 ] || echo "tests/run stopped in the stage: $stage" >&2' EXIT
  mkdir -m 0700 "$home/run"
  local cache=$kept/user
  if ! { mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]; }; then cache=$home/kept && mkdir "$cache"; fi
  prune "$cache"
  # ctest writes its own log into the build tree, which is root's.
  mkdir -p build/dev/Testing/Temporary
  chown -R "$account:" "$home" "$cache" build/dev/Testing
  runner=(visible_to_all runuser -u "$account" -- env -i "PATH=/usr/local/bin:/usr/bin:/bin" "HOME=$home" "USER=$account" "LOGNAME=$account"
    "SHELL=/bin/bash" "LANG=C.UTF-8" "XDG_RUNTIME_DIR=$home/run" "TMPDIR=$home" "TERRARIUM_TEST_CACHE=$cache" CTEST_OUTPUT_ON_FAILURE=1)
  local variable
  for variable in TERRARIUM_ACCEL http_proxy https_proxy no_proxy npm_config_registry SSL_CERT_FILE CURL_CA_BUNDLE; do
    [ -z "${!variable:-}" ] || runner+=("$variable=${!variable}")
  done
  run_tests system dev --label-regex '^system$'
  chown -R root: build/dev/Testing
  remove_account
  trap '[ $? = 0 ] || echo "tests/run stopped in the stage: ${stage:-start}" >&2' EXIT
}

# Runs a command so that the tree is where it is built and readable, also below a closed folder such as /root: in a mount namespace of
# its own, the first closed folder is covered by an empty one in which just the tree is visible.
visible_to_all() {
  local closed=$tree
  local ancestor=$tree
  closed=
  while [ "$ancestor" != / ]; do
    ancestor=$(dirname "$ancestor")
    [ $((0$(stat -c %a "$ancestor") & 1)) = 1 ] || closed=$ancestor
  done
  if [ -z "$closed" ]; then
    (cd / && "$@")
    return
  fi
  unshare --mount bash -c '
    set -e
    tree=$1 closed=$2
    shift 2
    held=$(mktemp -d /var/tmp/terrarium-tree-XXXXXX)
    mount --bind "$tree" "$held"
    mount -t tmpfs -o mode=0755 tmpfs "$closed"
    mkdir -p "$tree"
    mount --move "$held" "$tree"
    rmdir "$held"
    cd /
    exec "$@"' bash "$tree" "$closed" "$@"
}

remove_account() {
  local id pids
  if id=$(id -u "$account" 2>/dev/null); then
    # Only this account's own: what a failed test left.
    pids=$(ps -o pid= -u "$id" || true)
    # shellcheck disable=SC2086
    [ -z "$pids" ] || kill -KILL $pids 2>/dev/null || true
    userdel --force "$account" >/dev/null 2>&1 || true
  fi
  [ -z "${home:-}" ] || rm -rf --one-file-system "$home"
}

# Qt counts a test that skipped everything as passed, so what really ran on a machine is counted here.
count_machine_checks() {
  local passed skipped
  read -r passed skipped < <(awk '
    /^ *Start +[0-9]+: / {sub(":", "", $2); name[$2] = $3}
    /^[0-9]+: (PASS|SKIP) +: / {
      number = $1; sub(":", "", number)
      if (name[number] ~ /debiantemplateimages/ || /::(initTestCase|cleanupTestCase)\(/) next
      if ($2 == "PASS") passed++; else skipped++
    }
    END {print passed + 0, skipped + 0}' "$1")
  echo "   Checks on real virtual machines: $passed passed, $skipped skipped"
  if [ "$passed" = 0 ]; then
    echo '   No test ran on a real virtual machine. That counts as a failure: see what was skipped and why in' "$1"
    grep -E '^[0-9]+: SKIP' "$1" | head -n 20 || true
    failed=yes
  fi
}
