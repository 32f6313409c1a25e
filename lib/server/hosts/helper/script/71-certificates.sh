
# make_certificates: self-signed ones for trying out. The key is made here, is only ever readable by root (or by the server's
# own group where the server has to read it), and never leaves the host. A pair that serves the names is left alone.
make_certificates() {
  local cert key names found_cert found_key action group mode path
  while read -r cert key names; do
    for path in "$cert" "$key"; do
      case $path in /etc/gatehouse/tls/*) ;; *) refuse path-not-allowed "$path" ;; esac
      parents_are_real "$path" || refuse parent-is-link "$culprit"
    done
    [ "$cert" != "$key" ] || refuse path-not-allowed "$key"
    if pair_serves "$cert" "$key" "$names"; then
      emit "\"certificate\",\"path\":\"$cert\",\"action\":\"kept\""
      continue
    fi
    have openssl || refuse openssl-missing "$cert"
    need_directory /etc/gatehouse/tls
    found_cert=$(print_of "$cert")
    found_key=$(print_of "$key")
    case $found_cert$found_key in *other*) refuse not-a-file "$cert" ;; esac
    action=created
    [ "$found_cert$found_key" = absentabsent ] || action=replaced
    mkdir -p "$changes/new/etc/gatehouse/tls"
    new_pair "$names" "$changes/new$cert" "$changes/new$key" || refuse openssl-failed "$cert" "$(cat "$work/out")"
    group=$(key_group)
    mode=640
    [ "$group" != root ] || mode=600
    echo "$next put $cert cert $found_cert file:$(sum_of "$changes/new$cert"):644:root:root" >>"$work/todo"
    next=$((next + 1))
    echo "$next put $key key $found_key file:$(sum_of "$changes/new$key"):$mode:root:$group" >>"$work/todo"
    next=$((next + 1))
    pending=$((pending + 2))
    emit "\"certificate\",\"path\":\"$cert\",\"action\":\"$action\""
  done <"$work/certs"
}

# pair_serves CERT KEY NAMES: they belong together, are valid now and for another 30 days, and cover every name. Now is what the clock of
# this host says: a pair that was made while the clock was ahead is not valid yet once it is right.
pair_serves() {
  [ -f "$1" ] && [ ! -L "$1" ] && [ -f "$2" ] && [ ! -L "$2" ] && have openssl || return 1
  openssl x509 -in "$1" -noout -checkend 2592000 >/dev/null 2>&1 || return 1
  # Trusted as it is, no matter who signed it, so that only the time is judged.
  openssl verify -partial_chain -CAfile "$1" "$1" >/dev/null 2>&1 || return 1
  is_pair "$1" "$2" && covers_names "$1" "$3"
}

is_pair() { # CERT KEY
  [ "$(openssl x509 -in "$1" -noout -pubkey 2>/dev/null)" = "$(openssl pkey -in "$2" -pubout 2>/dev/null)" ]
}

covers_names() { # CERT NAMES
  local name covered
  covered=" $(openssl x509 -in "$1" -noout -text 2>/dev/null | sed -n 's/^ *DNS:/DNS:/p' | sed 's/DNS://g' | tr ',\n' '  ') "
  for name in $(echo "$2" | tr ',' ' '); do
    case $covered in *" $name "*) ;; *) return 1 ;; esac
  done
}

# new_pair NAMES CERT KEY
new_pair() {
  local first="${1%%,*}" alternatives
  [ ${#first} -le 64 ] || first=gatehouse
  alternatives=DNS:$(echo "$1" | sed 's/,/,DNS:/g')
  {
    printf '[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = extensions\n[name]\nCN = %s\n' "$first"
    printf '[extensions]\nsubjectAltName = %s\nbasicConstraints = critical,CA:FALSE\n' "$alternatives"
    printf 'keyUsage = critical,digitalSignature\nextendedKeyUsage = serverAuth\n'
  } >"$work/openssl.conf"
  run 60 openssl ecparam -name prime256v1 -genkey -noout -out "$3"
  [ "$code" -eq 0 ] || return 1
  run 60 openssl req -x509 -new -sha256 -days 397 -config "$work/openssl.conf" -key "$3" -out "$2"
  [ "$code" -eq 0 ] && [ -s "$2" ] && [ -s "$3" ]
}

sum_of() {
  local line
  line=$(sha256sum <"$1")
  echo "${line%% *}"
}

# Who has to read private keys: root, or the server's own group where the server does not start as root.
key_group() {
  local group=root
  if [ "$server" = caddy ]; then
    if [ -n "$master" ]; then group=$(group_of "$master"); else group=$(id -gn caddy 2>/dev/null || echo root); fi
  fi
  echo "${group:-root}"
}
