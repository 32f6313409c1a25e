
# prints FILE: one "PATH PRINT SIZE" line for each path in it on stdout, in the same order, in a handful of processes however many
# there are. PRINT is absent, other, link:TARGET or file:SHA256:MODE:OWNER:GROUP.
prints() {
  local at="$work/prints"
  : >"$at.stat"
  : >"$at.files"
  : >"$at.sums"
  : >"$at.linked"
  : >"$at.links"
  if [ -s "$1" ]; then
    xargs stat -c '%n %f %a %u %g %s %U:%G' <"$1" >"$at.stat" 2>/dev/null
    awk -v at="$at" '$2 ~ /^8/ { print $1 > (at ".files") } $2 ~ /^a/ { print $1 > (at ".linked") }' "$at.stat"
    [ ! -s "$at.files" ] || xargs sha256sum <"$at.files" >"$at.sums" 2>/dev/null
    [ ! -s "$at.linked" ] || link_targets "$at.linked" >"$at.links"
  fi
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
  ' "$at.stat" "$at.sums" "$at.links" "$1"
}

# link_targets FILE: "PATH TARGET" for the links it names. Not every readlink takes several.
link_targets() {
  local path
  xargs readlink <"$1" >"$1.to" 2>/dev/null
  awk '
    FILENAME == ARGV[1] { path[++paths] = $0; next }
    { target[++targets] = $0 }
    END { if (paths != targets) exit 1; for (i = 1; i <= paths; i++) print path[i], target[i] }
  ' "$1" "$1.to" && return
  while read -r path; do printf '%s %s\n' "$path" "$(readlink "$path" | tr '\n' '?' | sed 's/?$//')"; done <"$1"
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
