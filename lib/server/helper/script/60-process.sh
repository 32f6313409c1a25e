
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
here() {
  [ "/proc/$1/root" -ef / ] && [ "$(readlink "/proc/$1/ns/net")" = "$own_net" ]
}

know_self() { own_net=$(readlink /proc/self/ns/net); }

# top_process NAME…: the parent of all processes of that name that are here, as "PID START"; empty when none runs.
# The PID file decides where it names one of them.
top_process() { # PID-FILE NAME…
  local file="$1" pid='' start
  shift
  know_self
  [ ! -f "$file" ] || read -r pid 2>/dev/null <"$file" || :
  awk -v names=" $* " '
    { parent[$1] = $2; start[$1] = $3; name[$1] = $4; order[NR] = $1 }
    END { for (i = 1; i <= NR; i++) { p = order[i]; if (index(names, " " name[p] " ") && name[parent[p]] != name[p]) print p, start[p] } }
  ' "$work/processes" >"$work/tops"
  case $pid in
    '' | *[!0-9]*) ;;
    *)
      start=$(awk -v pid="$pid" '$1 == pid { print $2 }' "$work/tops")
      [ -z "$start" ] || ! here "$pid" || { echo "$pid $start"; return; }
      ;;
  esac
  while read -r pid start; do
    here "$pid" || continue
    echo "$pid $start"
    return
  done <"$work/tops"
}

# children PID: "PID:START" of each.
children() { awk -v parent="$1" '$2 == parent { print $1 ":" $3 }' "$work/processes"; }

# user_of, group_of PID: names of whom it runs as. The owner of its /proc directory would be root for some.
user_of() { name_of /etc/passwd "$(awk '$1 == "Uid:" { print $3 }' "/proc/$1/status" 2>/dev/null)"; }
group_of() { name_of /etc/group "$(awk '$1 == "Gid:" { print $3 }' "/proc/$1/status" 2>/dev/null)"; }
name_of() { [ -z "$2" ] || awk -F : -v id="$2" '$3 == id { print $1; exit }' "$1"; }

# sockets: "PROTOCOL PORT INODE ADDRESS" of everything that listens here.
sockets() {
  local kind
  for kind in tcp tcp6 udp udp6; do
    [ ! -r /proc/net/$kind ] || awk -v kind=$kind '
      function hex(text, i, n) { n = 0; for (i = 1; i <= length(text); i++) n = n * 16 + index("0123456789ABCDEF", substr(text, i, 1)) - 1; return n }
      NR > 1 && ((kind ~ /tcp/ && $4 == "0A") || (kind ~ /udp/ && $4 == "07")) {
        split($2, local, ":")
        print substr(kind, 1, 3), hex(local[2]), $10, local[1]
      }' /proc/net/$kind
  done
}

# held_by PID: inodes of its sockets.
held_by() { set +f; ls -l "/proc/$1/fd" 2>/dev/null | sed -n 's/.*socket:\[\([0-9]*\)\]$/\1/p'; set -f; }

# owned_ports PID: "PROTOCOL:PORT" of the sockets on which it listens.
owned_ports() {
  sockets >"$work/sockets"
  held_by "$1" | awk '
    FILENAME == ARGV[1] { mine[$1] = 1; next }
    $3 in mine { key = $1 ":" $2; if (!seen[key]++) print key }
  ' - "$work/sockets"
}

# holder_of PROTOCOL PORT: who has it, as "PID NAME". Looks at every process: only for when something is wrong.
holder_of() {
  local inode
  for inode in $(sockets | awk -v p="$1" -v n="$2" '$1 == p && $2 == n { print $3 }'); do
    set +f
    ls -l /proc/[0-9]*/fd 2>/dev/null | awk -v want="socket:[$inode]" '
      /^\/proc\// { split($1, part, "/"); pid = part[3] }
      $NF == want { print pid; exit }'
    set -f
  done | head -n 1 | {
    read -r pid || exit 0
    awk -v pid="$pid" '$1 == pid { print $1, $4 }' "$work/processes"
  }
}
