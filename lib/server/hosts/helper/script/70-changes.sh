
# read_changes DIRECTORY: turns the manifest into DIRECTORY/asked and DIRECTORY/new, after checking that each path may be
# written at all. A line of asked is an entry (see 52-write.sh) whose OP may also be keep.
read_changes() {
  local line words="$IFS" n=0 twice dirs='' real_parents=''
  changes=$1
  mkdir -p "$changes/new"
  : >"$changes/dirs"
  : >"$work/places"
  : >"$work/references"
  remember_places
  # Shells read files byte by byte, but not what a command prints.
  IFS=$newline
  # shellcheck disable=SC2046
  set -- $(cat "$work/wanted")
  IFS=$words
  for line in "$@"; do
    n=$((n + 1))
    # shellcheck disable=SC2086
    set -- $line
    case $1 in
      put)
        check_place put "$2" "$7"
        case "$dirs " in *" $changes/new${2%/*} "*) ;; *) dirs="$dirs $changes/new${2%/*}" ;; esac
        echo "$changes/new$2 $6 $4 $5" >&4
        echo "$2 $7 $3" >&6
        echo "$n put $2 $7 $8 file:$6:$3:root:root" >&5
        ;;
      link)
        check_place link "$2" "$4" "$3"
        echo "$n link $2 $4 $5 link:$3" >&5
        ;;
      del)
        check_place del "$2" "$3"
        echo "$n del $2 $3 $4 absent" >&5
        ;;
      keep)
        check_place keep "$2" "$3"
        echo "$n keep $2 $3 $4 $4" >&5
        ;;
    esac
  done 4>"$work/pieces" 5>"$changes/asked" 6>"$work/texts"
  twice=$(awk -v places="$work/places" '{ print $3 > places } seen[$3]++ { print $3; exit }' "$changes/asked")
  [ -z "$twice" ] || refuse path-twice "$twice"
  [ -n "$dirs" ] || return 0
  # shellcheck disable=SC2086
  mkdir -p $dirs 2>/dev/null || refuse disk-full
  carve || refuse bad-content
  check_texts
}

check_place() { # OP PATH ROLE [TARGET]
  may_write "$@" || refuse path-not-allowed "$2"
  case "$real_parents " in
    *" ${2%/*} "*) ;;
    *)
      parents_are_real "$2" || refuse parent-is-link "$culprit"
      real_parents="$real_parents ${2%/*}"
      ;;
  esac
  case $1 in put | link) need_directory "${2%/*}" ;; esac
}

# need_directory DIR: one of ours that is missing becomes an entry of its own; anybody else's missing directory is a refusal.
need_directory() {
  [ ! -d "$1" ] || return 0
  ! grep -qxF "$1" "$changes/dirs" || return 0
  case $1 in
    /etc/gatehouse) ;;
    /etc/gatehouse/*) need_directory "${1%/*}" ;;
    /etc/nginx/* | /etc/apache2/* | /etc/caddy/* | /etc/httpd/conf/gatehouse) [ -d "${1%/*}" ] || refuse directory-missing "$1" ;;
    *) refuse directory-missing "$1" ;;
  esac
  echo "$1" >>"$changes/dirs"
}

# compare_changes: every path (in $work/places) must be as the plan saw it (G1), or it is listed in DIRECTORY/stale. Leaves what there is
# to do in $work/todo and its count in $pending.
compare_changes() {
  local other
  prints "$work/places" >"$work/found"
  : >"$changes/stale"
  : >"$work/todo"
  awk -v stale="$changes/stale" -v todo="$work/todo" '
    FILENAME == ARGV[1] { found[FNR] = $2; next }
    {
      asked++
      before = $5; after = $6; now = found[FNR]
      if ($2 == "put" && ($4 == "include" || $4 == "handover") && now ~ /^file:/) {
        # Owner and mode stay as they are.
        split(after, wanted, ":"); split(now, part, ":")
        after = "file:" wanted[2] ":" part[3] ":" part[4] ":" part[5]
      } else if (now == "other" && other == "") other = $3
      if (now != before) print $3, now > stale
      if ($2 == "keep") { if (now != before) moved = 1 }
      else if (now != after) { print $1, $2, $3, $4, now, after > todo; pending++ }
    }
    END { print pending + 0, asked + 1, (moved ? "yes" : "no"), other }
  ' "$work/found" "$changes/asked" >"$work/compared"
  read -r pending next moved other <"$work/compared"
  [ -z "$other" ] || refuse not-a-file "$other"
}

emit_stale() {
  local path found
  while read -r path found; do
    emit "\"changed\",\"path\":\"$path\",$(print_fields "$found")"
  done <"$changes/stale"
}

# still_as_compared: again, right before the first rename, whatever the plan wants to change or only looked at.
still_as_compared() {
  : >"$work/places"
  awk -v places="$work/places" '$2 == "keep" || (FILENAME == ARGV[1] && $2 != "dir") { print $3, $5; print $3 > places }' "$journal/entries" "$changes/asked" >"$work/expected"
  prints "$work/places" >"$work/found"
  awk 'FILENAME == ARGV[1] { found[FNR] = $2; next } found[FNR] != $2 { print $1, found[FNR] }' "$work/found" "$work/expected" >"$changes/stale"
  [ ! -s "$changes/stale" ]
}

# list_entries: directories first, then files and links, then what is removed.
list_entries() {
  local dir
  while read -r dir; do
    echo "$next dir $dir dir absent dir"
    next=$((next + 1))
  done <"$changes/dirs" >"$changes/entries"
  awk '$2 != "del" { print; next } { removal[++n] = $0 } END { for (i = 1; i <= n; i++) print removal[i] }' "$work/todo" >>"$changes/entries"
}
