
# Certificates that the dashboard obtains from a CA. Key and request are made here and the key never leaves; the dashboard brings the
# chain. $certificate_dir, /etc/gatehouse/tls/acme/SERVER/NAME, holds one directory for each generation, and the link "current" to the one that
# is served, which an apply with journal and watchdog moves.
acme_root=/etc/gatehouse/tls/acme
challenge_root=/var/lib/gatehouse-acme

is_certificate_dir() { # DIR
  local name="${1#"$acme_root/$server/"}"
  case $name in '' | */* | .* | *[!a-z0-9.-]*) return 1 ;; esac
  [ "$1" = "$acme_root/$server/$name" ]
}

# generation_is_whole DIR: what a link may lead to: key and chain belong together.
generation_is_whole() {
  case ${1##*/} in '' | .* | *[!a-z0-9-]*) return 1 ;; esac
  [ ! -L "$1" ] && [ -f "$1/key.pem" ] && [ ! -L "$1/key.pem" ] && [ -f "$1/chain.pem" ] && is_pair "$1/chain.pem" "$1/key.pem"
}

# make_placeholders: where nothing is served yet, a pair of its own serves as a placeholder, so that the site can be proven before there is a certificate.
make_placeholders() {
  local dir names place found_cert found_key found_link
  while read -r dir names; do
    is_certificate_dir "$dir" || refuse path-not-allowed "$dir"
    parents_are_real "$dir/placeholder/key.pem" || refuse parent-is-link "$culprit"
    if [ -L "$dir/current" ] && generation_is_whole "$(readlink -f "$dir/current")"; then
      emit "\"certificate\",\"path\":\"$dir/current/chain.pem\",\"action\":\"kept\""
      continue
    fi
    have openssl || refuse openssl-missing "$dir"
    place=$dir/placeholder
    need_directory "$place"
    found_cert=$(print_of "$place/chain.pem")
    found_key=$(print_of "$place/key.pem")
    found_link=$(print_of "$dir/current")
    case $found_cert$found_key$found_link in *other*) refuse not-a-file "$place" ;; esac
    mkdir -p "$changes/new$place"
    new_pair "$names" "$changes/new$place/chain.pem" "$changes/new$place/key.pem" || refuse openssl-failed "$place" "$(cat "$work/out")"
    key_owner
    add_todo put "$place/chain.pem" cert "$found_cert" "file:$(sum_of "$changes/new$place/chain.pem"):644:root:root"
    add_todo put "$place/key.pem" key "$found_key" "file:$(sum_of "$changes/new$place/key.pem"):$key_mode:root:$key_of"
    [ "$found_link" = link:placeholder ] || add_todo link "$dir/current" enable "$found_link" link:placeholder
    emit "\"certificate\",\"path\":\"$dir/current/chain.pem\",\"action\":\"created\""
  done <"$work/acmes"
}

add_todo() { # OP PATH ROLE BEFORE AFTER
  echo "$next $*" >>"$work/todo"
  next=$((next + 1))
  pending=$((pending + 1))
}

key_owner() { # sets $key_of and $key_mode
  key_of=$(key_group)
  key_mode=640
  [ "$key_of" != root ] || key_mode=600
}

# open_generation: $place, the directory of the generation that the request names.
open_generation() {
  [ -n "$server" ] && [ -n "$generation" ] && [ -n "$names" ] || refuse bad-request
  has_server "$server" || refuse server-missing
  is_certificate_dir "$certificate_dir" || refuse path-not-allowed "$certificate_dir"
  place=$certificate_dir/$generation
  parents_are_real "$place/key.pem" || refuse parent-is-link "$culprit"
  have openssl || refuse openssl-missing
}

# certkey: a new generation, whole or not at all; nothing is overwritten. Asked again, it tells the request that it has.
verb_certkey() {
  local new
  open_generation
  [ -n "$key_type" ] || refuse bad-request
  if [ ! -d "$place" ]; then
    new=$certificate_dir/.new-$generation
    find_master
    key_owner
    (umask 022 && mkdir -p "$certificate_dir" && rm -rf "$new" && mkdir "$new") 2>"$work/why" || refuse write-failed "$certificate_dir" "$(cat "$work/why")"
    new_request "$new" || { rm -rf "$new"; refuse openssl-failed "$place" "$(cat "$work/out")"; }
    { chown "root:$key_of" "$new/key.pem" && chmod "$key_mode" "$new/key.pem" && chmod 644 "$new/request.der" && flush "$new/key.pem" "$new/request.der" "$new" && mv -T "$new" "$place" && flush "$certificate_dir"; } 2>"$work/why" \
      || { rm -rf "$new"; refuse write-failed "$place" "$(cat "$work/why")"; }
  fi
  [ -s "$place/request.der" ] || refuse generation-unknown "$place"
  encode_file "$place/request.der"
  emit "\"request\",\"generation\":\"$generation\",\"der\":\"$encoded\""
  finish 'done'
}

new_request() { # DIR
  {
    printf '[req]\nprompt = no\ndistinguished_name = name\nreq_extensions = extensions\n[name]\n'
    printf '[extensions]\nsubjectAltName = DNS:%s\n' "$(echo "$names" | sed 's/,/,DNS:/g')"
  } >"$work/openssl.conf"
  if [ "$key_type" = rsa ]; then
    run 120 openssl genrsa -out "$1/key.pem" 2048
  else
    run 60 openssl ecparam -name prime256v1 -genkey -noout -out "$1/key.pem"
  fi
  [ "$code" -eq 0 ] || return 1
  run 60 openssl req -new -sha256 -subj / -config "$work/openssl.conf" -key "$1/key.pem" -outform DER -out "$1/request.der"
  [ "$code" -eq 0 ] && [ -s "$1/key.pem" ] && [ -s "$1/request.der" ]
}

# certchain: the chain of a generation, after everything that can be known of it here was asked.
verb_certchain() {
  open_generation
  [ -f "$place/key.pem" ] || refuse generation-unknown "$place"
  check_chain
  { rm -f "$place/.chain" && cp "$work/contents" "$place/.chain" && chmod 644 "$place/.chain" && flush "$place/.chain" && mv -f "$place/.chain" "$place/chain.pem" && flush "$place"; } 2>"$work/why" \
    || refuse write-failed "$place" "$(cat "$work/why")"
  emit "\"certificate\",\"path\":\"$place/chain.pem\",\"action\":\"created\""
  finish 'done'
}

# check_chain: $work/contents, certificate first: its key is ours, the names are covered, it is valid now, and each is signed by the next.
check_chain() {
  local count one
  ! grep -q 'PRIVATE KEY' "$work/contents" || refuse chain-holds-key
  mkdir "$work/chain"
  count=$(awk -v to="$work/chain/" '
    /^-----BEGIN CERTIFICATE-----\r?$/ { n++; inside = 1 }
    inside { print > (to n ".pem") }
    /^-----END CERTIFICATE-----\r?$/ { if (inside) close(to n ".pem"); inside = 0 }
    END { print n + 0 }' "$work/contents")
  [ "$count" -ge 1 ] && [ "$count" -le 10 ] || refuse chain-unreadable
  openssl x509 -in "$work/chain/1.pem" -noout >/dev/null 2>&1 || refuse chain-unreadable
  is_pair "$work/chain/1.pem" "$place/key.pem" || refuse chain-not-of-key
  covers_names "$work/chain/1.pem" "$names" || refuse chain-lacks-names
  openssl x509 -in "$work/chain/1.pem" -noout -checkend 0 >/dev/null 2>&1 || refuse chain-expired
  [ "$count" -ge 2 ] || refuse chain-incomplete
  one=1
  while [ $one -lt "$count" ]; do
    run 30 openssl verify -partial_chain -trusted "$work/chain/$((one + 1)).pem" "$work/chain/$one.pem"
    if [ "$code" -ne 0 ]; then
      case $(cat "$work/out") in *'not yet valid'*) refuse chain-not-yet-valid '' "$(cat "$work/out")" ;; esac
      refuse chain-out-of-order '' "$(cat "$work/out")"
    fi
    one=$((one + 1))
  done
}

# challenge: answers for the CA, where every web server looks for them. They hold no secret, and go after a day by themselves.
verb_challenge() {
  local dir="$challenge_root/.well-known/acme-challenge" token answer
  parents_are_real "$dir/token" || refuse parent-is-link "$culprit"
  (umask 022 && mkdir -p "$dir") 2>"$work/why" || refuse write-failed "$dir" "$(cat "$work/why")"
  ! have chcon || chcon -R -t httpd_sys_content_t "$challenge_root" 2>/dev/null
  find "$dir" -maxdepth 1 -type f -mmin +1440 -exec rm -f {} +
  while read -r token answer; do
    if [ "$answer" = - ]; then
      rm -f "$dir/$token"
    else
      { printf '%s' "$answer" >"$dir/.$token" && chmod 644 "$dir/.$token" && mv -f "$dir/.$token" "$dir/$token"; } 2>"$work/why" || refuse write-failed "$dir" "$(cat "$work/why")"
    fi
  done <"$work/tokens"
  finish 'done'
}
