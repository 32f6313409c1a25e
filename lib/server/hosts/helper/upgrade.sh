#!/bin/sh
# Brings the Gatehouse helper of this machine up to date. Read it, then run it as root. It replaces that one file and nothing else: the account, its
# key and its rule stay as they are. It is the same text for every machine, and holds no secret.
# shellcheck shell=sh
set -eu
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
helper=/usr/local/lib/gatehouse/helper
wanted=@SHA256@

fail() {
  echo "gatehouse: $*" >&2
  exit 1
}

main() {
  [ "$(id -u)" = 0 ] || fail 'run this as root'
  [ -f "$helper" ] || fail 'there is no helper on this machine; run the bootstrap script of its page in the dashboard'
  [ "$(sum "$helper")" != "$wanted" ] || { echo 'gatehouse: the helper is up to date already.'; return; }
  print_helper >"$helper.new"
  [ "$(sum "$helper.new")" = "$wanted" ] || { rm -f "$helper.new"; fail 'this script was changed on its way; nothing was replaced'; }
  chown 0:0 "$helper.new"
  chmod 755 "$helper.new"
  mv -f "$helper.new" "$helper"
  echo 'gatehouse: the helper is up to date now. The dashboard sees it at its next check of the host.'
}

sum() { sha256sum <"$1" | cut -d ' ' -f 1; }

print_helper() {
  cat <<'@END_OF_HELPER@'
@HELPER@
@END_OF_HELPER@
}

main "$@"
