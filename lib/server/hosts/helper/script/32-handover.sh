
# Blocks of somebody else that ours take the place of. A request may make a file of others shorter by whole blocks, take a path away that holds nothing
# else, or bring back the copy that an apply of ours kept of it. It cannot make such a file say anything that it did not say.

# may_hand_over OP PATH: a plain file or link in the configuration of $server that is none of ours; a whole path only where the server gathers
# whatever is in the directory.
may_hand_over() {
  local root inside=''
  ! our_name "${2##*/}" || return 1
  for root in $(config_roots "$server"); do case $2 in "$root"/*) inside=yes ;; esac; done
  [ -n "$inside" ] || return 1
  case $1 in
    keep | put) return 0 ;;
    link | del)
      place_kind "${2%/*}"
      case $kind-${2%/*} in *-available) return 1 ;; config-* | link-*) return 0 ;; esac
      ;;
  esac
  return 1
}

# check_handed: of $changes/asked, each change of somebody else's file is what its cut or its kept copy makes of it.
check_handed() {
  local op path before after ranges id
  awk '$4 == "handover" && $2 != "keep" { print $2, $3, $5, $6 }' "$changes/asked" >"$work/handed"
  [ -s "$work/handed" ] || return 0
  while read -r op path before after; do
    ranges=$(value_of "$path" "$work/cuts") id=$(value_of "$path" "$work/keeps")
    as_compared "$path" "$before"
    case $op in
      del) holds_only_blocks "$path" || refuse hand-over-not-allowed "$path" 'more than blocks' ;;
      link) [ "$(print_of "$state_root/$id/taken$path")" = "$after" ] || refuse hand-over-not-allowed "$path" 'not what was taken' ;;
      put)
        if [ -n "$id" ]; then
          [ ! -L "$state_root/$id/taken$path" ] && [ -f "$state_root/$id/taken$path" ] || refuse hand-over-not-allowed "$path" 'nothing was taken'
          cp "$state_root/$id/taken$path" "$work/base"
          [ "$before" != absent ] || like_kept "$path" "$(print_of "$state_root/$id/taken$path")" "$after"
        else
          [ -f "$path" ] && [ ! -L "$path" ] && is_cut_of_blocks "$path" "$ranges" || refuse hand-over-not-allowed "$path" 'more than blocks'
          cut_out "$path" "$ranges" >"$work/base"
        fi
        cmp -s "$work/base" "$changes/new$path" || only_our_line_differs "$work/base" "$changes/new$path" ||
          refuse hand-over-not-allowed "$path" 'more than a block goes'
        ;;
    esac
  done <"$work/handed"
}

# only_our_line_differs OLD NEW: they are the same but for the line that makes Caddy read our files.
only_our_line_differs() {
  [ "$server" = caddy ] && awk -v ours='import /etc/caddy/gatehouse/*.caddy' '
    { text = $0; gsub(/^[ \t]+|[ \t\r]+$/, "", text) }
    text == ours { if (FILENAME == ARGV[2] && seen++) wrong = 1; next }
    FILENAME == ARGV[1] { old[++olds] = $0; next }
    { if ($0 != old[++news]) wrong = 1 }
    END { exit wrong || olds != news }
  ' "$1" "$2"
}

value_of() { awk -v path="$1" '$1 == path { print $2; exit }' "$2"; }

# as_compared PATH PRINT: what is cut has to be what the plan saw, or nothing of it can be judged.
as_compared() {
  local found
  found=$(print_of "$1")
  [ "$found" != "$2" ] || return 0
  emit "\"changed\",\"path\":\"$1\",$(print_fields "$found")"
  refuse_step changed
}

# like_kept PATH KEPT AFTER: a file that is made once more gets the owner and the mode that it had.
like_kept() {
  awk -v path="$1" -v kept="$2" -v after="$3" '
    BEGIN { split(kept, had, ":"); split(after, will, ":"); print_as = "file:" will[2] ":" had[3] ":" had[4] ":" had[5] }
    $3 == path { $6 = print_as }
    { print }' "$changes/asked" >"$work/asked" && cp "$work/asked" "$changes/asked"
}

cut_out() { # PATH RANGES: what stays
  local at=0 range
  # shellcheck disable=SC2086
  for range in $(echo $2 | tr ',' ' '); do
    tail -c "+$((at + 1))" "$1" | head -c $((${range%:*} - at))
    at=$((${range%:*} + ${range#*:}))
  done
  tail -c "+$((at + 1))" "$1"
}

# is_cut_of_blocks PATH RANGES: in order, and each exactly the lines of one block.
is_cut_of_blocks() {
  [ -n "$2" ] && blocks_of "$1" >"$work/blocks" || return 1
  echo "$2" | tr ',' '\n' | tr ':' ' ' | awk 'FILENAME == ARGV[1] { if (NF == 2) block[$1 " " $2] = 1; next } $1 < at || !(($1 " " $2) in block) { exit 1 } { at = $1 + $2 }' "$work/blocks" -
}

holds_only_blocks() { # PATH
  [ -f "$1" ] && blocks_of "$1" >"$work/blocks" && [ -s "$work/blocks" ] && ! grep -qx more "$work/blocks"
}

# blocks_of FILE: "START LENGTH" in bytes of the lines of each server block, virtual host or site block that has its lines to itself, and "more" where the
# file holds anything else. False where it cannot be told.
blocks_of() {
  awk -v server="$server" -v size="$(wc -c <"$1")" '
    function given(from, alone) { if (alone) printf "%d %d\n", from, (at < size ? at : size) - from; else print "more" }
    function open(name, from, alone) { depth++; block[depth] = name; began[depth] = from; clean[depth] = alone }
    function clear(names, i) { for (i = 1; i < depth; i++) if (index(names, " " block[i] " ") == 0) return 0; return 1 }
    function nginx(line, i, n, c) {
      n = length(line)
      for (i = 1; i <= n; i++) {
        c = substr(line, i, 1)
        if (quote != "") { if (c == "\\") i++; else if (c == quote) quote = ""; continue }
        if (c ~ /[ \t\r]/) { inside = 0; continue }
        if (!inside && c == "#") return
        if (c == ";") { if (!depth) print "more"; words = inside = 0; continue }
        if (c == "{" && !(inside && substr(line, i - 1, 1) == "$")) { open(first, words ? from : start, words ? alone : 0); words = inside = 0; continue }
        if (c == "}" && !inside) {
          if (!depth) exit failed = 1
          if (block[depth] == "server" && clear(" http ")) given(began[depth], clean[depth] && substr(line, i + 1) ~ /^[ \t\r]*(#.*)?$/)
          else if (depth == 1) print "more"
          depth--; words = 0
          continue
        }
        if (!inside) {
          if (!words++) { first = ""; from = start; alone = substr(line, 1, i - 1) ~ /^[ \t]*$/ }
          inside = 1
          if (c == "\"" || c == "\047") { quote = c; continue }
        }
        if (words == 1) first = first c
        if (c == "\\") i++
      }
      if (quote == "") inside = 0
    }
    function apache(line, name) {
      sub(/\r$/, "", line)
      if (!joined) from = start
      joined = line ~ /\\$/
      if (joined) { text = text substr(line, 1, length(line) - 1); return }
      line = text line; text = ""
      gsub(/^[ \t]+|[ \t]+$/, "", line)
      if (line == "" || line ~ /^#/) return
      name = tolower(line); sub(/^<\/?/, "", name); sub(/[ \t>].*/, "", name)
      if (line ~ /^<\//) {
        if (!depth || block[depth] != name) exit failed = 1
        if (name == "virtualhost" && clear(" ifmodule ifdefine ifversion ")) { given(began[depth], 1); if (!clear(" ifmodule ")) print "more" }
        else if (depth == 1 && name != "ifmodule") print "more"
        depth--
      } else if (line ~ /^</) open(name, from, 1)
      else if (clear(" ifmodule ") && (!depth || block[depth] == "ifmodule")) print "more"
    }
    function caddy(line, last) {
      gsub(/\r$/, "", line)
      gsub(/"([^"\\]|\\.)*"/, "Q", line); gsub(/`[^`]*`/, "Q", line)
      sub(/^#.*|[ \t]#.*/, "", line)
      if (line ~ /["`]|<<[A-Za-z0-9_-]/) exit failed = 1
      gsub(/^[ \t]+|[ \t]+$/, "", line)
      if (line == "") return
      if (line == "}") {
        if (!depth) exit failed = 1
        if (depth == 1) { if (block[1] == "" || block[1] ~ /^\(/) print "more"; else given(began[1], 1) }
        depth--
        return
      }
      if (line ~ /(^|[ \t])\}([ \t]|$)/) exit failed = 1
      if (!depth && !keys) { from = start; first = line ~ /^\{$/ ? "" : line }
      keys = 0
      if (line ~ /(^|[ \t])\{$/) open(first, from, 1)
      else if (!depth) { if (line ~ /,$/) keys = 1; else print "more" }
    }
    { start = at; at += length($0) + 1; if (server == "nginx") nginx($0); else if (server == "apache") apache($0); else caddy($0) }
    END { exit failed || depth || quote != "" || joined || keys }
  ' "$1"
}

# keep_taken: the files of others as they were before this apply, for the day when it is undone.
keep_taken() {
  local path
  awk '$4 == "handover" && $5 ~ /^(file|link):/ { print $3 }' "$journal/entries" >"$work/taken"
  while read -r path; do
    [ -e "$journal/backup$path" ] || [ -L "$journal/backup$path" ] || continue
    mkdir -p "$journal/taken${path%/*}" && mv -f "$journal/backup$path" "$journal/taken$path"
  done <"$work/taken"
}
