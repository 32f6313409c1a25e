
# snapshot: "PID PPID START COMM" of every process, in $work/processes. One pass, no process per process.
snapshot() {
  set +f
  cat /proc/[0-9]*/stat 2>/dev/null | awk '
    match($0, /.*\) /) && $1 ~ /^[0-9]+$/ {
      name = substr($0, index($0, "(") + 1, RLENGTH - index($0, "(") - 2)
      gsub(/[^A-Za-z0-9._-]/, "_", name)
      split(substr($0, RLENGTH + 1), field, " ")
      if (field[1] != "Z" && field[1] != "X") print $1, field[2], field[20], name
    }' >"$work/processes"
  set -f
}

# here PID: the process lives in our network and sees our files: not one of a container, whose /proc entries look the same.
here() { [ "/proc/$1/root" -ef / ] && [ "/proc/$1/ns/net" -ef /proc/self/ns/net ]; }

# find_master: $master and $master_start of the running server, empty when it does not run: the parent of all processes of
# its name that are here. The PID file decides where it names one of them; then no other process is looked at. A test run of a helper
# is no server: it has a time limit above it.
find_master() {
  local pid='' names name
  names=" $("${server}_names") "
  [ "${pid_file_of:-}" = "$server" ] || { pid_file=$("${server}_pid_file") pid_file_of=$server; }
  [ ! -f "$pid_file" ] || read -r pid 2>/dev/null <"$pid_file" || :
  case $pid in *[!0-9]*) pid='' ;; esac
  if [ -n "$pid" ] && read_process "$pid" && here "$pid"; then
    name=$process_name
    master=$pid master_start=$process_start
    case $names in
      *" $name "*) read_process "$process_parent" && [ "$process_name" = "$name" ] || return 0 ;;
    esac
  fi
  snapshot
  awk -v names="$names" -v first="$pid" '
    { parent[$1] = $2; start[$1] = $3; name[$1] = $4; order[NR] = $1 }
    function limited(p, up) { for (; (p in name) && up < 9; up++) { if (name[p] == "timeout") return 1; p = parent[p] } return 0 }
    function top(p) { return (p in name) && index(names, " " name[p] " ") && name[parent[p]] != name[p] && !limited(p, 0) }
    END {
      if (top(first)) print first, start[first]
      for (i = 1; i <= NR; i++) if (order[i] != first && top(order[i])) print order[i], start[order[i]]
    }' "$work/processes" >"$work/tops"
  while read -r master master_start; do
    ! here "$master" || return 0
  done <"$work/tops"
  master='' master_start=''
}

# children PID: "PID:START" of each, in $child_list.
children() {
  local list='' pid
  child_list=''
  if read -r list 2>/dev/null <"/proc/$1/task/$1/children" || [ -n "$list" ]; then
    for pid in $list; do
      ! read_process "$pid" || child_list="$child_list $pid:$process_start"
    done
  elif [ ! -e "/proc/$1/task/$1/children" ]; then
    # Not every kernel is built with that list.
    snapshot
    child_list=$(awk -v parent="$1" '$2 == parent { print $1 ":" $3 }' "$work/processes")
  fi
}

# user_of, group_of PID: names of whom it runs as. The owner of its /proc directory would be root for some.
user_of() { name_of /etc/passwd "$(awk '$1 == "Uid:" { print $3 }' "/proc/$1/status" 2>/dev/null)"; }
group_of() { name_of /etc/group "$(awk '$1 == "Gid:" { print $3 }' "/proc/$1/status" 2>/dev/null)"; }
name_of() { [ -z "$2" ] || awk -F : -v id="$2" '$3 == id { print $1; exit }' "$1"; }

# For awk: address(HEX) as people write it, of an address as /proc/net has it.
awk_address='
  function byte(text, i) { return (index("0123456789ABCDEF", substr(text, i, 1)) - 1) * 16 + index("0123456789ABCDEF", substr(text, i + 1, 1)) - 1 }
  function address(text, i, out, word) {
    if (length(text) == 8) return byte(text, 7) "." byte(text, 5) "." byte(text, 3) "." byte(text, 1)
    if (text ~ /^0+$/) return "::"
    out = ""
    for (word = 0; word < 4; word++) for (i = 3; i >= 0; i -= 2)
      out = out (out == "" ? "" : ":") sprintf("%x", byte(text, word * 8 + i * 2 + 1) * 256 + byte(text, word * 8 + i * 2 - 1))
    return out
  }
'

# read_command PID: the words of its command line in $work/command, one a line. A web server may have replaced them by a title: then it is one.
read_command() { tr '\n\0' '?\n' <"/proc/$1/cmdline" >"$work/command" 2>/dev/null; }

# sockets: "PROTOCOL PORT INODE ADDRESS" of everything that listens here.
sockets() {
  local kind
  set --
  for kind in tcp tcp6 udp udp6; do
    [ ! -r /proc/net/$kind ] || set -- "$@" /proc/net/$kind
  done
  awk '
    function hex(text, i, n) { n = 0; for (i = 1; i <= length(text); i++) n = n * 16 + index("0123456789ABCDEF", substr(text, i, 1)) - 1; return n }
    FNR > 1 && ((FILENAME ~ /tcp/ && $4 == "0A") || (FILENAME ~ /udp/ && $4 == "07")) {
      split($2, local, ":")
      print (FILENAME ~ /tcp/ ? "tcp" : "udp"), hex(local[2]), $10, local[1]
    }' "$@"
}

# owned_ports PID [FILE]: "PROTOCOL:PORT" of the sockets on which it listens. FILE gets a line "PROTOCOL:ADDRESS:PORT" for each of them: two
# sockets may be alike, since a server that sets SO_REUSEPORT can hold one of a configuration that it no longer runs.
owned_ports() {
  sockets >"$work/sockets"
  ls -ln "/proc/$1/fd" 2>/dev/null | awk -v each="${2:-/dev/null}" '
    FILENAME == ARGV[1] { if ($NF ~ /^socket:\[/) mine[substr($NF, 9, length($NF) - 9)] = 1; next }
    $3 in mine { print $1 ":" $4 ":" $2 > each; key = $1 ":" $2; if (!seen[key]++) print key }
  ' - "$work/sockets"
}

# unfree PID PORTS: of the "PROTOCOL:PORT" lines in PORTS those on which the server PID (none: nothing) cannot begin to listen on every address, as
# "PROTOCOL PORT ADDRESS INODE": another process listens there, or one that cannot share the port with itself does so on single addresses only.
unfree() {
  sockets >"$work/sockets"
  { [ -z "$1" ] || ls -ln "/proc/$1/fd" 2>/dev/null; } | awk -v shares="$("${server}_shares_ports" && echo 1)" "$awk_address"'
    FILENAME == ARGV[1] { if ($NF ~ /^socket:\[/) mine[substr($NF, 9, length($NF) - 9)] = 1; next }
    FILENAME == ARGV[2] { planned[$0] = 1; next }
    !(($1 ":" $2) in planned) { next }
    !($3 in mine) { if (!told[$1, $2]++) print $1, $2, address($4), $3; next }
    $4 ~ /^0+$/ { every[$1, $2, length($4)] = 1; next }
    { one[$1, $2, length($4)] = $4; inode[$1, $2, length($4)] = $3 }
    END {
      if (shares) exit
      for (key in one) {
        split(key, part, SUBSEP)
        # A socket of IPv6 on every address may serve IPv4 as well.
        if (!(key in every) && !((part[1], part[2], 32) in every) && !told[part[1], part[2]]++) print part[1], part[2], address(one[key]), inode[key]
      }
    }
  ' - "$2" "$work/sockets"
}

# name_of_inode INODE: name of the process that has this socket. Looks at every process: only for when something is wrong.
name_of_inode() {
  local pid
  snapshot
  set +f
  pid=$(ls -ln /proc/[0-9]*/fd 2>/dev/null | awk -v want="socket:[$1]" '
    /^\/proc\// { split($1, part, "/"); pid = part[3] }
    $NF == want { print pid; exit }')
  set -f
  awk -v pid="${pid:-0}" '$1 == pid { print $4 }' "$work/processes"
}

# holder_of PROTOCOL PORT: name of who has it.
holder_of() {
  local inode name
  for inode in $(sockets | awk -v p="$1" -v n="$2" '$1 == p && $2 == n { print $3 }'); do
    name=$(name_of_inode "$inode")
    [ -z "$name" ] || { echo "$name"; return; }
  done
}
