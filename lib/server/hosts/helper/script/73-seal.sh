
# A sealed world for a dry run: a new root in which every file system is a layer over the real one, so that nothing that is done there
# reaches a disk, a device or another process. What cannot be covered is not there. Runs in namespaces of its own (see begin_shielded);
# false where the system does not allow it.
seal() { # DIRECTORY: the private one of the run outside, to be read here
  local layers="$1/layers" root="$1/layers/root" number=0 kind point count dirs=''
  # Nothing that is mounted from here on is seen outside.
  mount --make-rprivate / || return 1
  mkdir "$layers" && mount -t tmpfs -o mode=711,nosuid none "$layers" || return 1
  list_mounts >"$layers/mounts"
  while read -r _; do
    number=$((number + 1))
    dirs="$dirs $layers/$number $layers/$number/up $layers/$number/work"
  done <"$layers/mounts"
  # shellcheck disable=SC2086
  mkdir -m 755 "$root" "$layers/dev" $dirs && mkdir -m 1777 "$layers/tmp" "$layers/dev/shm" || return 1
  number=0
  while read -r kind point; do
    number=$((number + 1))
    case $point in *'\'*) point=$(printf '%b' "$point") ;; esac
    case $kind in
      # A reader of one of these may wait forever.
      network) timeout -s KILL 3 mount --bind "$point" "$root$point" && { mount -o remount,bind,ro,nodev "$root$point" || return 1; } ;;
      own)
        if [ -d "$point" ]; then
          layer_over "$point" "$layers/$number" "$root${point%/}" || return 1
        elif [ -f "$point" ]; then
          # One file, mounted over another one: its text, as a file like any other.
          rm -f "$root$point" && cp -p "$point" "$root$point" || return 1
        fi
        ;;
      *) [ ! -d "$point" ] || layer_over "$point" "$layers/$number" "$root$point" ;;
    esac
  done <"$layers/mounts"
  furnish "$1" "$layers" "$root"
}

# layer_over DIRECTORY LAYER PLACE
layer_over() { mount -t overlay -o "nodev,lowerdir=$1,upperdir=$2/up,workdir=$2/work" none "$3"; }

# list_mounts: "KIND POINT" of every file system that is to be seen, the one above first. KIND own: a web server writes or is configured
# in it, so that there is no test without it; network; or other. Not those that a web server has no business with: kernel interfaces,
# what belongs to containers.
list_mounts() {
  awk -v own="/etc /var/log /var/run $("${server}_writes")" '
    function below(path, top) { return path == top || substr(path, 1, length(top) + 1) == top "/" }
    BEGIN {
      owns = split(own, mine, " ")
      split("/proc /sys /dev /boot /snap /tmp /var/tmp /run/user /run/docker /run/containerd /run/netns /run/credentials /run/snapd /var/lib/docker /var/lib/containers /var/lib/containerd /var/lib/kubelet /var/lib/lxcfs /var/lib/snapd", left, " ")
    }
    {
      point = $5
      for (i in left) if (below(point, left[i])) next
      if (seen[point]++) next
      for (i = 7; $i != "-" && i <= NF; i++);
      kind = $(i + 1) ~ /^(nfs|cifs|smb|ceph|fuse|autofs|afs)/ ? "network" : "other"
      if (point == "/" || point == "/run") kind = "own"
      for (i = 1; i <= owns; i++) if (below(point, mine[i])) kind = "own"
      print kind, point
    }
  ' /proc/self/mountinfo
}

# furnish: what no layer can be, and nothing of the real one; then the real root is gone.
furnish() { # GIVEN LAYERS ROOT
  # As special files of its own, or borrowed where none may be made. No disk is among them.
  cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom "$2/dev/" || borrow_devices "$2/dev" || return 1
  mount --bind "$2/dev" "$3/dev" && mount --bind "$2/tmp" "$3/tmp" || return 1
  [ ! -d "$3/var/tmp" ] || mount --bind "$2/tmp" "$3/var/tmp" || return 1
  # Processes outside are not seen where this shell is the first one of a number space of its own.
  { [ $$ = 1 ] && mount -t proc -o ro,nosuid,nodev,noexec none "$3/proc"; } ||
    { mount --bind /proc "$3/proc" && mount -o remount,bind,ro "$3/proc"; } || return 1
  mkdir -p "$3$1" "$3/.gatehouse-outside" && mount --bind "$1" "$3$1" && mount -o remount,bind,ro "$3$1" || return 1
  cd "$3" && pivot_root . .gatehouse-outside && umount -l /.gatehouse-outside && cd /
}

borrow_devices() { # PLACE
  local node
  for node in null zero full random urandom; do
    rm -f "$1/$node" && : >"$1/$node" && mount --bind "/dev/$node" "$1/$node" || return 1
  done
}

# find_confine: a test needs files as root sees them and ports below 1024, and no other power of root. $confine takes those away, where
# there is a tool that can.
find_confine() {
  confine='setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+chown,+dac_override,+dac_read_search,+fowner,+fsetid,+net_bind_service'
  $confine true 2>/dev/null || confine=''
}

# find_reader: where there is no sealed world, a test runs as an account that owns nothing ($reader), with two powers of root: to read any
# file and to use ports below 1024. False where no tool can do that.
find_reader() {
  reader=65534
  confine="setpriv --reuid=$reader --regid=$reader --clear-groups --no-new-privs --inh-caps=-all,+dac_read_search,+net_bind_service --ambient-caps=-all,+dac_read_search,+net_bind_service --bounding-set=-all,+dac_read_search,+net_bind_service"
  $confine true 2>/dev/null || { confine=''; return 1; }
}
