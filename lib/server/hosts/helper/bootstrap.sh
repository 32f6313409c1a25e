#!/bin/sh
# Lets a Gatehouse dashboard manage the web server configuration of this machine. Read it, then run it as root.
#
# It makes: an account that can do nothing but run the helper, the helper itself (below, readable), the rule that lets the
# account run it as root, and the account's key with a forced command. It changes nothing else. To take it back: --remove.
# shellcheck shell=sh
set -eu
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
account=gatehouse
home=/var/lib/gatehouse-login
helper=/usr/local/lib/gatehouse/helper
key='@PUBLIC_KEY@'

have() { command -v "$1" >/dev/null 2>&1; }
say() { echo "gatehouse: $*"; }
fail() {
  echo "gatehouse: $*" >&2
  exit 1
}

make_account() {
  if ! id "$account" >/dev/null 2>&1; then
    if have useradd; then
      useradd --system --home-dir "$home" --no-create-home --shell /bin/sh "$account"
    else
      adduser -S -D -H -h "$home" -s /bin/sh "$account"
    fi
  fi
  # No password fits, and still not "locked", which sshd would refuse.
  if have usermod; then usermod -p '*' "$account"; else sed -i "s/^$account:!:/$account:*:/" /etc/shadow; fi
}

# The account cannot change its own keys: all of it belongs to root.
install_key() {
  mkdir -p "$home/.ssh"
  chown -R 0:0 "$home"
  chmod 755 "$home" "$home/.ssh"
  if have sudo; then runner='sudo -n'; else runner='doas -n'; fi
  echo "restrict,command=\"$runner $helper\" $key" >"$home/.ssh/authorized_keys.new"
  chmod 644 "$home/.ssh/authorized_keys.new"
  mv -f "$home/.ssh/authorized_keys.new" "$home/.ssh/authorized_keys"
}

install_rule() {
  if have sudo; then
    # The empty string allows no argument at all.
    printf 'Defaults!%s env_reset, !requiretty\n%s ALL=(root) NOPASSWD: %s ""\n' "$helper" "$account" "$helper" >/etc/sudoers.d/.gatehouse.new
    chmod 440 /etc/sudoers.d/.gatehouse.new
    ! have visudo || visudo -cqf /etc/sudoers.d/.gatehouse.new || fail 'sudo does not accept the rule'
    mv -f /etc/sudoers.d/.gatehouse.new /etc/sudoers.d/gatehouse
  elif have doas; then
    mkdir -p /etc/doas.d
    echo "permit nopass $account as root cmd $helper args" >/etc/doas.d/gatehouse.conf
    chmod 600 /etc/doas.d/gatehouse.conf
  else
    fail 'this needs sudo or doas'
  fi
}

install_helper() {
  mkdir -p "${helper%/*}"
  chmod 755 "${helper%/*}"
  print_helper >"$helper.new"
  chown 0:0 "$helper.new"
  chmod 755 "$helper.new"
  mv -f "$helper.new" "$helper"
}

# After a power cut in the middle of an apply the old files are back before a web server reads them.
install_boot_unit() {
  [ -d /etc/systemd/system ] && have systemctl || return 0
  cat >/etc/systemd/system/gatehouse-recover.service <<'UNIT'
[Unit]
Description=Put back web server files that an interrupted Gatehouse apply left behind
ConditionPathExists=/var/lib/gatehouse
RequiresMountsFor=/var/lib/gatehouse
Before=nginx.service apache2.service httpd.service caddy.service

[Service]
Type=oneshot
ExecStart=/usr/local/lib/gatehouse/helper --boot

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload 2>/dev/null || :
  systemctl enable gatehouse-recover.service >/dev/null 2>&1 || :
}

remove_all() {
  ! have systemctl || systemctl disable gatehouse-recover.service >/dev/null 2>&1 || :
  rm -f /etc/systemd/system/gatehouse-recover.service /etc/sudoers.d/gatehouse /etc/doas.d/gatehouse.conf
  rm -rf "$home" "${helper%/*}"
  if id "$account" >/dev/null 2>&1; then
    # Its sessions end with it.
    ! have pkill || pkill -KILL -u "$account" || :
    sleep 0.2
    if have userdel; then userdel "$account"; else deluser "$account"; fi
  fi
  say 'removed. Web server files and /var/lib/gatehouse are left as they are.'
}

main() {
  [ "$(id -u)" = 0 ] || fail 'run this as root'
  case ${1:-} in
    --remove)
      remove_all
      return
      ;;
    '') ;;
    *) fail "unknown argument: $1" ;;
  esac
  make_account
  install_helper
  install_rule
  install_key
  install_boot_unit
  say "ready. Let the dashboard connect as $account."
}

print_helper() {
  cat <<'@END_OF_HELPER@'
@HELPER@
@END_OF_HELPER@
}

main "$@"
