#!/bin/sh
# PID 1 of a host: starts what its Debian units would start, says so, then only reaps.
pid=$1
shift
find /tmp -mindepth 1 -delete
mkdir -p /run/lock /run/sshd
{
  /usr/sbin/sshd
  for server; do
    sh /run/lab/server.sh start "$server" || echo "$server does not start"
  done
} >/run/lab/boot.log 2>&1
echo "ready $pid"
exec >/dev/null 2>&1
while :; do
  sleep 86400 &
  wait
done
