
# pairs: what the certificates that sites name are worth, before a server is told to load them, and whether the server has loaded what is on the disk.
# Reads only, and tells nothing of a key but whether it belongs to its certificate.
verb_pairs() {
  local cert key port names
  [ -n "$server" ] || refuse bad-request
  have openssl || { warning openssl-missing; finish 'done'; }
  find_master
  while read -r cert key port names; do emit_pair "$cert" "$key" "$port" "$names"; done <"$work/pairs"
  finish 'done'
}

emit_pair() { # CERT KEY PORT NAMES
  local problem='' ends='' disk='' served='' good=false
  if [ ! -f "$1" ]; then
    problem=absent
  elif ! timeout 10 openssl x509 -in "$1" -noout -fingerprint -sha256 -enddate </dev/null >"$work/pair" 2>/dev/null; then
    problem=unreadable
  else
    disk=$(print_in "$work/pair")
    ends=$(sed -n 's/^notAfter=//p' "$work/pair")
    problem=$(pair_problem "$1" "$2" "$4")
    ! pair_serves "$1" "$2" "$4" || good=true
  fi
  [ -z "$master" ] || served=$(served_print "$3" "${4%%,*}")
  emit "\"pair\",\"path\":\"$1\",\"problem\":$(quoted "$problem"),\"good\":$good,\"ends64\":\"$(printf '%s' "$ends" | encode)\",\"disk\":$(quoted "$disk"),\"served\":$(quoted "$served")"
}

print_in() { sed -n 's/^.*[Ff]ingerprint=//p' "$1" | tr -d ':' | tr 'A-F' 'a-f'; }

# pair_problem: the first of what is wrong with it; nothing when it is fit to be served.
pair_problem() { # CERT KEY NAMES
  local name
  if [ -f "$2" ] && ! is_pair "$1" "$2"; then echo key-not-of; return; fi
  if ! timeout 10 openssl x509 -in "$1" -noout -checkend 0 </dev/null >/dev/null 2>&1; then echo expired; return; fi
  case $(timeout 10 openssl verify -partial_chain -CAfile "$1" "$1" </dev/null 2>&1) in *'not yet valid'*) echo not-yet-valid; return ;; esac
  for name in $(echo "$3" | tr ',' ' '); do
    case $name in '*.'*) name=gatehouse-asks.${name#'*.'} ;; esac
    case $(timeout 10 openssl x509 -in "$1" -noout -checkhost "$name" </dev/null 2>&1) in *'does match'*) ;; *) echo lacks-names; return ;; esac
  done
  # A certificate of somebody else, alone in its file, and this host does not know who signed it.
  [ "$(grep -c -- '-----BEGIN CERTIFICATE-----' "$1")" -eq 1 ] || return 0
  set -- "$(timeout 10 openssl x509 -in "$1" -noout -subject_hash </dev/null 2>/dev/null)" "$(timeout 10 openssl x509 -in "$1" -noout -issuer_hash </dev/null 2>/dev/null)" "$1"
  [ "$1" = "$2" ] || timeout 10 openssl verify "$3" </dev/null >/dev/null 2>&1 || echo lacks-intermediate
}

served_print() { # PORT NAME
  local name="$2"
  case $name in '*.'*) name=gatehouse-asks.${name#'*.'} ;; esac
  timeout 5 openssl s_client -connect "127.0.0.1:$1" -servername "$name" </dev/null 2>/dev/null 9>&- | timeout 5 openssl x509 -noout -fingerprint -sha256 >"$work/served" 2>/dev/null && print_in "$work/served"
}
