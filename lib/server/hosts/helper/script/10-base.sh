#!/bin/sh
# Gatehouse helper: everything that needs root on a host, in one POSIX shell script (dash, busybox ash and bash run it).
#
# One run is one request. It comes on stdin: a header of exactly 160 bytes, then a blob whose length and SHA-256 the header
# states. Answers go to stdout, one JSON object per line. Free text inside them is base64, so no tool can forge an event.
# No word of a request is ever run, and every path is checked against a fixed list of places before it is touched.
#
# Everything is a function until the last line: a copy that was cut short does nothing.
# shellcheck shell=sh disable=SC3043,SC3013,SC2034,SC2154,SC2012,SC2015
# ("local" and "-ef" are understood by every shell named above; variables are shared between the parts; what ls prints is
# taken apart only where /proc made the names; "A && B || C" is meant as it reads.)

helper_version='1.0.0'
state_root=/var/lib/gatehouse
max_blob_bytes=33554432
max_manifest_bytes=8388608
max_output_bytes=65536

# A clean start whatever the caller's environment was.
prepare() {
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  LC_ALL=C
  export PATH LC_ALL
  unset ENV BASH_ENV CDPATH GREP_OPTIONS POSIXLY_CORRECT TMPDIR LD_PRELOAD LD_LIBRARY_PATH
  IFS=' 	
'
  umask 077
  set -u
  set -f
  newline='
'
  server='' layout='' apply_id='' log_file='' lock_held='' journal='' current_step='' work='' files_only='' testing='' waiting='' sweep_after='' exact='' run_kept='' confine='' slowest_seconds=0 took_seconds=0 beater=''
  read -r boot_id </proc/sys/kernel/random/boot_id 2>/dev/null || boot_id=unknown
  case $boot_id in *[!A-Za-z0-9-]*) boot_id=unknown ;; esac
  read_process "$$"
  self_start=$process_start
}

# Whether the process PID that started at START is still the same one.
alive() { # alive PID START
  read_process "$1" && [ "$process_start" = "$2" ]
}

# read_process PID: $process_name, $process_parent and $process_start, without another process. False when it is no more. The start is
# field 22, in clock ticks since boot; it names a process for good together with its id.
read_process() {
  local line
  read -r line 2>/dev/null <"/proc/$1/stat" || return 1
  process_name=${line#*'('}
  process_name=${process_name%') '*}
  line=${line##*') '}
  case $line in Z* | X*) return 1 ;; esac
  # shellcheck disable=SC2086
  set -- $line
  process_parent=$2
  shift 19
  process_start=$1
}

# Who this process acts as.
is_root() {
  local word real effective
  while read -r word real effective _; do
    [ "$word" != Uid: ] || { [ "$effective" = 0 ]; return; }
  done <"/proc/$$/status"
  return 1
}

# The monotonic clock, in milliseconds, into $now.
tick() {
  local up cents
  read -r up _ </proc/uptime
  cents=${up#*.}
  now=$((${up%.*} * 1000 + 1$cents * 10 - 1000))
}

have() { command -v "$1" >/dev/null 2>&1; }

# stdin as one line of base64; the same of a file, into $encoded.
if command -v base64 >/dev/null 2>&1; then
  encode() { base64 | tr -d '\n'; }
  encode_file() { unfold "$(base64 <"$1")"; }
else
  encode() { openssl base64 -A; }
  encode_file() { unfold "$(openssl base64 <"$1")"; }
fi

unfold() { # TEXT: its lines as one, in $encoded, without another process
  local words="$IFS"
  IFS=$newline
  # shellcheck disable=SC2086
  set -- $1
  IFS=''
  encoded="$*"
  IFS=$words
}

# Safe for a JSON string: anything unusual becomes "_".
plain() {
  case $1 in
    *[!A-Za-z0-9._:@+/,-]*) printf '%s' "$1" | tr -c 'A-Za-z0-9._:@+/,-' _ ;;
    *) printf '%s' "$1" ;;
  esac
}

# emit BODY: one event, to the caller and to the journal of the apply at hand.
emit() {
  [ -z "$log_file" ] || printf '{"event":%s}\n' "$1" >>"$log_file"
  printf '{"event":%s}\n' "$1"
}

# begin and end frame one run; they do not go to the journal. An installed helper says which text it is.
emit_begin() {
  local sum=''
  case $0 in */*) sum=$(sha256sum <"$0") ;; esac
  epoch=$(date +%s)
  tick
  printf '\n{"event":"begin","protocol":1,"nonce":"%s","helper":"%s","verb":"%s","bootId":"%s","atMs":%s,"epochSeconds":%s%s}\n' \
    "$1" "$helper_version" "$2" "$boot_id" "$now" "$epoch" "${sum:+,\"sha256\":\"${sum%% *}\"}"
}

# finish OUTCOME: the last event; leaves. Its reader may ask the next thing at once, so the lock is free by then, and what need not be
# waited for comes after it.
finish() {
  tick
  log_file=''
  drop_lock
  printf '{"event":"end","outcome":"%s","atMs":%s}\n' "$1" "$now"
  [ -z "$sweep_after" ] || sweep
  exit 0
}

step() { # step NAME STATUS [REASON]
  current_step=$1
  tick
  emit "\"step\",\"name\":\"$1\",\"status\":\"$2\",\"atMs\":$now${3:+,\"reason\":\"$3\"}"
}

# error CODE [PATH] [TEXT]
error() {
  local text=''
  [ -z "${3:-}" ] || text=$(printf '%s' "$3" | head -c $max_output_bytes | encode)
  emit "\"error\",\"code\":\"$1\"${current_step:+,\"step\":\"$current_step\"}${2:+,\"path\":\"$2\"}${text:+,\"text64\":\"$text\"}"
}

warning() { # warning CODE [PATH] [TEXT]
  local text=''
  [ -z "${3:-}" ] || text=$(printf '%s' "$3" | head -c $max_output_bytes | encode)
  emit "\"warning\",\"code\":\"$1\"${2:+,\"path\":\"$2\"}${text:+,\"text64\":\"$text\"}"
}

refuse() { # refuse CODE [PATH] [TEXT]: nothing was changed, and nothing will be
  error "$@"
  finish refused
}

# run SECONDS COMMAND…: at most $max_output_bytes of its output in $work/out, its exit code in $code, $truncated.
# The rest of the output is read and dropped, so that a talkative tool is neither blocked nor killed. The lock is not passed
# on: it must die with this process.
run() {
  local limit="$1" rest=0
  shift
  {
    # shellcheck disable=SC2086
    timeout -k 5 "$limit" $confine "$@" </dev/null 2>&1 9>&-
    echo $? >"$work/code"
  } | {
    head -c $max_output_bytes >"$work/out"
    exec wc -c >"$work/rest"
  }
  read -r code <"$work/code"
  read -r rest <"$work/rest"
  truncated=false
  [ "$rest" -eq 0 ] || truncated=true
}

emit_output() { # emit_output TOOL: what run left
  encode_file "$work/out"
  emit "\"output\",\"step\":\"$current_step\",\"tool\":\"$1\",\"exitCode\":$code,\"truncated\":$truncated,\"text64\":\"$encoded\""
}

# without FILE OTHER: lines of OTHER that are not in FILE. (What grep makes of an empty list of patterns depends on the grep.)
without() { awk 'FILENAME == ARGV[1] { known[$0] = 1; next } !($0 in known)' "$1" "$2"; }

# flush PATH…: returns when they are on the disk. Where sync takes no files, everything is written.
flush() { sync "$@" 2>/dev/null || sync; }

# flush_tree DIRECTORY…: likewise everything below them.
flush_tree() { find "$@" '(' -type f -o -type d ')' -print | xargs sync 2>/dev/null || sync; }

# A private directory in memory where there is one, so that a full disk does not keep us from telling about it.
make_work() {
  local base
  for base in /run /dev/shm /tmp /var/tmp; do
    [ -d "$base" ] && work=$(mktemp -d "$base/gatehouse.XXXXXX" 2>/dev/null) || { work=''; continue; }
    # A full one lets a directory be made, and nothing in it.
    { head -c 262144 /dev/zero >"$work/room" && echo "$$ $self_start" >"$work/owner"; } 2>/dev/null && rm "$work/room" && break
    rm -rf "$work"
    work=''
  done
  [ -n "$work" ] || return 1
  trap leave EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 141' PIPE
}

leave() {
  # A test that nobody waits for now.
  [ -z "$testing" ] || kill -KILL "$testing" 2>/dev/null
  stop_beating
  drop_lock
  case $work in */gatehouse.??????) rm -rf "$work" ;; esac
}

# sweep: directories of runs that were killed, and journals that are over for a month.
sweep() {
  local dir pid start
  find /run /dev/shm /tmp /var/tmp -maxdepth 1 -type d -user 0 -name 'gatehouse.??????' 2>/dev/null | while read -r dir; do
    if read -r pid start 2>/dev/null <"$dir/owner"; then
      alive "$pid" "$start" || rm -rf "$dir"
    else
      # Just made, or its maker died in between.
      [ -z "$(find "$dir" -maxdepth 0 -mmin +10)" ] || rm -rf "$dir"
    fi
  done
  find $state_root -maxdepth 1 -type d -mtime +30 -name '?*' ! -path $state_root | while read -r dir; do
    # What was taken from others is kept until somebody clears it away; and what could not be undone is all that is left of the old files.
    is_open "$dir" || [ -d "$dir/taken" ] || [ "$state_word" = restore-failed ] || rm -rf "$dir"
  done
}

# The text of this script: read by the loader of direct mode, or the file that was started.
own_text() {
  case $0 in
    */*) cat "$0" ;;
    *) printf '%s\n' "$s" ;;
  esac
}
