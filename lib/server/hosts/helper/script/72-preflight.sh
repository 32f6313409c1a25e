
# preflight DIRECTORY: the host's own test, without touching anything live (G2): first the tree as it is (G7), then with the
# entries of DIRECTORY. In a private mount namespace the web server sees the proposed files at their real paths; where the
# system does not allow that, a copy with rewritten paths is tested, and the events say so. Sets $baseline and $passed.
preflight() {
  if beating end_shielded; then
    baseline=$first_passed passed=$last_passed
  else
    test_copy baseline "$1"
    baseline=$passed
    test_copy candidate "$1"
  fi
}

# begin_preflight: the first way, beside what else there is to do: it tests the tree as it is, and then waits for the candidate, which
# will be in $work/changes. It ends by itself with this process.
begin_preflight() {
  have unshare && mkfifo "$work/next" || return 1
  # Neither end waits for the other one to be opened.
  exec 8<>"$work/next"
  exec 7<"$work/next"
  begin_shielded baseline candidate
  waiting=yes
}

# show_candidate: $work/changes is complete, and does not change until preflight.
show_candidate() {
  echo candidate >&8
  exec 8>&-
  waiting=''
}

# test_live live|restored: the files as they are on the disk now. A test makes files of its own (PID, logs), which a running
# server has already, and one that is to be started would have to find as it left them.
test_live() {
  if [ -z "$master" ] && have unshare && exec 7</dev/null && begin_shielded "$1" && beating measured end_shielded; then
    passed=$last_passed
  else
    beating measured "${server}_test"
    judge "$1" live
  fi
}

# begin_shielded TREE…: tests them in the background, in a sealed world. The candidate waits for a word on descriptor 7.
begin_shielded() {
  [ -f "$work/helper.sh" ] || own_text >"$work/helper.sh"
  [ "$server" != caddy ] || caddy_variables
  set -- sh "$work/helper.sh" --shielded "$server" "$work" "$@"
  (
    # A number space of its own ends as a whole with its first process; not every unshare ends that one with itself.
    if unshare -m -p -i --kill-child true; then exec unshare -m -p -i --kill-child "$@"; else exec unshare -m "$@"; fi
  ) <&7 7<&- 8>&- 9>&- 2>/dev/null >"$work/shielded" &
  testing=$!
  exec 7<&-
}

# end_shielded: its verdicts; false when there are none.
end_shielded() {
  local line pid="$testing"
  testing=''
  [ -n "$pid" ] && wait "$pid" || return 1
  first_passed='' last_passed=''
  while read -r line; do
    case $line in
      '{"event":'*'"passed":true'*) last_passed=yes ;;
      '{"event":'*'"passed":false'*) last_passed=no ;;
      *) continue ;;
    esac
    line=${line#'{"event":'}
    emit "${line%'}'}"
    : "${first_passed:=$last_passed}"
  done <"$work/shielded"
  [ -n "$last_passed" ]
}

judge() { # TREE METHOD: of what was just run
  local verdict=false
  passed=no
  [ "$code" -ne 0 ] || { passed=yes verdict=true; }
  encode_file "$work/out"
  emit "\"tested\",\"tree\":\"$1\",\"method\":\"$2\",\"passed\":$verdict,\"exitCode\":$code,\"truncated\":$truncated,\"text64\":\"$encoded\""
}

# Inside the sealed world.
shielded() { # SERVER DIRECTORY TREE…
  local tree given="$2"
  server=$1 current_step=preflight work=$2 run_kept=$2
  # Which of them runs, and how, is not seen from inside.
  find_running
  shift 2
  seal "$given" || exit 3
  work=/tmp/gatehouse
  mkdir "$work" || exit 3
  find_confine
  for tree; do
    [ "$tree" != candidate ] || { read -r _ && put_candidate '' "$given/changes"; } || exit 3
    "${server}_test"
    judge "$tree" namespace
  done
  exit 0
}

# put_candidate ROOT DIRECTORY: the entries of DIRECTORY under ROOT.
put_candidate() {
  local where files
  list_files "$2" "$1"
  # shellcheck disable=SC2086
  while read -r where files; do mkdir -p $files && chmod 755 $files || return 1; done <"$work/dirs"
  # shellcheck disable=SC2086
  while read -r where files; do rm -f $files || return 1; done <"$work/cleared"
  make_files "$2"
}

# The second way: a copy under another root, with the absolute paths in its files rewritten to match.
test_copy() { # TREE DIRECTORY
  local copy="$work/copy" root
  rm -rf "$copy"
  mkdir -p "$copy/etc" "$copy/var" "$copy/run"
  for root in $(config_roots "$server") /etc/gatehouse; do
    [ ! -d "$root" ] || { mkdir -p "$copy${root%/*}" && cp -a "$root" "$copy$root"; }
  done
  (cd / && find var/log -type d 2>/dev/null | head -n 1000 | while read -r root; do mkdir -p "$copy/$root"; done)
  [ "$1" != candidate ] || put_candidate "$copy" "$2" || { code=1 truncated=false; echo 'the copy could not be made' >"$work/out"; }
  find "$copy/etc" -type f -size -2048k ! -name '*.key' ! -name '*.crt' ! -name '*.pem' -exec sed -i \
    -e "s:/etc/nginx:$copy/etc/nginx:g" -e "s:/etc/apache2:$copy/etc/apache2:g" -e "s:/etc/httpd:$copy/etc/httpd:g" \
    -e "s:/etc/caddy:$copy/etc/caddy:g" -e "s:/etc/gatehouse:$copy/etc/gatehouse:g" -e "s:/var/log/:$copy/var/log/:g" {} +
  # Enabling links may name their files by absolute path.
  find "$copy/etc" -type l | while read -r root; do
    target=$(readlink "$root")
    case $target in /etc/nginx/* | /etc/apache2/* | /etc/httpd/* | /etc/caddy/*) ln -sfn "$copy$target" "$root" ;; esac
  done
  # The tool opens what the candidate names: logs, above all. It reads like root and writes like nobody.
  if ! find_reader; then
    code=1 truncated=false
    echo 'This host can test a configuration neither in namespaces (unshare) nor without the powers of root (setpriv).' >"$work/out"
    judge "$1" copy
    return
  fi
  chown -R "$reader" "$copy"
  case $server in
    nginx)
      sed -i '/^[[:space:]]*pid[[:space:]]/d' "$copy/etc/nginx/nginx.conf"
      run 60 "$(nginx_binary)" -t -c "$copy/etc/nginx/nginx.conf" -g "pid $copy/run/nginx.pid;"
      ;;
    apache)
      case $(apache_command) in
        */apache2ctl) run 60 env APACHE_CONFDIR="$copy/etc/apache2" /usr/sbin/apache2ctl -t ;;
        *) run 60 "$(apache_binary)" -t -d "$(copied_root "$copy")" -f "$copy$(apache_main)" ;;
      esac
      ;;
    caddy) run 60 env HOME="$copy/run" XDG_DATA_HOME="$copy/run" XDG_CONFIG_HOME="$copy/run" "$(caddy_binary)" validate --config "$copy/etc/caddy/Caddyfile" --adapter caddyfile ;;
  esac
  confine=''
  sed -i "s:$copy::g" "$work/out"
  judge "$1" copy
}

copied_root() { case $(apache_main) in /etc/httpd/*) echo "$1/etc/httpd" ;; *) echo "$1/etc/apache2" ;; esac; }
