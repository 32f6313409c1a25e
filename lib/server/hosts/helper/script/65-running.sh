
# What the running server was told when it was started: its main configuration is read from there, not assumed. Every part that needs to
# know asks find_running, and nothing else does it.

# find_running: of $server, which find_master has looked for:
#   $run_main     the main configuration that it reads, empty when that cannot be told
#   $run_told     yes where the command line names it
#   $run_prefix   what relative paths start from, where the command line names it (-p, -d)
#   $run_adapter  Caddy: the form of that file, "json" where it names none and the file's name does not say Caddyfile
#   $run_resume   yes where Caddy goes on with what its API was told last
#   $run_globals  directives of the command line (nginx -g)
#   $run_defines  Apache's -D, each with a blank before it
# A server that does not run would read what its package was built with. Kept in $run_kept for the rest of the run.
find_running() {
  local kept="${run_kept:-$work}/running-$server" known
  run_main='' run_told='' run_prefix='' run_adapter='' run_resume='' run_globals='' run_defines='' run_unclear=''
  if [ -f "$kept" ]; then
    # shellcheck disable=SC2162
    for known in run_main run_told run_prefix run_adapter run_resume run_globals run_defines; do read -r $known || :; done <"$kept"
    return 0
  fi
  [ -n "${master+known}" ] || find_master
  [ -z "$master" ] || "${server}_told" "$master"
  [ -z "$run_main" ] || run_told=yes
  [ -n "$run_main" ] || [ -n "$run_unclear" ] || run_main=$("${server}_built")
  case $run_main in
    '' | /*) ;;
    *) run_main=$("${server}_base" "$master")/$run_main ;;
  esac
  case $run_main in *[!A-Za-z0-9._@+,=:/-]*) run_main='' ;; esac
  # The same file by another name.
  for known in $(main_configs "$server"); do [ ! "$run_main" -ef "$known" ] || run_main=$known; done
  printf '%s\n' "$run_main" "$run_told" "$run_prefix" "$run_adapter" "$run_resume" "$run_globals" "$run_defines" >"$kept" 2>/dev/null
}

# told_words PID: the words of its command line, one a line.
told_words() { tr '\000' '\n' <"/proc/$1/cmdline" 2>/dev/null | head -c 16384; }

# nginx writes its words into one title: "nginx: master process /usr/sbin/nginx -c FILE -g DIRECTIVES".
nginx_told() {
  local title
  title=$(told_words "$1" | tr '\n' ' ')
  case $title in
    'nginx: master process '*) title=${title#'nginx: master process '} ;;
    nginx:*) run_unclear=yes; return ;;
  esac
  # shellcheck disable=SC2086
  set -- $title
  # A title that had no room is cut: then the program's own name is not whole.
  case ${1:-} in */nginx | nginx | */openresty | openresty) shift ;; *) run_unclear=yes; return ;; esac
  while [ $# -gt 0 ]; do
    case $1 in
      -c) run_main=${2:-} ;;
      -c?*) run_main=${1#-c} ;;
      -p) run_prefix=${2:-} ;;
      -p?*) run_prefix=${1#-p} ;;
      -g) while [ $# -gt 1 ]; do case $2 in -[cpeg]) break ;; esac; run_globals="$run_globals${run_globals:+ }$2"; shift; done ;;
    esac
    shift
  done
}

apache_told() {
  local words="$IFS" flag value
  IFS=$newline
  # shellcheck disable=SC2046
  set -- $(told_words "$1")
  IFS=$words
  while [ $# -gt 1 ]; do
    shift
    case $1 in
      -[fdD]) flag=$1 value=${2:-}; [ $# -lt 2 ] || shift ;;
      -[fdD]?*) value=${1#-?} flag=${1%"$value"} ;;
      *) continue ;;
    esac
    case $flag in
      -f) run_main=$value ;;
      -d) run_prefix=$value ;;
      -D) case $value in *[!A-Za-z0-9_]*) ;; *) run_defines="$run_defines $value" ;; esac ;;
    esac
  done
  # A root of its own has a main configuration of its own.
  [ -z "$run_prefix" ] || [ -n "$run_main" ] || run_main=$run_prefix/$(apache_main_name)
}

caddy_told() {
  local words="$IFS" flag value
  IFS=$newline
  # shellcheck disable=SC2046
  set -- $(told_words "$1")
  IFS=$words
  while [ $# -gt 1 ]; do
    shift
    case $1 in
      --config | -config | -c | --adapter | -adapter | -a) flag=$1 value=${2:-}; [ $# -lt 2 ] || shift ;;
      --config=* | -config=* | --adapter=* | -adapter=*) flag=${1%%=*} value=${1#*=} ;;
      --resume | -resume | -r) run_resume=yes; continue ;;
      *) continue ;;
    esac
    case $flag in
      *a | *adapter) run_adapter=$value ;;
      *) run_main=$value ;;
    esac
  done
  case $run_main in
    -) run_main='' run_unclear=yes ;;
    '') run_main=Caddyfile ;;
  esac
  case $run_adapter-${run_main##*/} in
    -*Caddyfile* | -*.caddyfile) run_adapter=caddyfile ;;
    -*) run_adapter=json ;;
  esac
}

# X_built: the main configuration that the program reads unless it is told otherwise.
nginx_built() {
  local file
  file=$("$(nginx_binary)" -V 2>&1 </dev/null | tr ' ' '\n' | sed -n 's/^--conf-path=//p')
  echo "${file:-/etc/nginx/nginx.conf}"
}
apache_built() {
  # shellcheck disable=SC2046
  first_of $(main_configs apache)
}
caddy_built() { echo /etc/caddy/Caddyfile; }

# X_base PID: where a relative name of the main configuration starts.
nginx_base() {
  [ -z "$run_prefix" ] || { echo "${run_prefix%/}"; return; }
  "$(nginx_binary)" -V 2>&1 </dev/null | tr ' ' '\n' | sed -n 's:^--prefix=::p'
}
apache_base() {
  [ -z "$run_prefix" ] || { echo "${run_prefix%/}"; return; }
  case $(apache_binary) in */apache2) echo /etc/apache2 ;; *) echo /etc/httpd ;; esac
}
caddy_base() { readlink "/proc/$1/cwd" 2>/dev/null; }

apache_main_name() { case $(apache_binary) in */apache2) echo apache2.conf ;; *) echo conf/httpd.conf ;; esac; }

# other_instances: "PID" of the other masters of this server that share our files and network.
other_instances() {
  local pid names
  names=" $("${server}_names") "
  [ -s "$work/processes" ] || snapshot
  awk -v names="$names" -v first="$master" '
    { parent[$1] = $2; name[$1] = $4; order[NR] = $1 }
    function limited(p, up) { for (; (p in name) && up < 9; up++) { if (name[p] == "timeout") return 1; p = parent[p] } return 0 }
    END {
      for (i = 1; i <= NR; i++) {
        p = order[i]
        if (p != first && index(names, " " name[p] " ") && name[parent[p]] != name[p] && !limited(p, 0)) print p
      }
    }' "$work/processes" >"$work/instances"
  while read -r pid; do
    ! here "$pid" || echo "$pid"
  done <"$work/instances" | head -n 20
}
