
max_read_file_bytes=1048576
max_read_bytes=16777216

# state: fingerprints of all that is ours, of the paths asked for, and the applies that are known.
verb_state() {
  local path kind
  emit_unsettled
  : >"$work/list"
  for kind in $servers; do
    managed "$kind" | sed "s/\$/ $kind/" >>"$work/list"
  done
  while read -r path; do
    may_print "$path" || refuse path-not-allowed "$path"
  done <"$work/paths"
  awk 'FILENAME == ARGV[1] { seen[$1] = 1; print; next } !seen[$1]++ { print $1, "-" }' "$work/list" "$work/paths" >"$work/all"
  while read -r path; do
    kind=absent
    [ ! -e "$path" ] || kind=other
    [ ! -f "$path" ] || kind='file'
    emit "\"exists\",\"path\":\"$path\",\"kind\":\"$kind\""
  done <"$work/exists"
  report_files "$want_contents"
  finish 'done'
}

verb_read() {
  local path
  while read -r path; do
    may_read "$path" || refuse path-not-allowed "$path"
  done <"$work/paths"
  awk '!seen[$1]++ { print $1, "-" }' "$work/paths" >"$work/all"
  report_files yes
  finish 'done'
}

# report_files yes|: "PATH SERVER" lines of $work/all as events, then, if asked for, the text of those that may be read: one
# base64 block of all of them in the same order.
report_files() {
  cut -d ' ' -f 1 "$work/all" >"$work/places"
  prints "$work/places" | paste -d ' ' - "$work/all" >"$work/found"
  : >"$work/readable"
  [ -z "$1" ] || readable >"$work/readable"
  awk '
    function octal(text, n, i) { n = 0; for (i = 1; i <= length(text); i++) n = n * 8 + substr(text, i, 1); return n }
    FILENAME == ARGV[1] { text[$1] = 1; next }
    {
      printf "{\"event\":\"file\",\"path\":\"%s\",", $1
      if ($2 ~ /^file:/) {
        split($2, part, ":")
        printf "\"kind\":\"file\",\"sha256\":\"%s\",\"mode\":%d,\"owner\":\"%s\",\"group\":\"%s\",\"sizeBytes\":%d", part[2], octal(part[3]), part[4], part[5], $3
      } else if ($2 ~ /^link:/) printf "\"kind\":\"link\",\"target\":\"%s\"", substr($2, 6)
      else printf "\"kind\":\"%s\"", $2
      printf ",\"server\":%s,\"content\":%s}\n", $5 == "-" ? "null" : "\"" $5 "\"", $1 in text ? "true" : "false"
    }
  ' "$work/readable" "$work/found"
  [ -s "$work/readable" ] || return 0
  echo '{"event":"contents"}'
  xargs cat <"$work/readable" | wrap
  echo '{"event":"contents-end"}'
}

if command -v base64 >/dev/null 2>&1; then wrap() { base64; }; else wrap() { openssl base64; }; fi

# readable: the paths whose text goes out: no keys, nothing huge, nothing reached through a link to elsewhere.
readable() {
  local path rest
  awk -v one=$max_read_file_bytes -v all=$max_read_bytes '$2 ~ /^file:/ && $3 <= one && (sum += $3) <= all { print $1 }' "$work/found" >"$work/candidates"
  [ -s "$work/candidates" ] || return 0
  xargs grep -lF 'PRIVATE KEY' <"$work/candidates" >"$work/secret" 2>/dev/null
  without "$work/secret" "$work/candidates" | while read -r path; do
    ! may_read "$path" || echo "$path"
  done
}
