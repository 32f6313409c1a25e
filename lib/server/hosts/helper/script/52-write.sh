
# Entries of a journal are "N OP PATH ROLE BEFORE AFTER": OP is dir, put, link or del; BEFORE and AFTER are fingerprints.
#
# While an apply is under way, each directory concerned has a stage in it, so deep and of such a name that no web server's include
# pattern reaches into it: below "new" are the new files under their own names, below "old" the old inodes. One command then does
# for many files.

stage_name() { echo ".gatehouse-$apply_id"; }

# list_files DIRECTORY ROOT [STAGE]: what there is to do for the entries of DIRECTORY, as lists of "WHERE FILE FILE…" lines of up to
# fifty files in $work. Files are made below ROOT: on the STAGE beside their places, or without one in their places.
list_files() {
  awk -v from="$1/new" -v root="$2" -v stage="${3:+/$3}" -v work="$work/" '
    BEGIN { new = stage == "" ? "" : stage "/new"; old = stage "/old" }
    function add(list, where, file) {
      if (count[list, where]++ % 50 == 0) { line[list, ++lines[list]] = where; at[list, where] = lines[list] }
      line[list, at[list, where]] = line[list, at[list, where]] " " file
    }
    $2 == "dir" { add("dirs", "-", root $3); next }
    {
      dir = root $3; sub(/\/[^\/]*$/, "", dir)
      made = dir new substr(root $3, length(dir) + 1)
      if (new != "" && !known[dir]++) { add("tops", "-", dir stage); add("stages", "-", dir stage " " dir new " " dir old) }
      if ($5 != "absent") add("olds", dir old, $3)
      if ($2 == "del" || new == "") add("cleared", dir, root $3)
    }
    $2 == "link" {
      # A link mostly has the name of the file that it points to; then one command makes many.
      name = target = substr($6, 6); sub(/.*\//, "", name)
      if (substr($3, length(dir) - length(root) + 2) == name) add("links", dir new, target)
      else add("aliases", target, made)
    }
    $2 == "put" {
      split($6, part, ":")
      if (($4 == "include" || $4 == "handover") && $5 != "absent" && new != "") add("edits", $3, made)
      else add("copies", dir new, from $3)
      add("owners", part[4] ":" part[5], made)
      add("modes", part[3], made)
      print part[2] "  " made > (work "sums")
    }
    $2 == "put" || $2 == "link" { add("moves", dir, made) }
    END {
      printf "" > (work "sums")
      n = split("dirs tops stages olds cleared links aliases edits copies owners modes moves", names, " ")
      for (i = 1; i <= n; i++) {
        printf "" > (work names[i])
        for (k = 1; k <= lines[names[i]]; k++) print line[names[i], k] > (work names[i])
      }
    }
  ' "$1/entries"
}

# make_files DIRECTORY: of what list_files left. Nothing may be in their places.
make_files() {
  local where files file
  while read -r where files; do
    # shellcheck disable=SC2086
    cp $files "$where/" || return 1
  done <"$work/copies"
  while read -r where files; do
    # Not our files: whatever they carry besides their text stays.
    for file in $files; do cp -a "$where" "$file" && cat "$1/new$where" >"$file" || return 1; done
  done <"$work/edits"
  while read -r where files; do
    # shellcheck disable=SC2086
    ln -s $files "$where/" || return 1
  done <"$work/links"
  while read -r where files; do
    for file in $files; do ln -s "$where" "$file" || return 1; done
  done <"$work/aliases"
  while read -r where files; do
    # shellcheck disable=SC2086
    chown "$where" $files || return 1
  done <"$work/owners"
  while read -r where files; do
    # shellcheck disable=SC2086
    chmod "$where" $files || return 1
  done <"$work/modes"
  [ ! -s "$work/sums" ] || sha256sum -c "$work/sums" >/dev/null
} 2>"$work/why"

# stage_entries: every new content beside its place, and the old inode kept under a second name, so that neither writing nor going
# back needs more room on the disk. Nothing that a server reads has changed after it.
stage_entries() {
  local where files file staged
  list_files "$journal" '' "$(stage_name)"
  # shellcheck disable=SC2086
  while read -r where files; do mkdir -m 755 $files 2>"$work/why" || return 1; done <"$work/dirs"
  # shellcheck disable=SC2086
  while read -r where files; do mkdir $files 2>"$work/why" || return 1; done <"$work/stages"
  make_files "$journal" || return 1
  # shellcheck disable=SC2086
  while read -r where files; do ln $files "$where/" 2>"$work/why" || return 1; done <"$work/olds"
  if [ -x /sbin/restorecon ]; then
    while read -r where files; do
      staged=''
      for file in $files; do staged="$staged $where/${file##*/}"; done
      # shellcheck disable=SC2086
      /sbin/restorecon $staged 2>/dev/null
    done <"$work/copies"
  fi
}

# write_entries: the moment of change, one rename each. The new contents, and that it has come, are on the disk before the first of them.
write_entries() {
  local where files file staged="$journal" dirs=''
  # Every file that was made has a mode.
  while read -r where files; do staged="$staged $files"; done <"$work/modes"
  # shellcheck disable=SC2086
  rm -f "$journal/untouched" 2>"$work/why" && flush $staged || return 1
  while read -r where files; do
    # shellcheck disable=SC2086
    mv -f $files "$where/" 2>"$work/why" || return 1
    for file in $files; do
      file=$where/${file##*/}
      if [ -L "$file" ]; then emit_wrote "$file" link; else emit_wrote "$file" file; fi
    done
    case " $dirs " in *" $where "*) ;; *) dirs="$dirs $where" ;; esac
  done <"$work/moves"
  while read -r where files; do
    # shellcheck disable=SC2086
    rm -f $files 2>"$work/why" || return 1
    for file in $files; do emit_wrote "$file" absent; done
    case " $dirs " in *" $where "*) ;; *) dirs="$dirs $where" ;; esac
  done <"$work/cleared"
  # shellcheck disable=SC2086
  [ -z "$dirs" ] || flush $dirs
}

emit_wrote() { # PATH KIND
  emit "\"wrote\",\"path\":\"$1\",\"step\":\"$current_step\",\"kind\":\"$2\""
}

# restore_entries: back to what was there, from whatever state a killed apply left. Sets $restored to the number of paths that
# had to be changed. Safe to run again. What has changed before the first rename is not this apply's doing, and is left alone.
restore_entries() {
  local path before after found kept dirs='' failed=''
  restored=0
  if [ -e "$journal/untouched" ]; then drop_stages; drop_dirs; return; fi
  awk '$2 != "dir" { print $3 }' "$journal/entries" >"$work/places"
  prints "$work/places" >"$work/found"
  awk -v old="/$(stage_name)/old" '{ dir = $1; sub(/\/[^\/]*$/, "", dir); print dir old substr($1, length(dir) + 1) }' "$work/places" >"$work/olds"
  prints "$work/olds" >"$work/kept"
  # From the last to the first.
  awk '
    FILENAME == ARGV[1] { found[$1] = $2; next }
    FILENAME == ARGV[2] { kept[FNR] = $2; next }
    $2 != "dir" { n++; line[n] = $3 " " $5 " " $6 " " found[$3] " " kept[n]; moved[n] = found[$3] != $5 }
    END { for (i = n; i > 0; i--) if (moved[i]) print line[i] }
  ' "$work/found" "$work/kept" "$journal/entries" >"$work/restore"
  while read -r path before after found kept; do
    [ "$found" = "$after" ] || keep_foreign "$path" "$found"
    restore_one "$path" "$before" "$kept" || { error restore-failed "$path" "$(cat "$work/why" 2>/dev/null)"; failed=yes; continue; }
    restored=$((restored + 1))
    emit_wrote "$path" "${before%%:*}"
  done <"$work/restore"
  # Also those in which a restore before this one was killed.
  awk '{ sub(/\/[^\/]*$/, ""); if (!seen[$0]++) print }' "$work/places" >"$work/dirs"
  while read -r path; do [ ! -d "$path" ] || dirs="$dirs $path"; done <"$work/dirs"
  # shellcheck disable=SC2086
  [ -z "$dirs" ] || flush $dirs
  [ -z "$failed" ] || return 1
  drop_stages
  drop_dirs
}

# drop_dirs: those that were made for this apply, where nothing is in them.
drop_dirs() {
  local path
  awk '$2 == "dir" { path[++n] = $3 } END { for (i = n; i > 0; i--) print path[i] }' "$journal/entries" >"$work/dirs"
  while read -r path; do rmdir "$path" 2>/dev/null; done <"$work/dirs"
  return 0
}

restore_one() { # PATH BEFORE KEPT
  local old new
  old=${1%/*}/$(stage_name)/old/${1##*/}
  new=${1%/*}/$(stage_name)/new/${1##*/}
  case $2 in
    absent) rm -f "$1" 2>"$work/why" ;;
    file:* | link:*)
      # The very same inode where it is still what it was.
      if [ "$3" = "$2" ]; then
        mv -fT "$old" "$1" 2>"$work/why"
      else
        mkdir -p "${new%/*}" && rm -f "$new"
        cp -a "$journal/backup$1" "$new" 2>"$work/why" || return 1
        [ -L "$new" ] || flush "$new"
        mv -fT "$new" "$1" 2>"$work/why"
      fi
      ;;
    *) return 1 ;;
  esac
}

# Somebody edited the file while it was on trial: their text is kept in the journal, and reported.
keep_foreign() { # PATH FOUND
  case $2 in file:* | link:*) ;; *) return 0 ;; esac
  mkdir -p "$journal/found${1%/*}" && cp -a "$1" "$journal/found$1" 2>/dev/null
  warning foreign-edit-undone "$1" "$journal/found$1"
}

# drop_stages: what was put beside the files of this apply.
drop_stages() {
  local where files
  list_files "$journal" '' "$(stage_name)"
  # shellcheck disable=SC2086
  while read -r where files; do rm -rf $files; done <"$work/tops"
}
