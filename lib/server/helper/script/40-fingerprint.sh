
# prints: paths on stdin, one "PATH PRINT SIZE" line for each on stdout, in the same order, in a handful of processes however
# many there are. PRINT is absent, other, link:TARGET or file:SHA256:MODE:OWNER:GROUP.
prints() {
  local dir
  dir=$(mktemp -d "$work/prints.XXXXXX")
  cat >"$dir/paths"
  touch "$dir/stat" "$dir/sums" "$dir/links"
  if [ -s "$dir/paths" ]; then
    xargs stat -c '%n %f %a %u %g %s %U:%G' <"$dir/paths" >"$dir/stat" 2>/dev/null
    awk -v files="$dir/files" -v links="$dir/linked" '$2 ~ /^8/ { print $1 > files } $2 ~ /^a/ { print $1 > links }' "$dir/stat"
    [ ! -s "$dir/files" ] || xargs sha256sum <"$dir/files" >"$dir/sums" 2>/dev/null
    [ ! -s "$dir/linked" ] || link_targets "$dir/linked" >"$dir/links"
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
  ' "$dir/stat" "$dir/sums" "$dir/links" "$dir/paths"
  rm -rf "$dir"
}

# link_targets FILE: "PATH TARGET" for the links it names. Not every readlink takes several.
link_targets() {
  local path
  if xargs readlink <"$1" >"$1.to" 2>/dev/null && [ "$(wc -l <"$1.to")" -eq "$(wc -l <"$1")" ]; then
    paste -d ' ' "$1" "$1.to"
  else
    while read -r path; do printf '%s %s\n' "$path" "$(readlink "$path" | tr '\n' '?' | sed 's/?$//')"; done <"$1"
  fi
}

# print_of PATH: one fingerprint.
print_of() {
  local line
  line=$(echo "$1" | prints)
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
