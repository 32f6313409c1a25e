
# begin_arm: a process that belongs to nobody, with its own copy of this script, restores the old state unless it is told to keep
# the new one. Until something is written there is nothing for it to restore.
begin_arm() {
  by_systemd=''
  set_deadline $apply_limit_seconds || return 1
  if [ -d /run/systemd/system ] && have systemd-run; then
    # Outside of the login session, which the system may end together with everything in it.
    systemd-run --quiet --collect --unit="gatehouse-watchdog-$apply_id" sh "$journal/helper.sh" --watchdog "$apply_id" </dev/null >/dev/null 2>&1 9>&- && by_systemd=yes && return 0
  fi
  start_watchdog
}

# arm: it counts as armed when it has said so itself.
arm() {
  await_watchdog && return 0
  [ -n "$by_systemd" ] || return 1
  start_watchdog
  await_watchdog
}

start_watchdog() {
  if have setsid; then
    (cd / && exec setsid sh "$journal/helper.sh" --watchdog "$apply_id" </dev/null >/dev/null 2>&1 9>&-) &
  else
    (trap '' HUP && cd / && exec sh "$journal/helper.sh" --watchdog "$apply_id" </dev/null >/dev/null 2>&1 9>&-) &
  fi
}

await_watchdog() {
  local tries=0
  while [ $tries -lt 100 ]; do
    living "$journal" watchdog && return 0
    tries=$((tries + 1))
    sleep 0.02
  done
  return 1
}

# The watchdog itself. Acts when the time is up, and at once when the process that applies has died half way.
watch_over() { # ID
  local at boot state
  use_journal "$1" || exit 0
  make_work || exit 1
  log_file=$journal/log
  echo "$$ $self_start $boot_id" >"$journal/watchdog.new" && mv -f "$journal/watchdog.new" "$journal/watchdog" || exit 1
  while :; do
    state=$(journal_state)
    case $state in
      open | holding | rolling-back) ;;
      *)
        # The process that ended it has cleared away as well, unless it was killed at that; nothing else should wait for us in vain.
        [ ! -d "$journal/backup" ] || ! take_lock 30 || tidy
        exit 0
        ;;
    esac
    read -r at boot 2>/dev/null <"$journal/deadline" || at=0
    tick
    if [ "$now" -ge "$at" ]; then
      # An apply that takes longer than any apply may: it hangs.
      [ "$state" = holding ] || end_owner
      watchdog_undo deadline-passed
    elif [ "$state" != holding ] && ! living "$journal" owner; then
      watchdog_undo helper-died
    fi
    # Quick while the apply runs; later there is only the deadline to wait for.
    if [ "$state" = holding ]; then sleep 1; else sleep 0.2 2>/dev/null || sleep 1; fi
  done
}

end_owner() {
  local pid start boot
  read -r pid start boot 2>/dev/null <"$journal/owner" || return 0
  [ "$boot" = "$boot_id" ] && alive "$pid" "$start" && kill -9 "$pid"
}

watchdog_undo() { # REASON
  take_lock 30 || return 0
  sign_lock "$apply_id" watchdog
  # Meanwhile somebody may have confirmed, or undone it.
  if is_open "$journal"; then
    case $(journal_state) in
      holding)
        read -r at boot 2>/dev/null <"$journal/deadline" || at=0
        tick
        [ "$now" -ge "$at" ] || { drop_lock; return 0; }
        ;;
    esac
    undo "$1" afar
  fi
  sweep
  drop_lock
  exit 0
}
