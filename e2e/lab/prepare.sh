#!/bin/bash
# Gets a Debian machine ready for the lab: the packages that tests need, and the cached root directories that
# lab hosts start from. Safe to run again, by several at once, and after having been killed half way; says
# nothing when there is nothing to do.
#
#   prepare.sh                   everything
#   prepare.sh packages          only the packages
#   prepare.sh bookworm trixie   only these roots
#   prepare.sh --print bookworm  print where that root is (or will be), do nothing
#
# Roots come from the Debian archive that this machine's apt already uses (GATEHOUSE_LAB_MIRROR overrides it).
set -euo pipefail
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
PATH=/usr/sbin:/usr/bin:/sbin:/bin

cache=${GATEHOUSE_LAB_CACHE:-/var/cache/gatehouse-lab}

machine_packages=(
  nginx apache2 caddy openssh-server openssh-client chromium fonts-dejavu-core fonts-liberation
  buildbot buildbot-worker libfaketime mmdebstrap nftables busybox sqlite3 openssl curl ca-certificates
  iproute2 sudo procps e2fsprogs util-linux pebble
)
root_packages=(
  nginx apache2 apache2-utils caddy openssh-server openssl sudo iproute2 procps curl ca-certificates
  netbase nftables busybox python3 less
)
server_packages() {
  case $1 in
    nginx) echo nginx nginx-common nginx-core nginx-light nginx-full ;;
    apache) echo apache2 apache2-bin apache2-data apache2-utils ;;
    caddy) echo caddy ;;
  esac
}
# Which servers stay on a host: the rest is purged, so that a host with nginx has never heard of Apache.
selections=(none nginx apache caddy apache+nginx caddy+nginx apache+caddy)

say() { echo "lab: $*" >&2; }
die() { say "$*"; exit 1; }
locked() { # locked NAME COMMAND…: one at a time over all processes
  mkdir -p "$cache"
  ( flock 9; shift; "$@" ) 9>"$cache/${1}.lock"
}
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
  local package
  for package in "${machine_packages[@]}"; do installed "$package" || echo "$package"; done
}

install_packages() {
  local missing policy=/usr/sbin/policy-rc.d log
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]}"
  # A freshly installed web server would start at once and take ports 80 and 443 of the developer's machine.
  if [ ! -e $policy ] || grep -q 'gatehouse lab' $policy; then
    printf '#!/bin/sh\n# gatehouse lab, while it installs packages\nexit 101\n' >$policy
    chmod 755 $policy
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  apt_install() {
    # Somebody's installation may have been interrupted, perhaps ours.
    dpkg --configure -a &&
      apt-get -q update &&
      apt-get -qy -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}"
  }
  log=$(mktemp)
  if ! apt_install >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    rm -f "$log"
    die 'apt could not install them'
  fi
  rm -f "$log"
}

# One word per recipe: another list of packages makes another root, and old roots stay untouched while in use. The
# number changes with the way of building.
recipe() {
  { echo 1; declare -p root_packages selections; declare -f server_packages; } | sha256sum | cut -c1-12
}
root_of() { echo "$cache/$1-$(recipe)"; }

apt_lines() { # apt_lines RELEASE: one-line sources for it, out of the machine's own sources
  local release=$1 archive security
  apt_sites() { apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' | sort -u; }
  archive=${GATEHOUSE_LAB_MIRROR:-$(apt_sites | sed -n 's/^Debian //p' | head -n 1)}
  if [ -z "$archive" ]; then
    apt-get -q update >/dev/null
    archive=$(apt_sites | sed -n 's/^Debian //p' | head -n 1)
  fi
  [ -n "$archive" ] || die 'apt on this machine knows no Debian archive; name one in GATEHOUSE_LAB_MIRROR'
  security=$(apt_sites | sed -n 's/^Debian-Security //p' | head -n 1)
  echo "deb $archive $release main"
  echo "deb $archive $release-updates main"
  [ -z "$security" ] || echo "deb $security $release-security main"
}

apt_options() { # how this machine reaches its archive: proxies and the like
  apt-config dump | grep -E '^(Acquire::(http|https|ftp)::|Acquire::Check-|Acquire::Retries)' || true
  echo 'Acquire::Languages "none";'
}

purge_others() { # purge_others DIR SELECTION: DIR/SELECTION becomes an overlay layer without the other servers
  local dir=$1 selection=$2 keep=${2//+/ } server packages=() work
  for server in nginx apache caddy; do
    case " $keep " in *" $server "*) ;; *) packages+=($(server_packages $server)) ;; esac
  done
  work=$(mktemp -d "$dir/.layer.XXXXXX")
  mkdir "$work/upper" "$work/work" "$work/root"
  chmod 755 "$work/upper"
  # Its own PID namespace: a package's stop script must never find a server of the machine itself.
  unshare --mount --pid --fork --kill-child sh -euc '
    work=$1 lower=$2; shift 2
    mount -t overlay overlay -o "lowerdir=$lower,upperdir=$work/upper,workdir=$work/work" "$work/root"
    mount -t proc proc "$work/root/proc"
    printf "#!/bin/sh\nexit 101\n" >"$work/root/usr/sbin/policy-rc.d"
    chmod 755 "$work/root/usr/sbin/policy-rc.d"
    known=$(chroot "$work/root" dpkg-query -W -f "\${Package}\n" "$@" 2>/dev/null || true)
    chroot "$work/root" dpkg --purge --force-depends $known
    rm -rf "$work/root/usr/sbin/policy-rc.d" "$work/root"/var/log/*.log
  ' sh "$work" "$dir/root" "${packages[@]}" >"$dir/$selection.log" 2>&1 || {
    tail "$dir/$selection.log" >&2
    die "could not remove ${packages[*]} from a copy of the root"
  }
  mv "$work/upper" "$dir/$selection"
  rm -rf "$work" "$dir/$selection.log"
}

build_root() { # build_root RELEASE
  local release=$1 final work selection include log
  final=$(root_of "$release")
  [ -d "$final" ] && return
  [ "$(stat -f -c %T "$cache")" != overlayfs ] || die "$cache is on an overlay file system; set GATEHOUSE_LAB_CACHE"
  say "building the $release root (once, about a minute)"
  rm -rf --one-file-system "$cache/.$release".*
  work=$(mktemp -d "$cache/.$release.XXXXXX")
  chmod 755 "$work"
  include=$(IFS=,; echo "${root_packages[*]}")
  log=$work/build.log
  apt_options >"$work/apt.conf"
  # In a mount namespace of its own, what it mounts cannot outlive it.
  if ! apt_lines "$release" | unshare --mount --propagation private \
    mmdebstrap --mode=root --variant=minbase --include="$include" --aptopt="$work/apt.conf" \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook='rm -rf "$1"/etc/ssh/ssh_host_* "$1"/etc/apt/apt.conf.d/99mmdebstrap "$1"/var/cache/apt/*.bin' \
    "$release" "$work/root" - >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    die "could not build the $release root"
  fi
  for selection in "${selections[@]}"; do purge_others "$work" "$selection"; done
  rm -f "$log" "$work/apt.conf"
  mv "$work" "$final"
  drop_outdated "$release" "$final"
}

drop_outdated() { # drop_outdated RELEASE CURRENT: what no living lab has mounted
  local old
  for old in "$cache/$1"-*/; do
    old=${old%/}
    # A living lab has it mounted in a mount namespace of its own, so every process is asked.
    [ "$old" = "$2" ] || grep -qsF "$old/" /proc/[0-9]*/mounts || rm -rf --one-file-system "$old"
  done
}

[ "${1:-}" != --print ] || { root_of "$2"; exit; }
[ "$(id -u)" = 0 ] || die 'needs root'
[ $# -gt 0 ] || set -- packages bookworm trixie
for part; do
  case $part in
    packages) [ -z "$(missing_packages)" ] || locked packages install_packages ;;
    bookworm | trixie) [ -d "$(root_of "$part")" ] || locked "$part" build_root "$part" ;;
    *) die "unknown part: $part" ;;
  esac
done
