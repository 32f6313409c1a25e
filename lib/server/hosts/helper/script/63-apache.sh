
apache_binary() { first_of /usr/sbin/apache2 /usr/sbin/httpd /usr/bin/httpd /usr/local/apache2/bin/httpd; }
apache_writes() { echo /var/lib/apache2 /var/cache/apache2 /var/cache/httpd; }
apache_names() { echo apache2 httpd; }
apache_shares_ports() { return 1; }

apache_main() {
  # shellcheck disable=SC2046
  first_of $(main_configs apache)
}

apache_pid_file() {
  first_of /run/apache2/apache2.pid /var/run/apache2/apache2.pid /run/httpd/httpd.pid /var/run/httpd/httpd.pid /run/apache2/httpd.pid /run/httpd.pid
}

# Debian's wrapper reads the variables that its config needs.
apache_command() {
  if [ -e /usr/sbin/apache2ctl ] && [ -e /etc/apache2/envvars ]; then echo /usr/sbin/apache2ctl; else apache_binary; fi
}

apache_test() { apache_as_told run 60 "$(apache_command)" -t; }

# apache_as_told COMMAND…: with the words that the running one was started with.
apache_as_told() {
  local name
  find_running
  [ -z "$run_prefix" ] || set -- "$@" -d "$run_prefix"
  [ -z "$run_told" ] || set -- "$@" -f "$run_main"
  for name in $run_defines; do set -- "$@" -D "$name"; done
  "$@"
}

# The wrapper's "graceful" starts a server that is not running; this one must not.
apache_reload() {
  kill -USR1 "$master" 2>"$work/out"
  code=$?
  truncated=false
  return $code
}

apache_unit() { case $(apache_binary) in */apache2) echo apache2 ;; *) first_unit httpd apache2 ;; esac; }

first_unit() { # Alpine's and SUSE's httpd is called apache2 by the service manager
  local unit
  for unit; do [ ! -e "/etc/init.d/$unit" ] && [ ! -e "/usr/lib/systemd/system/$unit.service" ] || { echo "$unit"; return; }; done
  echo "$1"
}

apache_start() { apache_as_told start_service "$(apache_unit)" "$(apache_command)" -k start; }
apache_stop() { stop_service "$(apache_unit)" "$1"; }

# Old children finish their requests in their own time.
apache_turned() { [ "$new_workers" -gt 0 ]; }

apache_trouble() { grep -aE "^\[[^]]*\] \[[a-z0-9_]*:(emerg|alert|crit)\] \[pid ${master:-[0-9]+}[]:]|AH00072|AH00451|AH00015|no listening sockets available"; }

apache_gave_up() { return 1; }
