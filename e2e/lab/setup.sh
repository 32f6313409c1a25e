#!/bin/sh
# Makes one host out of a fresh root: runs once, chrooted into it, before the first boot.
# Arguments: name, address, user, sudo rule (nopasswd, password or none), servers…; authorised public keys on stdin.
set -eu
name=$1 address=$2 user=$3 sudo=$4
shift 4

echo "$name" >/etc/hostname
printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s.lab.test %s\n%s\t%s.lab.test\n' "$name" "$name" "$address" "$name" >/etc/hosts
rm -f /etc/resolv.conf
: >/etc/resolv.conf

for type in ed25519 ecdsa; do
  ssh-keygen -q -t "$type" -N '' -C "root@$name" -f "/etc/ssh/ssh_host_${type}_key"
done
printf 'PasswordAuthentication no\nPermitRootLogin prohibit-password\n' >/etc/ssh/sshd_config.d/lab.conf

if [ "$user" != root ]; then
  useradd --create-home --shell /bin/bash --password '*' "$user"
  case $sudo in
    nopasswd) rule='NOPASSWD: ALL' ;;
    password) rule='ALL' ;;
    none) rule= ;;
  esac
  [ -z "$rule" ] || (umask 227 && echo "$user ALL=(ALL:ALL) $rule" >"/etc/sudoers.d/$user")
fi
home=$(getent passwd "$user" | cut -d: -f6)
install -d -m 700 -o "$user" -g "$user" "$home/.ssh"
(umask 077 && cat >"$home/.ssh/authorized_keys")
chown "$user:" "$home/.ssh/authorized_keys"

# Several servers on one host: the first keeps port 80, the others move aside, as their owner would have had to do.
port=80
for server; do
  if [ "$port" != 80 ]; then
    case $server in
      nginx) sed -i "s/\(listen .*\)\b80\b/\1$port/" /etc/nginx/sites-available/default ;;
      apache)
        sed -i "s/^Listen 80$/Listen $port/" /etc/apache2/ports.conf
        sed -i "s/:80>/:$port>/" /etc/apache2/sites-available/000-default.conf
        ;;
      caddy) sed -i "s/^:80 /:$port /" /etc/caddy/Caddyfile ;;
    esac
  fi
  case $port in 80) port=8080 ;; *) port=$((port + 1)) ;; esac
done
