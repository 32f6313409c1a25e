
nginx_binary() { first_of /usr/sbin/nginx /usr/local/sbin/nginx /usr/bin/nginx /usr/local/nginx/sbin/nginx; }
nginx_main() { echo /etc/nginx/nginx.conf; }
nginx_writes() { echo /var/lib/nginx /var/cache/nginx; }
nginx_names() { echo nginx; }
nginx_shares_ports() { return 1; }

nginx_pid_file() {
  local file
  file=$(sed -n '/^[[:space:]]*pid[[:space:]][[:space:]]*[^;]*;/{s/^[[:space:]]*pid[[:space:]][[:space:]]*\([^;]*\);.*/\1/p;q;}' /etc/nginx/nginx.conf 2>/dev/null)
  case $file in /*) echo "$file" ;; *) first_of /run/nginx.pid /var/run/nginx.pid /run/nginx/nginx.pid ;; esac
}

nginx_test() { nginx_as_told run 60 "$(nginx_binary)" -t; }

# nginx_as_told COMMAND…: with the words that the running one was started with.
nginx_as_told() {
  find_running
  [ -z "$run_told" ] || set -- "$@" -c "$run_main"
  [ -z "$run_prefix" ] || set -- "$@" -p "$run_prefix"
  [ -z "$run_globals" ] || set -- "$@" -g "$run_globals"
  "$@"
}

# nginx -s reload would parse everything once more only to find this process.
nginx_reload() {
  kill -HUP "$master" 2>"$work/out"
  code=$?
  truncated=false
  return $code
}

nginx_start() { nginx_as_told start_service nginx "$(nginx_binary)"; }
nginx_stop() { stop_service nginx "$1"; }

# Workers that were told to go say so in their title.
nginx_workers() {
  local child title
  children "$master"
  for child in $child_list; do
    title=''
    read -r title 2>/dev/null <"/proc/${child%:*}/cmdline" || :
    case $title in
      *'shutting down'*) ;;
      *'worker process'*) echo "$child" ;;
    esac
  done
}

nginx_turned() { [ "$new_workers" -gt 0 ] && [ "$old_workers" -eq 0 ]; }

# Lines of its own master only: request text in an access log cannot look like this.
nginx_trouble() { grep -aE "^[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9:]{8} \[(emerg|alert)\] ${master:-0}#"; }

# On a port that is taken it tries five times, half a second apart. Until then it may still succeed, and until then it would
# not take another reload.
nginx_gave_up() {
  case $trouble in
    *'still could not bind'*) return 0 ;;
    *'bind() to '*) return 1 ;;
  esac
}
