
# preflight DIRECTORY: the host's own test, without touching anything live (G2): first the tree as it is (G7), then with the
# entries of DIRECTORY. In a private mount namespace the web server sees the proposed files at their real paths; where the
# system does not allow that, a copy with rewritten paths is tested, and the events say so. Sets $baseline and $passed.
preflight() {
  if end_shielded; then
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

# show_candidate: $work/changes is complete, and does not change any more until preflight.
show_candidate() {
  echo candidate >&8
  exec 8>&-
  waiting=''
}

# test_live live|restored: the files as they are on the disk now. A test makes files of its own (PID, logs), which a running
# server has already, and one that is to be started would have to find as it left them.
test_live() {
  if [ -z "$master" ] && have unshare && exec 7</dev/null && begin_shielded "$1" && end_shielded; then
    passed=$last_passed
  else
    "${server}_test"
    judge "$1" live
  fi
}

# begin_shielded TREE…: tests them in the background. The candidate waits for a word on descriptor 7.
begin_shielded() {
  [ -f "$work/helper.sh" ] || own_text >"$work/helper.sh"
  hidden_place
  unshare -m sh "$work/helper.sh" --shielded "$server" "$hidden" "$work" "$@" <&7 7<&- 8>&- 9>&- 2>/dev/null >"$work/shielded" &
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

# A directory that no web server reads, as a place for layers: not the one that our own files are in.
hidden_place() { # sets $hidden
  for hidden in /mnt /media /tmp; do
    case $work in "$hidden"/*) continue ;; esac
    [ ! -d "$hidden" ] || return 0
  done
  hidden=''
}

# Inside the namespace: everything that a test run may write to is covered by a layer that goes away with this process.
shielded() { # SERVER PLACE DIRECTORY TREE…
  local dir tree n=0 directory="$3"
  server=$1 current_step=preflight layers=$2 work=$3
  find_running
  shift 3
  mount --make-rprivate / 2>/dev/null
  [ -d "$layers" ] && mount -t tmpfs -o mode=700 none "$layers" || exit 3
  # What is written there later is seen here: below a layer that would not be certain.
  mkdir "$layers/work" "$layers/given" && mount --bind "$directory" "$layers/given" || exit 3
  for dir in /run /var/run /var/log /etc $("${server}_writes"); do
    [ -d "$dir" ] && [ ! -L "$dir" ] || continue
    n=$((n + 1))
    cover "$dir" "$layers/$n" || exit 3
  done
  work=$layers/work
  for tree; do
    [ "$tree" != candidate ] || { read -r _ && put_candidate '' "$layers/given/changes"; } || exit 3
    "${server}_test"
    judge "$tree" namespace
  done
  exit 0
}

cover() { # DIR LAYER
  mkdir "$2" "$2/upper" "$2/work" || return 1
  if [ "$1" = /etc ]; then
    # Containers have single files mounted there: they stay visible.
    mkdir "$2/real" && mount --rbind /etc "$2/real" || return 1
  fi
  mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" none "$1" || return 1
  [ "$1" = /etc ] || return 0
  local point
  while read -r _ point _; do
    case $point in "$2"/real/*) mount --bind "$point" "/etc${point#"$2/real"}" 2>/dev/null ;; esac
  done </proc/self/mounts
  return 0
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
    caddy) run 60 env HOME="$work" XDG_DATA_HOME="$work" XDG_CONFIG_HOME="$work" "$(caddy_binary)" validate --config "$copy/etc/caddy/Caddyfile" --adapter caddyfile ;;
  esac
  sed -i "s:$copy::g" "$work/out"
  judge "$1" copy
}

copied_root() { case $(apache_main) in /etc/httpd/*) echo "$1/etc/httpd" ;; *) echo "$1/etc/apache2" ;; esac; }
