
# read_changes DIRECTORY: turns the manifest into DIRECTORY/asked and DIRECTORY/new/N, after checking that each path may be
# written at all. A line of asked is an entry (see 52-write.sh) whose OP may also be keep.
read_changes() {
  local kind path a b c d e f n=0 twice
  changes=$1
  mkdir -p "$changes/new"
  touch "$changes/asked" "$changes/dirs" "$work/sums"
  remember_places
  while read -r kind path a b c d e f; do
    n=$((n + 1))
    case $kind in
      put)
        check_place put "$path" "$e"
        carve "$b" "$c" "$changes/new/$n" 2>/dev/null || refuse disk-full "$path"
        echo "$d  $changes/new/$n" >>"$work/sums"
        echo "$n put $path $e $f file:$d:$a:root:root" >>"$changes/asked"
        ;;
      link)
        check_place link "$path" "$b" "$a"
        echo "$n link $path $b $c link:$a" >>"$changes/asked"
        ;;
      del)
        check_place del "$path" "$a"
        echo "$n del $path $a $b absent" >>"$changes/asked"
        ;;
      keep)
        check_place keep "$path" "$a"
        echo "$n keep $path $a $b $b" >>"$changes/asked"
        ;;
    esac
  done <"$work/wanted"
  [ ! -s "$work/sums" ] || sha256sum -c "$work/sums" >/dev/null 2>&1 || refuse bad-content
  twice=$(cut -d ' ' -f 3 "$changes/asked" | sort | uniq -d | head -n 1)
  [ -z "$twice" ] || refuse path-twice "$twice"
}

check_place() { # OP PATH ROLE [TARGET]
  may_write "$@" || refuse path-not-allowed "$2"
  parents_are_real "$2" || refuse parent-is-link "$culprit"
  case $1 in put | link) need_directory "${2%/*}" ;; esac
}

# need_directory DIR: one of ours that is missing becomes an entry of its own; anybody else's missing directory is a refusal.
need_directory() {
  [ ! -d "$1" ] || return 0
  ! grep -qxF "$1" "$changes/dirs" || return 0
  case $1 in
    /etc/gatehouse) ;;
    /etc/gatehouse/*) need_directory /etc/gatehouse ;;
    /etc/nginx/* | /etc/apache2/* | /etc/caddy/* | /etc/httpd/conf/gatehouse) [ -d "${1%/*}" ] || refuse directory-missing "$1" ;;
    *) refuse directory-missing "$1" ;;
  esac
  echo "$1" >>"$changes/dirs"
}

# compare_changes: every path must be as the plan saw it (G1), or it is listed in DIRECTORY/stale. Leaves what there is to do
# in $work/todo and its count in $pending.
compare_changes() {
  local n=0 op path role before after found
  cut -d ' ' -f 3 "$changes/asked" | prints | cut -d ' ' -f 2 | paste -d ' ' "$changes/asked" - >"$work/compared"
  : >"$changes/stale"
  : >"$work/todo"
  moved=no
  while read -r n op path role before after found; do
    case $op-$role-$found in
      put-include-file:*) after=${after%"${after#file:*:}"}${found#file:*:} ;; # owner and mode stay as they are
      *-other) refuse not-a-file "$path" ;;
    esac
    [ "$found" = "$before" ] || echo "$path $found" >>"$changes/stale"
    if [ "$op" = keep ]; then
      [ "$found" = "$before" ] || moved=yes
    elif [ "$found" != "$after" ]; then
      echo "$n $op $path $role $found $after" >>"$work/todo"
    fi
  done <"$work/compared"
  pending=$(grep -c . "$work/todo")
  next=$(($(grep -c . "$changes/asked") + 1))
}

emit_stale() {
  local path found
  while read -r path found; do
    emit "\"changed\",\"path\":\"$path\",$(print_fields "$found")"
  done <"$changes/stale"
}

# still_as_compared: again, right before the first rename, whatever the plan wants to change or only looked at.
still_as_compared() {
  awk '$2 != "dir" { print $3, $5 }' "$journal/entries" >"$work/expected"
  awk '$2 == "keep" { print $3, $5 }' "$changes/asked" >>"$work/expected"
  cut -d ' ' -f 1 "$work/expected" | prints | cut -d ' ' -f 2 | paste -d ' ' "$work/expected" - | awk '$2 != $3 { print $1, $3 }' >"$changes/stale"
  [ ! -s "$changes/stale" ]
}

# list_entries: directories first, then files and links, then what is removed.
list_entries() {
  local dir
  while read -r dir; do
    echo "$next dir $dir dir absent dir"
    next=$((next + 1))
  done <"$changes/dirs" >"$changes/entries"
  awk '$2 != "del"' "$work/todo" >>"$changes/entries"
  awk '$2 == "del"' "$work/todo" >>"$changes/entries"
}
