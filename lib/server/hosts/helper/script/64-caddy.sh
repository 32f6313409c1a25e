
caddy_binary() { first_of /usr/bin/caddy /usr/local/bin/caddy /usr/sbin/caddy; }
caddy_main() { echo /etc/caddy/Caddyfile; }
caddy_writes() { echo /var/lib/caddy; }
caddy_names() { echo caddy; }
# It sets SO_REUSEPORT. A reload that it refuses leaves the sockets behind that it had opened by then, and on those it goes on serving what it has
# refused, beside the configuration that it says it runs (caddyserver/caddy #7175, seen with 2.6.2). Only a restart ends that.
caddy_shares_ports() { return 0; }
caddy_pid_file() { echo /run/caddy.pid; }

caddy_test() { as_caddy 60 '' validate --config /etc/caddy/Caddyfile --adapter caddyfile; }

# Without --force it takes a certificate that was replaced for an unchanged config.
caddy_reload() {
  as_caddy 60 '' reload --config /etc/caddy/Caddyfile --adapter caddyfile --force
  return "$code"
}

# Where no service manager does it, as the account of its package, as that would: not as root.
caddy_start() {
  local home
  home=$(awk -F : '$1 == "caddy" { print $6 }' /etc/passwd)
  set -- "$(caddy_binary)" start --config /etc/caddy/Caddyfile --adapter caddyfile
  if [ -n "$home" ] && setpriv --reuid=caddy --regid=caddy --init-groups --inh-caps=+net_bind_service --ambient-caps=+net_bind_service true 2>/dev/null; then
    set -- env HOME="$home" setpriv --reuid=caddy --regid=caddy --init-groups --inh-caps=+net_bind_service --ambient-caps=+net_bind_service "$@"
  fi
  start_service caddy "$@"
}

caddy_stop() { stop_service caddy "$1"; }

# The reload command answers only when the new config runs; there is one process, and no generation to see.
caddy_turned() { return 0; }
caddy_trouble() { cat >/dev/null; }
caddy_gave_up() { return 1; }
