
# drop_left: where the server holds sockets that only the configuration can have opened which it refused, it goes on serving that one on them. Nothing
# but a restart closes them, at the price of every open connection: a step of its own, taken only when there is no other way to the old state.
drop_left() {
  local until
  [ -s "$journal/before/sockets" ] && "${server}_shares_ports" || return 0
  exact=yes
  tick
  until=$((now + 3000))
  while find_left "$journal/before/sockets" && [ -n "$left" ]; do
    tick
    if [ "$now" -ge "$until" ]; then
      step restart-old running
      # shellcheck disable=SC2086
      warning sockets-left '' "$(ports_of $left)"
      restart || { emit_output restart; step restart-old failed start-failed; return 1; }
      step restart-old ok
      told=restarted
      return 0
    fi
    sleep 0.1
  done
}

# recover_all: restores what crashed applies left, where nobody else is at it. In a shell of its own for each: it has another
# journal and may concern another web server.
recover_all() {
  local open
  drop_unborn
  for open in $(unsettled); do
    if ! is_open "$open"; then
      [ ! -d "$open/backup" ] || (use_journal "${open##*/}" && tidy)
      continue
    fi
    ! living "$open" watchdog && ! living "$open" owner || continue
    (
      use_journal "${open##*/}"
      log_file=$open/log
      undo interrupted afar
      emit_journal "$open"
    )
  done
}

# recover_files: at boot, before any web server starts: the files are put back, and nothing is told to the servers.
recover_files() {
  make_work && make_state_root && take_lock 60 || exit 1
  files_only=yes
  recover_all
}

enter_for() { # wait for the process at work, then open the journal that the request names
  [ -n "$apply_id" ] || refuse bad-request
  make_state_root || refuse state-not-writable
  take_lock 20
  case $? in
    1) emit_lock_conflict; refuse conflict ;;
    2) refuse state-not-writable ;;
  esac
  sign_lock "$apply_id" "$verb"
  use_journal "$apply_id" || refuse apply-unknown
  ! is_open "$journal" || log_file=$journal/log
}

verb_confirm() {
  enter_for
  case $(journal_state) in
    holding)
      step confirm running
      set_state confirmed || refuse_step disk-full
      step confirm ok
      step clean running
      drop_stages
      forget
      step clean ok
      sweep_after=yes
      finish confirmed
      ;;
    confirmed)
      tidy
      finish confirmed
      ;;
    rolled-back) error too-late; finish rolled-back ;;
    restore-failed) error too-late; finish restore-failed ;;
    *) refuse apply-running ;;
  esac
}

verb_hold() {
  enter_for
  [ "$(journal_state)" = holding ] || refuse not-holding
  [ -n "$hold_seconds" ] || refuse bad-request
  set_deadline "$hold_seconds" || refuse disk-full
  emit_journal "$journal"
  finish 'done'
}

verb_rollback() {
  enter_for
  case $(journal_state) in
    holding) undo requested afar ;;
    open | rolling-back)
      ! living "$journal" owner || refuse apply-running
      undo interrupted afar
      ;;
    confirmed) refuse apply-confirmed ;;
  esac
  finish "$(journal_state)"
}

verb_status() {
  [ -n "$apply_id" ] || refuse bad-request
  use_journal "$apply_id" || refuse apply-unknown
  emit_journal "$journal"
  tail -c 4194304 "$journal/log" | grep '^{"event":.*}$'
  finish 'done'
}

verb_recover() {
  local open
  make_state_root || refuse state-not-writable
  take_lock 20
  case $? in
    1) emit_lock_conflict; refuse conflict ;;
    2) refuse state-not-writable ;;
  esac
  sign_lock '' recover
  recover_all
  sweep
  for open in $(unsettled); do
    ! is_open "$open" || emit_journal "$open"
  done
  finish 'done'
}

verb_preflight() {
  [ -n "$server" ] || refuse bad-request
  prepare_changes "$work/changes"
  emit_stale
  : >"$work/sockets"
  [ -z "$master" ] || owned_ports "$master" "$work/sockets" >"$work/ports"
  refuse_if_left
  find_ran
  emit_ran
  preflight "$changes"
  finish 'done'
}
