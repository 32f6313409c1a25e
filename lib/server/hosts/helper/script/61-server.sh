
# What is the same for every web server. The ones themselves are in the files that follow; each has
#   X_binary X_main X_pid_file X_names X_test X_reload X_start X_stop X_trouble
# and commands are constants: no word of a request reaches them.

has_server() { [ -n "$("$1_binary")" ]; }

first_of() { # the first of its arguments that exists
  local file
  for file; do [ ! -e "$file" ] || { echo "$file"; return; }; done
}

init_system() {
  if [ -d /run/systemd/system ]; then echo systemd
  elif [ -d /run/openrc ] && have rc-service; then echo openrc
  else echo none; fi
}

# start_service UNIT COMMAND…: by the machine's service manager where it has the unit, else by hand.
start_service() {
  local unit="$1"
  shift
  case $(init_system) in
    systemd) [ "$(systemctl show -p LoadState "$unit" 2>/dev/null)" != LoadState=loaded ] || { systemctl reset-failed "$unit" 2>/dev/null; set -- systemctl start "$unit"; } ;;
    openrc) [ ! -e "/etc/init.d/$unit" ] || set -- rc-service "$unit" start ;;
  esac
  # A daemon keeps what it was started with: no pipe of ours, no lock of ours, a session of its own.
  timeout -k 5 60 setsid "$@" </dev/null >"$work/start" 2>&1 9>&-
  code=$?
  head -c $max_output_bytes "$work/start" >"$work/out"
  truncated=false
  return $code
}

stop_service() {
  local unit="$1" pid="$2"
  case $(init_system) in
    systemd) [ "$(systemctl is-active "$unit" 2>/dev/null)" != active ] || { run 60 systemctl stop "$unit"; return; } ;;
    openrc) [ ! -e "/etc/init.d/$unit" ] || { run 60 rc-service "$unit" stop; return; } ;;
  esac
  kill -TERM "$pid"
  code=0 truncated=false
  : >"$work/out"
}

# restart: returns when the old process is gone and a new one has been started.
restart() {
  local pid="$master" start="$master_start" tries=0
  "${server}_stop" "$pid"
  while alive "$pid" "$start"; do
    [ $tries -ne 100 ] || kill -KILL "$pid" 2>/dev/null
    tries=$((tries + 1))
    [ $tries -lt 150 ] || return 1
    sleep 0.1
  done
  "${server}_start"
}

# remember_server DIRECTORY: the server as it is now: process, workers, ports, how long its logs are.
remember_server() {
  find_master
  running=0
  : >"$1/workers"
  : >"$1/ports"
  : >"$1/logs"
  : >"$1/sockets"
  echo "$master $master_start" >"$1/master"
  [ -n "$master" ] || return 0
  running=1
  workers >"$1/workers"
  owned_ports "$master" "$1/sockets" >"$1/ports"
  find_logs
  mark_logs >"$1/logs"
}

# workers: the generation that takes new connections.
workers() {
  case $server in
    nginx) nginx_workers ;;
    *)
      children "$master"
      # shellcheck disable=SC2086
      [ -z "$child_list" ] || printf '%s\n' $child_list
      ;;
  esac
}

# find_logs: what the master has open, in $open_files.
find_logs() {
  open_files=$(ls -ln "/proc/$master/fd" 2>/dev/null | awk '$NF ~ /^\/[A-Za-z0-9._@+\/-]+$/ && $NF !~ /^\/(dev|proc)\// && !seen[$NF]++ { print $NF }')
}

# mark_logs: "INODE SIZE PATH" of the regular ones among them, as they are now.
mark_logs() {
  local kind mark
  [ -n "$open_files" ] || return 0
  # shellcheck disable=SC2086
  stat -c '%f %i %s %n' $open_files 2>/dev/null >"$work/open"
  while read -r kind mark; do
    case $kind in 8*) echo "$mark" ;; esac
  done <"$work/open"
}

# new_trouble MARKS: lines of the logs since then in which the server reports a failed start or reload.
new_trouble() {
  local marks="$1" inode size file now_inode now_size
  [ -s "$marks" ] || return 0
  set --
  while read -r inode size file; do set -- "$@" "$file"; done <"$marks"
  stat -c '%i %s' "$@" 2>/dev/null >"$work/marks" || return 0
  while read -r inode size file && read -r now_inode now_size <&3; do
    [ "$inode $size" != "$now_inode $now_size" ] || continue
    [ "$inode" = "$now_inode" ] || size=0
    tail -c "+$((size + 1))" "$file" 2>/dev/null | head -c 4194304 | "${server}_trouble" | tail -n 20
  done <"$marks" 3<"$work/marks"
}

# prove DIRECTORY PORTS SECONDS GENERATION: waits until the server shows that it runs on the files as they are (G3).
# DIRECTORY: what remember_server kept from before the reload; PORTS: a file of "PROTOCOL:PORT"; GENERATION yes: new workers
# must have taken over.
prove() {
  local until verdict=waiting looks=0 beat
  tick
  until=$((now + $3 * 1000)) beat=$((now + 10000))
  old_workers=0 new_workers=0 server_alive=false failure='' owned='' owned_by='' trouble='' left=''
  while :; do
    look "$1" "$2" "$4"
    case $verdict in good | bad) break ;; esac
    tick
    [ "$now" -lt "$until" ] || break
    [ "$now" -lt "$beat" ] || { printf '{"event":"beat","atMs":%s}\n' "$now"; beat=$((now + 10000)); }
    sleep 0.01
  done
  # What it has, it has, whether it took the reload or not.
  [ -n "$owned_by" ] || [ -z "$master" ] || find_owned
  emit_proof "$2"
  [ "$verdict" = good ]
}

# look DIRECTORY PORTS GENERATION: one look; sets $verdict to good, bad or waiting, and $failure to why it is not good. While old
# workers go on, the logs are read at every sixteenth look only: a refusal takes seconds to become final. The ports are looked at as soon as
# there are new workers: a server has all that it will have before it starts them.
look() {
  local port missing=''
  verdict=waiting
  looks=$((looks + 1))
  { [ -n "$master" ] && alive "$master" "$master_start"; } || find_master
  if [ -z "$master" ]; then
    trouble=$(new_trouble "$1/logs")
    server_alive=false failure=server-died verdict=bad
    # Between two looks it may be replacing itself; a dead one stays dead.
    [ "${seen_dead:-0}" -ge 4 ] || { seen_dead=$((${seen_dead:-0} + 1)); verdict=waiting; }
    return
  fi
  seen_dead=0 server_alive=true
  workers >"$work/workers"
  count_workers "$1/workers"
  if [ "$3" = yes ] && ! "${server}_turned"; then
    failure='old-generation'
    [ "$new_workers" -eq 0 ] || find_owned
    [ $((looks % 16)) -eq 0 ] || return
    trouble=$(new_trouble "$1/logs")
    [ -z "$trouble" ] || { failure=reload-refused; "${server}_gave_up" && verdict=bad; }
    return
  fi
  trouble=$(new_trouble "$1/logs")
  find_owned
  while read -r port; do
    case $owned in *" $port "*) ;; *) missing=$port ;; esac
  done <"$2"
  if [ -n "$missing" ]; then
    owned_by=''
    failure='port-not-served'
    return
  fi
  # A port that was free at the second try is no longer a problem; anything else is.
  if [ -n "$trouble" ] && printf '%s' "$trouble" | grep -v 'bind()' | grep -q .; then
    failure=new-emergencies verdict=bad
    return
  fi
  find_left "$1/sockets"
  if [ -n "$left" ]; then
    failure=sockets-left
    return
  fi
  failure='' verdict=good
}

# find_left SOCKETS: in $left, sockets as "PROTOCOL:ADDRESS:PORT" that the server has although no configuration that it runs can need them: more
# than it had before (the lines in SOCKETS), and more than one of a kind. After a refused reload ($exact) one more is one too many.
find_left() {
  left=''
  "${server}_shares_ports" || return 0
  owned_ports "$master" "$work/each" >"$work/owned"
  left=$(awk -v exact="${exact:-}" '
    FILENAME == ARGV[1] { had[$0]++; port[$0] = 1; next }
    { has[$0]++ }
    END {
      for (key in has) {
        # A name that is looked up is a socket of UDP as well.
        if (key ~ /^udp/ && !(key in had)) continue
        if (has[key] > (exact || had[key] > 1 ? had[key] + 0 : 1)) printf "%s ", key
      }
    }' "$1" "$work/each")
}

# ports_of SOCKETS…: of "PROTOCOL:ADDRESS:PORT" words, as people write them.
ports_of() {
  local word list=''
  for word; do list="$list${list:+, }port ${word##*:}/${word%%:*}"; done
  echo "$list"
}

# find_owned: the ports of the server, in $owned. It is not asked again for the same master and new workers.
find_owned() {
  local port
  [ "$owned_by" != "$master $new_workers" ] || return 0
  owned_ports "$master" >"$work/owned"
  owned=' ' owned_by="$master $new_workers"
  while read -r port; do owned="$owned$port "; done <"$work/owned"
}

count_workers() { # FILE: how many of those in $work/workers are in it, and how many are not
  local known=' ' one
  new_workers=0 old_workers=0
  while read -r one; do known="$known$one "; done <"$1"
  while read -r one; do
    case $known in *" $one "*) old_workers=$((old_workers + 1)) ;; *) new_workers=$((new_workers + 1)) ;; esac
  done <"$work/workers"
}

# emit_unfree PORTS: an event for each that the server cannot get, with who has it. False when there is one.
emit_unfree() {
  local protocol port address inode
  unfree "$master" "$1" >"$work/unfree"
  while read -r protocol port address inode; do
    emit "\"taken\",\"step\":\"$current_step\",\"protocol\":\"$protocol\",\"port\":$port,\"address\":\"$address\",\"holder\":\"$(plain "$(name_of_inode "$inode")")\""
  done <"$work/unfree"
  [ ! -s "$work/unfree" ]
}

emit_proof() { # PORTS
  local port list='' is_owned who
  while read -r port; do
    is_owned=false who=''
    case $master-$owned in
      -*) ;;
      *" $port "*) is_owned=true ;;
    esac
    [ $is_owned = true ] || who=$(holder_of "${port%:*}" "${port#*:}")
    list="$list${list:+,}{\"protocol\":\"${port%:*}\",\"port\":${port#*:},\"owned\":$is_owned,\"holder\":\"$(plain "$who")\"}"
  done <"$1"
  emit "\"proof\",\"step\":\"$current_step\",\"masterPid\":${master:-null},\"alive\":$server_alive,\"oldWorkers\":$old_workers,\"newWorkers\":$new_workers,\"listeners\":[$list],\"text64\":\"$([ -z "$trouble" ] || printf '%s' "$trouble" | head -c $max_output_bytes | encode)\""
}
