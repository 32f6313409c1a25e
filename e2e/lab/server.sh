#!/bin/sh
# Starts or stops a web server exactly as its Debian unit does; there is no systemd on a lab host.
set -eu
action=$1 server=$2
cd /

until_true() { # until_true COMMAND…: for up to ten seconds
  tries=500
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.02
  done
}
gone() { ! pgrep -x "$1" >/dev/null; }
caddy_answers() { curl -fs -o /dev/null http://localhost:2019/config/; }

case $server-$action in
  nginx-start)
    /usr/sbin/nginx -t -q -g 'daemon on; master_process on;'
    /usr/sbin/nginx -g 'daemon on; master_process on;'
    ;;
  nginx-stop)
    /usr/sbin/nginx -s quit
    until_true gone nginx
    ;;
  apache-start) APACHE_STARTED_BY_SYSTEMD=true /usr/sbin/apachectl start ;;
  apache-stop)
    APACHE_STARTED_BY_SYSTEMD=true /usr/sbin/apachectl stop
    until_true gone apache2
    ;;
  caddy-start)
    # The unit's User= and AmbientCapabilities=; its journal is a file here.
    HOME=/var/lib/caddy setsid setpriv --reuid=caddy --regid=caddy --init-groups \
      --inh-caps=+net_bind_service --ambient-caps=+net_bind_service \
      /usr/bin/caddy run --environ --config /etc/caddy/Caddyfile </dev/null >>/var/log/caddy/journal.log 2>&1 &
    until_true caddy_answers
    ;;
  caddy-stop)
    pkill -TERM -x caddy
    until_true gone caddy
    ;;
  *)
    echo "server.sh: cannot $action $server" >&2
    exit 2
    ;;
esac
