
# Entries of a journal are "N OP PATH ROLE BEFORE AFTER": OP is dir, put, link or del; BEFORE and AFTER are fingerprints.

# stage_entries: every new content beside its place, durable, and the old inode kept under a second name, so that neither
# writing nor going back needs room on the disk any more. Nothing that a server reads has changed after it.
stage_entries() {
  local n op path role before after new old rest staged=''
  while read -r n op path role before after; do
    new=$(sibling "$path" "$n" new)
    old=$(sibling "$path" "$n" old)
    case $op in
      dir) mkdir -m 755 "$path" 2>"$work/why" || return 1 ;;
      put)
        # Not our file: whatever it carries besides its text stays.
        if [ "$role" = include ] && [ "$before" != absent ]; then cp -a "$path" "$new" 2>"$work/why" || return 1; fi
        cat "$journal/new/$n" 2>"$work/why" >"$new" || return 1
        rest=${after#file:*:}
        chown "${rest#*:}" "$new" 2>"$work/why" && chmod "${rest%%:*}" "$new" 2>"$work/why" || return 1
        cmp -s "$journal/new/$n" "$new" || return 1
        [ "$role" = include ] || [ ! -x /sbin/restorecon ] || /sbin/restorecon "$new" 2>/dev/null
        staged="$staged $new"
        ;;
      link) ln -s "${after#link:}" "$new" 2>"$work/why" || return 1 ;;
    esac
    case $before in
      file:* | link:*) ln "$path" "$old" 2>"$work/why" || return 1 ;;
    esac
  done <"$journal/entries"
  # shellcheck disable=SC2086
  [ -z "$staged" ] || flush $staged
}

# write_entries: the moment of change, one rename each.
write_entries() {
  local n op path role before after kind dirs=''
  while read -r n op path role before after; do
    case $op in
      put | link) mv -fT "$(sibling "$path" "$n" new)" "$path" 2>"$work/why" || return 1 ;;
      del) rm -f "$path" 2>"$work/why" || return 1 ;;
      dir) continue ;;
    esac
    emit_wrote "$path" "$after"
    case " $dirs " in *" ${path%/*} "*) ;; *) dirs="$dirs ${path%/*}" ;; esac
  done <"$journal/entries"
  # shellcheck disable=SC2086
  [ -z "$dirs" ] || flush $dirs
}

emit_wrote() { # PATH PRINT
  emit "\"wrote\",\"path\":\"$1\",\"step\":\"$current_step\",\"kind\":\"${2%%:*}\""
}

# restore_entries: back to what was there, from whatever state a killed apply left. Sets $restored to the number of paths that
# had to be changed. Safe to run again.
restore_entries() {
  local n op path role before after found dirs='' failed=''
  restored=0
  awk '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) print line[i] }' "$journal/entries" >"$work/reversed"
  awk '{ print $3 }' "$work/reversed" | prints | cut -d ' ' -f 2 | paste -d ' ' "$work/reversed" - >"$work/restore"
  while read -r n op path role before after found; do
    if [ "$op" = dir ]; then
      rmdir "$path" 2>/dev/null
      continue
    fi
    if [ "$found" != "$before" ]; then
      [ "$found" = "$after" ] || keep_foreign "$n" "$path" "$found"
      restore_one "$n" "$path" "$before" || { error restore-failed "$path" "$(cat "$work/why" 2>/dev/null)"; failed=yes; continue; }
      restored=$((restored + 1))
      emit_wrote "$path" "$before"
    fi
    rm -f "$(sibling "$path" "$n" new)" "$(sibling "$path" "$n" old)" 2>/dev/null
    case " $dirs " in *" ${path%/*} "*) ;; *) [ ! -d "${path%/*}" ] || dirs="$dirs ${path%/*}" ;; esac
  done <"$work/restore"
  # shellcheck disable=SC2086
  [ -z "$dirs" ] || flush $dirs
  [ -z "$failed" ]
}

restore_one() { # N PATH BEFORE
  local old new
  old=$(sibling "$2" "$1" old)
  new=$(sibling "$2" "$1" new)
  case $3 in
    absent) rm -f "$2" 2>"$work/why" ;;
    file:* | link:*)
      # The very same inode where it is still what it was.
      if [ "$(print_of "$old")" = "$3" ]; then
        mv -fT "$old" "$2" 2>"$work/why"
      else
        rm -f "$new"
        cp -a "$journal/backup/$1" "$new" 2>"$work/why" || return 1
        [ -L "$new" ] || flush "$new"
        mv -fT "$new" "$2" 2>"$work/why"
      fi
      ;;
    *) return 1 ;;
  esac
}

# Somebody edited the file while it was on trial: their text is kept in the journal, and told of.
keep_foreign() { # N PATH FOUND
  case $3 in file:* | link:*) ;; *) return 0 ;; esac
  mkdir -p "$journal/found" && cp -a "$2" "$journal/found/$1" 2>/dev/null
  warning foreign-edit-undone "$2" "$journal/found/$1"
}

# drop_siblings: after a confirm.
drop_siblings() {
  local n op path rest
  while read -r n op path rest; do
    rm -f "$(sibling "$path" "$n" new)" "$(sibling "$path" "$n" old)"
  done <"$journal/entries"
}
