
# The journal of one apply, $state_root/ID:
#   meta         words that never change     state      one word, replaced as a whole
#   entries      what is touched, in order   new        contents to be written, each below it at its own path
#   backup       exact copies of the old     owner      process at work on it
#   watchdog     process that guards it      deadline   when it acts, on the monotonic clock
#   reloading    the server was told         before     the server as it was
#   log          every event                 reason     why it was rolled back
#   untouched    until the first rename: nothing that a server reads is of this apply
# States: open → holding → confirmed, or → rolling-back → rolled-back | restore-failed.

use_journal() { # use_journal ID: false when the host never heard of it
  journal=$state_root/$1
  apply_id=$1
  [ -f "$journal/state" ] || return 1
  server=$(meta server)
  layout=$(meta layout)
  [ ! -f "$journal/before/running-$server" ] || run_kept=$journal/before
  remember_places
}

meta() {
  local word rest
  while read -r word rest; do
    [ "$word" != "$1" ] || { echo "$rest"; return; }
  done <"$journal/meta"
}

journal_state() {
  read_state "${1:-$journal}"
  echo "$state_word"
}

read_state() { # DIRECTORY: into $state_word
  state_word=open
  read -r state_word 2>/dev/null <"$1/state" || :
}

# set_state WORD: replaced as a whole. Only "confirmed" (and "open", see open_journal) has to be on the disk before anything else happens:
# losing any other word means that the old state is restored once more.
set_state() {
  echo "$1" >"$journal/state.new" || return 1
  case $1 in
    confirmed) flush "$journal/state.new" && mv -f "$journal/state.new" "$journal/state" && flush "$journal" ;;
    *) mv -f "$journal/state.new" "$journal/state" ;;
  esac
}

# set_deadline SECONDS: from now.
set_deadline() {
  tick
  echo "$((now + $1 * 1000)) $boot_id" >"$journal/deadline.new" && mv -f "$journal/deadline.new" "$journal/deadline"
}

# remaining JOURNAL: seconds until its watchdog acts.
remaining() {
  local at boot
  read -r at boot 2>/dev/null <"$1/deadline" || { echo null; return; }
  [ "$boot" = "$boot_id" ] || { echo null; return; }
  tick
  [ "$at" -gt "$now" ] && echo $(((at - now) / 1000)) || echo 0
}

# living JOURNAL FILE: whether the process named in it is still there.
living() {
  local pid start boot
  read -r pid start boot 2>/dev/null <"$1/$2" || return 1
  [ "$boot" = "$boot_id" ] && alive "$pid" "$start"
}

is_open() {
  read_state "$1"
  case $state_word in open | holding | rolling-back) return 0 ;; esac
  return 1
}

# unsettled: directories of the journals that somebody may still have to do something about. The others are many, and only read.
unsettled() {
  local file
  set +f
  for file in "$state_root"/*/state; do
    [ -s "$file" ] && [ -f "$file" ] && [ ! -L "$file" ] || continue
    read_state "${file%/state}"
    case $state_word in confirmed | rolled-back) [ ! -d "${file%/state}/backup" ] || echo "${file%/state}" ;; *) echo "${file%/state}" ;; esac
  done
  set -f
}

# emit_unsettled: those that still are open, or could not be undone.
emit_unsettled() {
  local one
  for one in $(unsettled); do
    case $(journal_state "$one") in confirmed | rolled-back) ;; *) emit_journal "$one" ;; esac
  done
}

# drop_unborn: directories of applies that ended before their journal counted. Only under the lock.
drop_unborn() {
  local dir
  set +f
  for dir in "$state_root"/*; do
    case $dir in */lock.*) continue ;; esac
    [ ! -d "$dir" ] || [ -L "$dir" ] || [ -s "$dir/state" ] || rm -rf "$dir"
  done
  set -f
}

emit_journal() { # emit_journal DIRECTORY
  local dog=none left=null state reason=null
  state=$(journal_state "$1")
  if is_open "$1"; then
    if living "$1" watchdog; then dog=alive; elif ! living "$1" owner; then dog=dead; fi
    [ "$state" != holding ] || left=$(remaining "$1")
  fi
  [ ! -s "$1/reason" ] || reason="\"$(plain "$(cat "$1/reason")")\""
  journal=$1
  emit "\"journal\",\"applyId\":\"${1##*/}\",\"state\":\"$state\",\"server\":\"$(meta server)\",\"holder\":\"$(plain "$(meta holder)")\",\"startedEpochSeconds\":$(meta started),\"remainingSeconds\":$left,\"watchdog\":\"$dog\",\"reason\":$reason"
}

# write_journal: a directory of its own. It does not count before open_journal.
write_journal() { # SOURCE-OF-CHANGES
  journal=$state_root/$apply_id
  mkdir "$journal" "$journal/backup" "$journal/before" || return 1
  cp -R "$1/entries" "$1/new" "$journal/" || return 1
  {
    echo "server $server"
    echo "layout $layout"
    echo "holder $holder"
    echo "hold $hold_seconds"
    echo "started $epoch"
    echo "was_running $was_running"
  } >"$journal/meta" || return 1
  echo "$$ $self_start $boot_id" >"$journal/owner" || return 1
  own_text >"$journal/helper.sh" || return 1
  emit_saved >"$journal/log" || return 1
  case $(tail -n 1 "$journal/helper.sh") in 'main "$@"') ;; *) return 1 ;; esac
  : >"$journal/untouched" || return 1
  find_running
  cp "$work/workers" "$work/ports" "$work/sockets" "$work/logs" "$work/master" "$work/running-$server" "$journal/before/" || return 1
  [ ! -f "$work/given" ] || cp "$work/given" "$journal/before/" || return 1
  keep_ran || return 1
  log_file=$journal/log
}

# open_journal: it counts, with the backup, when all of it is on the disk: the state file comes last.
open_journal() {
  echo open >"$journal/state.new" || return 1
  flush_tree "$journal"
  mv -f "$journal/state.new" "$journal/state" && flush "$journal" $state_root
}

# drop_journal: of an apply that ends before its journal counts.
drop_journal() {
  log_file=''
  rm -rf "${state_root:?}/${apply_id:?}"
}

# Events from before there was a journal.
emit_saved() {
  [ -z "$log_file" ] || cat "$log_file"
}

# back_up: exact copies of everything that will be replaced or removed; not on the disk yet.
back_up() {
  local dir files
  # Lines "DIRECTORY FILE FILE…" of up to fifty files, so that one command does for many.
  awk -v to="$journal/backup" '
    $5 ~ /^(file|link):/ {
      dir = $3; sub(/\/[^\/]*$/, "", dir)
      if (count[dir]++ % 50 == 0) { line[++lines] = to dir; at[dir] = lines }
      line[at[dir]] = line[at[dir]] " " $3
    }
    END { for (i = 1; i <= lines; i++) print line[i] }' "$journal/entries" >"$work/copies"
  while read -r dir files; do
    mkdir -p "$dir" 2>"$work/why" || return 1
    # shellcheck disable=SC2086
    cp -a $files "$dir/" 2>"$work/why" || return 1
  done <"$work/copies"
}

# forget: the apply is over; what it was stays on record, what it held is removed, but for the files of others that it took blocks out of.
forget() {
  [ "$(journal_state)" != confirmed ] || keep_taken
  # The backup last: as long as it is there, somebody will take this up again.
  rm -rf "$journal/new" "$journal/helper.sh" "$journal/owner" "$journal/deadline" "$journal/before" "$journal/reloading" "$journal/untouched" "$journal/backup"
}

# tidy: clears away what an apply that is over would have removed itself, had it not been killed at it.
tidy() {
  case $(journal_state) in confirmed | rolled-back) ;; *) return 0 ;; esac
  [ -d "$journal/backup" ] || return 0
  drop_stages
  forget
}
