
# Time. What a host needs for its own test and reload is what it needed a moment ago, so that no limit is a constant which a slow one does not keep;
# and the waiting dashboard hears every ten seconds that something is still at work.

# beating COMMAND…: tells so while it runs. Only while this process lives and is not stopped: a host that hangs is silent.
beating() {
  local status=0
  (
    trap - EXIT
    trap 'exit 0' TERM
    while :; do
      for _ in 1 2 3 4 5 6 7 8 9 10; do
        sleep 1 </dev/null >/dev/null 2>&1 9>&-
        at_work || exit 0
      done
      tick
      printf '{"event":"beat","atMs":%s}\n' "$now"
    done
  ) 9>&- &
  beater=$!
  "$@" || status=$?
  stop_beating
  return $status
}

# stop_beating: it has ended before anything else is written, since two at once could come out as one line.
stop_beating() {
  [ -n "$beater" ] || return 0
  kill -KILL "$beater" 2>/dev/null
  wait "$beater" 2>/dev/null
  beater=''
}

# at_work: the process that answers is the one that began, and runs.
at_work() {
  local line
  read -r line 2>/dev/null <"/proc/$$/stat" || return 1
  line=${line##*') '}
  case $line in [TtZX]*) return 1 ;; esac
  # shellcheck disable=SC2086
  set -- $line
  shift 19
  [ "$1" = "$self_start" ]
}

# measured COMMAND…: how long it took, in $took_seconds; kept as the longest in $slowest_seconds.
measured() {
  local since status=0
  tick
  since=$now
  "$@" || status=$?
  tick
  took_seconds=$(((now - since + 999) / 1000))
  [ "$took_seconds" -le "$slowest_seconds" ] || slowest_seconds=$took_seconds
  return $status
}

# patience: seconds in which a reload must show: reading the configuration once took $slowest_seconds, and a reload reads it up to twice, after one that
# may still be at it.
patience() {
  local seconds=$((15 + 4 * slowest_seconds))
  [ $seconds -le 240 ] || seconds=240
  echo $seconds
}

# more_time: the watchdog waits as long again as any apply may take. Each part of an apply has its own limit.
more_time() { set_deadline $((apply_limit_seconds + $(patience))); }
