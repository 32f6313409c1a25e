
# prints FILE: one "PATH PRINT SIZE" line for each path in it on stdout, in the same order, in a handful of processes however many
# there are. PRINT is absent, other, link:TARGET or file:SHA256:MODE:OWNER:GROUP.
prints() {
  local at="$work/prints" list="$1" path count=0 all='' files='' links=''
  # Shells read files byte by byte, but not what a command prints.
  # shellcheck disable=SC2046
  set -- $(cat "$list")
  for path; do
    [ $((count % 500)) -ne 0 ] || look_at_some
    count=$((count + 1))
    all="$all $path"
    if [ -L "$path" ]; then links="$links $path"; elif [ -f "$path" ]; then files="$files $path"; fi
  done >"$at.stat" 3>"$at.sums" 4>"$at.links"
  look_at_some >>"$at.stat" 3>>"$at.sums" 4>>"$at.links"
  awk '
    FILENAME == ARGV[1] { kind[$1] = substr($2, 1, 1); mode[$1] = $3; uid[$1] = $4; gid[$1] = $5; size[$1] = $6; names[$1] = NF == 7 ? $7 : ""; next }
    FILENAME == ARGV[2] { sum[$2] = $1; next }
    FILENAME == ARGV[3] { target[$1] = NF == 2 ? $2 : ""; next }
    function name(text, number) { return text ~ /^[A-Za-z0-9._-]+$/ && text != "UNKNOWN" ? text : number }
    {
      p = $1
      if (!(p in kind)) { print p, "absent", 0; next }
      if (kind[p] == "8" && sum[p] != "") {
        split(names[p], who, ":")
        print p, "file:" sum[p] ":" mode[p] ":" name(who[1], uid[p]) ":" name(who[2], gid[p]), size[p]
      } else if (kind[p] == "a" && target[p] ~ /^[A-Za-z0-9._@+\/-]+$/) print p, "link:" target[p], 0
      else print p, "other", 0
    }
  ' "$at.stat" "$at.sums" "$at.links" "$list"
}

# look_at_some: what prints has gathered so far, in one command of each kind; nothing that is neither a file nor a link is opened.
look_at_some() {
  # shellcheck disable=SC2086
  [ -z "$all" ] || stat -c '%n %f %a %u %g %s %U:%G' $all 2>/dev/null
  # shellcheck disable=SC2086
  [ -z "$files" ] || sha256sum $files 2>/dev/null >&3
  # shellcheck disable=SC2086
  [ -z "$links" ] || link_targets $links >&4
  all='' files='' links=''
}

# link_targets PATH…: "PATH TARGET" for each of these links. Not every readlink takes several.
link_targets() {
  local path
  if [ $# -gt 1 ]; then
    printf '%s\n' "$@" >"$work/linked"
    readlink "$@" >"$work/linked.to" 2>/dev/null
    awk '
      FILENAME == ARGV[1] { path[++paths] = $0; next }
      { target[++targets] = $0 }
      END { if (paths != targets) exit 1; for (i = 1; i <= paths; i++) print path[i], target[i] }
    ' "$work/linked" "$work/linked.to" && return
  fi
  for path; do printf '%s %s\n' "$path" "$(readlink "$path" | tr '\n' '?' | sed 's/?$//')"; done
}

# print_of PATH: one fingerprint.
print_of() {
  local line
  echo "$1" >"$work/print_of"
  line=$(prints "$work/print_of")
  line=${line#* }
  echo "${line% *}"
}

# print_fields PRINT: its fields as JSON.
print_fields() {
  local rest
  case $1 in
    file:*)
      rest=${1#file:}
      printf '"kind":"file","sha256":"%s"' "${rest%%:*}"
      rest=${rest#*:}
      printf ',"mode":%d' "0${rest%%:*}"
      rest=${rest#*:}
      printf ',"owner":"%s","group":"%s"' "${rest%%:*}" "${rest#*:}"
      ;;
    link:*) printf '"kind":"link","target":"%s"' "${1#link:}" ;;
    *) printf '"kind":"%s"' "$1" ;;
  esac
}
