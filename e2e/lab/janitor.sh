#!/bin/bash
# The one process that owns a lab's names on this machine: it claims a number N, makes the lab's network and a private
# mount namespace for its disks, says "N PID" on stdout (PID of a process in that namespace), and takes everything down
# when its stdin closes, which happens however the process that started it ends. A lab whose janitor was itself killed is
# taken down by the next janitor: the lock on its number is free then, and all that belongs to it has the number in its name.
set -uo pipefail
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
base=/run/gatehouse-lab
last=200

take_down() { # take_down N
  local namespace pids link
  for namespace in $(ip netns list 2>/dev/null | awk -v prefix="ghlab$1-" 'index($1, prefix) == 1 { print $1 }'); do
    while pids=$(ip netns pids "$namespace" 2>/dev/null) && [ -n "$pids" ]; do
      kill -KILL $pids 2>/dev/null
      sleep 0.01
    done
    ip netns del "$namespace"
  done
  # The kernel frees a namespace at its leisure; the names of its links must be free for the next lab at once.
  for link in $(ip -o link show | sed -nE "s/^[0-9]+: (ghl$1p[0-9]+|ghlab$1)[@:].*/\1/p"); do
    ip link del "$link" 2>/dev/null
  done
  rmdir "$base/$1" 2>/dev/null
}

sweep() { # what crashed labs left behind
  local lock
  for lock in "$base"/*.lock; do
    [ -e "$lock" ] || continue
    (
      flock -n 8 || exit 0
      take_down "$(basename "$lock" .lock)"
    ) 8>>"$lock"
  done
}

claim() { # the first number that nobody holds and whose addresses nobody uses; the lock lives as long as we do
  for ((n = 1; n <= last; n++)); do
    exec 9>>"$base/$n.lock"
    if flock -n 9 && [ -z "$(ip -4 route show root "10.203.$n.0/24")" ]; then
      return 0
    fi
    exec 9>&-
  done
  echo "no free lab number" >&2
  return 1
}

make_network() {
  ip link add "ghlab$n" address "$(printf '02:67:68:%02x:00:01' "$n")" type bridge &&
    ip addr add "10.203.$n.1/24" dev "ghlab$n" &&
    ip link set "ghlab$n" up
}

# Holds the mount namespace until stdin closes; none of it is ever seen in the machine's own table of mounts.
hold='
  mount -t tmpfs -o mode=0755 gatehouse-lab "$1" && echo "$2 $$" && exec cat >/dev/null
'

mkdir -p "$base"
sweep
claim || exit 1
trap 'take_down "$n"' EXIT
make_network && mkdir -p "$base/$n" || exit 1
unshare --mount --propagation private sh -c "$hold" sh "$base/$n" "$n"
