
apply_limit_seconds=300

# Everything up to and including the proof. From the journal on, each failure goes through undo.
verb_apply() {
  [ -n "$server" ] && [ -n "$apply_id" ] && [ -n "$holder" ] && [ -n "$hold_seconds" ] || refuse bad-request
  log_file=$work/log
  : >"$log_file"
  step lock running
  enter_host "$apply_id" "$holder" 2
  [ ! -e "$state_root/$apply_id" ] || refuse_step apply-known
  recover_all
  refuse_if_busy
  step lock ok

  step compare running
  prepare_changes "$work/changes"
  [ ! -s "$changes/stale" ] || { [ "$pending" -eq 0 ] && [ $moved = no ]; } || { emit_stale; refuse_step changed; }
  if [ "$pending" -eq 0 ] && [ -z "$must_reload" ]; then
    step compare ok
    finish unchanged
  fi
  remember_server "$work"
  was_running=$running
  [ "$was_running" = 1 ] || [ -n "$may_start" ] || refuse_step server-not-running
  refuse_if_left
  refuse_if_apart
  step compare ok

  step journal running
  write_journal "$changes" || { drop_journal; refuse_step disk-full; }
  step journal ok

  step backup running
  back_up || { drop_journal; refuse_step backup-failed '' "$(cat "$work/why")"; }
  open_journal || { drop_journal; refuse_step disk-full; }
  # It takes a moment to come up.
  begin_arm || fail watchdog-failed
  step backup ok

  step arm running
  arm || fail watchdog-failed
  step arm ok

  step preflight running
  preflight "$journal"
  echo "$baseline" >"$journal/baseline"
  if [ "$passed" = no ]; then
    [ "$baseline" = yes ] || fail broken-before
    fail test-failed
  fi
  step preflight ok

  step write running
  stage_entries || fail write-failed
  still_as_compared || { emit_stale; fail changed; }
  write_entries || fail write-failed
  step write ok

  step test running
  test_live live
  [ "$passed" = yes ] || fail test-failed
  # Neither the test nor, on some servers, the reload says that a port is taken; and a server that finds out may be dead or half changed.
  emit_unfree "$work/listen" || fail port-taken
  step test ok

  step reload running
  remember_generation
  { true >"$journal/reloading"; } 2>/dev/null || fail disk-full
  more_time || fail disk-full
  if [ "$was_running" = 1 ]; then beating measured "${server}_reload"; else beating "${server}_start"; fi || { emit_output reload; emit_unfree "$work/listen"; fail reload-failed; }
  step reload ok

  step prove running
  prove "$journal/before" "$work/listen" "$(patience)" "$([ "$was_running" = 1 ] && echo yes || echo no)" || fail "${failure:-not-proven}"
  grep -v '^awaited ' "$work/asks" >"$work/present"
  prove_identity "$work/present" 10 || fail "$failure"
  runs_file || fail "$failure"
  step prove ok

  await_certificates

  set_deadline "$hold_seconds" && set_state holding || fail disk-full
  finish holding
}

# Visitors would get answers of a configuration that nobody can see, whatever is applied.
refuse_if_left() {
  local until
  [ -s "$work/sockets" ] && "${server}_shares_ports" || return 0
  tick
  until=$((now + 3000))
  cp "$work/sockets" "$work/each"
  # Right after a reload of somebody else there are the old ones as well.
  while left=$(sort "$work/each" | uniq -d) && [ -n "$left" ]; do
    tick
    # shellcheck disable=SC2086
    [ "$now" -lt "$until" ] || refuse_step sockets-left '' "$(ports_of $left)"
    sleep 0.2
    owned_ports "$master" "$work/each" >"$work/ports"
    cp "$work/each" "$work/sockets"
  done
}

# The workers and the ends of the logs right before the reload: what comes after them is its doing.
remember_generation() {
  [ "$was_running" = 1 ] || return 0
  workers >"$journal/before/workers"
  mark_logs >"$journal/before/logs"
}

# enter_host ID HOLDER SECONDS: with the lock.
enter_host() {
  make_state_root || refuse_step state-not-writable
  take_lock "$3"
  case $? in
    1) emit_lock_conflict; refuse_step conflict ;;
    2) refuse_step state-not-writable ;;
  esac
  sign_lock "$1" "$2" 2>/dev/null
}

refuse_step() { # REASON [PATH] [TEXT]
  [ -z "$current_step" ] || step "$current_step" failed "$1"
  refuse "$@"
}

# Somebody's apply is on trial: theirs goes first (G8).
refuse_if_busy() {
  local open
  for open in $(unsettled); do
    is_open "$open" || continue
    journal=$open
    emit_conflict "${open##*/}" "$(meta holder)" "$(journal_state)" "$([ "$(journal_state)" = holding ] && remaining "$open" || echo null)"
    journal=''
    refuse_step conflict
  done
}

# prepare_changes DIRECTORY: from the manifest to entries.
prepare_changes() {
  has_server "$server" || refuse_step server-missing
  # Inside of the sealed world, no process outside is seen.
  [ "$server" != caddy ] || find_master
  begin_preflight
  find_master
  read_changes "$1"
  check_handed
  compare_changes
  make_certificates
  make_placeholders
  list_entries
  [ -z "$waiting" ] || show_candidate
}

# fail REASON: this apply is off; the host goes back to what it was.
fail() {
  step "$current_step" failed "$1"
  error "$1" '' "$(cat "$work/why" 2>/dev/null)"
  undo "$1" near
  [ -n "$touched" ] || [ "$(journal_state)" = restore-failed ] || finish refused
  finish "$(journal_state)"
}

# undo REASON near|afar: near: by the process that applied, which knows what it did; afar: by another one, later. Sets $touched
# when a live file had been changed or the server been told.
undo() {
  local broken=''
  touched=''
  echo "$1" >"$journal/reason"
  set_state rolling-back
  current_step=''
  step restore running
  if restore_entries; then step restore ok; else step restore failed restore-failed; broken=yes; fi
  [ "$restored" -eq 0 ] && [ ! -e "$journal/reloading" ] || touched=yes
  if [ -n "$touched" ] && [ -z "$files_only" ]; then
    retest || broken=yes
    serve_old "$2" || broken=yes
  fi
  if [ -n "$broken" ]; then
    set_state restore-failed
  else
    # On a full disk, what is no longer needed makes the room to say so.
    set_state rolled-back || { forget && set_state rolled-back; }
    [ "$(journal_state)" != rolled-back ] || forget
  fi
}

# A tree that was broken before us is as broken after us (G7).
retest() {
  step retest running
  find_master
  test_live restored
  if [ "$passed" = yes ]; then
    step retest ok
  elif [ "$(cat "$journal/baseline" 2>/dev/null)" = no ]; then
    step retest skipped broken-before
  else
    step retest failed test-failed
    return 1
  fi
}

serve_old() { # near|afar
  local told=no
  step reload-old running
  was_running=$(meta was_running)
  mkdir -p "$work/old"
  remember_server "$work/old"
  if [ "$was_running" = 0 ]; then
    [ $running = 0 ] || [ ! -e "$journal/reloading" ] || "${server}_stop" "$master"
    step reload-old ok
    step prove-old skipped server-not-running
    return 0
  fi
  if [ $running = 0 ]; then
    beating "${server}_start" || { emit_output start; step reload-old failed start-failed; return 1; }
  elif [ "$1" = near ] && [ ! -e "$journal/reloading" ]; then
    step reload-old skipped not-reloaded
    told=skip
  elif ran_apart; then
    # What ran is on no disk.
    bring_back || { step reload-old failed "$failure"; return 1; }
    told=yes
  elif [ "$passed" = no ]; then
    # It would not take a tree that fails its test, and goes on with what it has.
    step reload-old skipped broken-before
    told=skip
  else
    beating "${server}_reload" || { emit_output reload; step reload-old failed reload-failed; return 1; }
    told=yes
  fi
  [ $told = skip ] || step reload-old ok
  [ $told = skip ] || drop_left || return 1
  [ $told = skip ] || bring_back || { step reload-old failed "$failure"; return 1; }
  step prove-old running
  exact=yes
  cp "$journal/before/sockets" "$work/old/" 2>/dev/null
  if prove "$work/old" "$journal/before/ports" "$(patience)" "$([ $told = yes ] && echo yes || echo no)"; then
    step prove-old ok
  elif old_serves; then
    step prove-old skipped "$failure"
  else
    step prove-old failed "${failure:-not-proven}"
    return 1
  fi
}
