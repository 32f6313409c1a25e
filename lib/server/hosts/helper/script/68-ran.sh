
# What a server runs may be on no disk: Caddy takes a whole configuration over its admin API. Here it is asked what it runs, so that nothing is
# loaded over it unseen, an undo brings back exactly that, and success means that it runs what its file says. The other servers have no such way.

# A fixed program for a shell of its own: the "NAME=VALUE" lines of the file that is its first word become variables of the command that follows, and
# what that prints goes to the second one, if any. So no value is ever in an argument.
caddy_given='[ -z "$2" ] || exec >"$2"; while IFS= read -r line; do export "$line"; done <"$1"; shift 2; exec "$@"'

# as_caddy SECONDS FILE WORD…: the program, with those variables of the running server that its files name ("{$NAME}"): without them, files that are
# read here would say something else. Its output goes to FILE, its errors to $work/out. What it makes in its home is thrown away with $work.
as_caddy() {
  local limit="$1" to="$2"
  shift 2
  caddy_variables
  run "$limit" env HOME="$work" XDG_DATA_HOME="$work" XDG_CONFIG_HOME="$work" sh -c "$caddy_given" sh "$work/given" "$to" "$(caddy_binary)" "$@"
}

# caddy_variables: those lines, in $work/given. Nothing that steers a program before it reads its files is among them.
caddy_variables() {
  [ ! -f "$work/given" ] || return 0
  : >"$work/given"
  if [ -n "${master:-}" ]; then
    grep -rhoE '\{\$[A-Za-z_][A-Za-z0-9_]*' /etc/caddy /etc/gatehouse "${run_main:-/etc/caddy/Caddyfile}" 2>/dev/null | sort -u >"$work/named"
    [ ! -s "$work/named" ] || tr '\n\000' '\001\n' <"/proc/$master/environ" 2>/dev/null | awk '
      FILENAME == ARGV[1] { named[substr($0, 3)] = 1; next }
      /\001/ || /^(PATH|HOME|IFS|ENV|BASH.*|LD_.*|XDG_.*|GO.*|TMPDIR|SHELLOPTS|PS4|line)=/ { next }
      { name = $0; sub(/=.*/, "", name); if (name in named) print }' "$work/named" - >"$work/given"
  elif [ -n "$run_kept" ] && [ -f "$run_kept/given" ]; then
    cat "$run_kept/given" >"$work/given"
  fi
}

# flat_json: each value on stdin as "/PATH=VALUE", sorted: equal for equal JSON, whatever the order of its keys. Line by line, since texts are long.
flat_json() {
  grep -oE '"([^"\\]|\\.)*"|[][{}:,]|[^][{}:,"[:space:]]+' | awk '
    $0 == "{" || $0 == "[" {
      if (depth) empty[depth] = 0
      path[depth + 1] = depth ? path[depth] key[depth] : ""; depth++
      kind[depth] = $0; count[depth] = 0; key[depth] = $0 == "[" ? "/0" : ""; naming = $0 == "{"; empty[depth] = 1
      next
    }
    $0 == "}" || $0 == "]" { if (empty[depth]) print path[depth] "=" kind[depth]; depth--; next }
    $0 == "," { if (kind[depth] == "[") key[depth] = "/" ++count[depth]; else naming = 1; next }
    $0 == ":" { naming = 0; next }
    naming && kind[depth] == "{" { key[depth] = "/" substr($0, 2, length($0) - 2); next }
    { print path[depth] key[depth] "=" $0; empty[depth] = 0 }
  ' | sort
}

# find_admin ADAPTED: in $admin where the admin endpoint is by this configuration: HOST:PORT, unix/PATH, off, or odd.
find_admin() {
  admin=$(sed -n -e 's:^/admin/disabled=true$:off:p' -e 's:^/admin/listen="\(.*\)"$:\1:p' "$1" | sort -r | head -n 1)
  case $admin in
    '') admin=localhost:2019 ;;
    off) ;;
    unix//*) case ${admin#unix/} in *[!A-Za-z0-9._@+/-]*) admin=odd ;; esac ;;
    *[!A-Za-z0-9.:[]-]*) case $admin in *[!]A-Za-z0-9.:[-]*) admin=odd ;; esac ;;
  esac
  case $admin in tcp/* | unix//* | off | odd | *:*) ;; *) admin=odd ;; esac
}

# ask_admin FILE: what the server runs, as JSON in FILE. False where it does not tell; $why: admin-off, admin-odd, admin-silent, or no-client where there
# is nothing to ask with. (It answers only to its own name; on a socket to none.)
ask_admin() {
  local get host="$admin" port
  : >"$1"
  why=admin-silent
  get='GET /config/ HTTP/1.0\r\nHost: %s\r\nOrigin: http://%s\r\nConnection: close\r\n\r\n'
  case $admin in
    off | odd) why=admin-$admin; return 1 ;;
    unix//*)
      have curl || { why=no-client; return 1; }
      timeout -k 5 20 curl -q -sf --noproxy '*' -H 'Host;' --unix-socket "${admin#unix/}" http://localhost/config/ </dev/null >"$1" 2>/dev/null 9>&-
      ;;
    *)
      port=${admin##*:}
      host=${admin%:*}
      case $host in '' | 0.0.0.0 | '[::]') host=localhost ;; esac
      if have curl; then
        timeout -k 5 20 curl -q -sf --noproxy '*' -H "Origin: http://$admin" -H "Host: $admin" "http://$host:$port/config/" </dev/null >"$1" 2>/dev/null 9>&-
      elif have bash; then
        host=${host#[} host=${host%]}
        # shellcheck disable=SC2016,SC2059
        timeout -k 5 20 bash -c 'exec 3<>"/dev/tcp/$1/$2" && printf "$3" "$4" "$4" >&3 && cat <&3' bash "$host" "$port" "$get" "$admin" </dev/null 2>/dev/null 9>&- | only_body >"$1"
      else
        why=no-client
        return 1
      fi
      ;;
  esac
  case $(head -c 1 "$1") in '{' | n) why='' ;; esac
  [ -z "$why" ]
}

# only_body: of an answer that says 200.
only_body() { awk 'NR == 1 && $2 != 200 { exit } body { print } /^\r?$/ { body = 1 }'; }

# find_ran: what the server runs, against what its file gives as it is now. Sets $ran: same, apart, unknown (with $why), or none where this cannot differ.
# Leaves ran.json, and ran.flat and file.flat to be compared, in $work.
find_ran() {
  ran=none why='' admin=''
  [ "$server" = caddy ] && [ -n "$master" ] || return 0
  ran=unknown
  adapt_caddy || { why=not-adapted; return 0; }
  find_admin "$work/file.flat"
  ask_admin "$work/ran.json" || return 0
  flat_json <"$work/ran.json" >"$work/ran.flat"
  ran=apart
  ! cmp -s "$work/ran.flat" "$work/file.flat" || ran=same
}

# adapt_caddy: what its file gives, in $work/file.flat.
adapt_caddy() {
  as_caddy 60 "$work/file.json" adapt --config /etc/caddy/Caddyfile --adapter caddyfile
  [ "$code" -eq 0 ] && flat_json <"$work/file.json" >"$work/file.flat"
}

# emit_ran: with the names that only what runs has: they would be gone with the next load of the file.
emit_ran() {
  local lost=''
  [ "$ran" != none ] || return 0
  ran_sum=''
  if [ "$ran" = apart ]; then
    ran_sum=$(sum_of "$work/ran.flat")
    lost=$(sed -n 's:^.*/match/[0-9]*/host/[0-9]*="\([A-Za-z0-9.*_-]*\)"$:\1:p' "$work/file.flat" >"$work/names.file"
      sed -n 's:^.*/match/[0-9]*/host/[0-9]*="\([A-Za-z0-9.*_-]*\)"$:\1:p' "$work/ran.flat" | sort -u | without "$work/names.file" - | head -n 100 | json_list)
  fi
  emit "\"ran\",\"server\":\"$server\",\"state\":\"$ran\",\"reason\":$(quoted "$why"),\"admin\":$(quoted "$admin"),\"sha256\":$(quoted "$ran_sum"),\"lost\":[$lost]"
}

# refuse_if_apart: nothing is loaded over what nobody reviewed. The request may name exactly what a person has let through.
refuse_if_apart() {
  find_ran
  emit_ran
  case $ran-$why in
    apart-*) [ "$ran_sum" = "$let_through" ] || refuse_step running-differs ;;
    *-admin-*) refuse_step "$why" '' "$admin" ;;
  esac
}

# keep_ran: in the journal, to go back to.
keep_ran() {
  case $ran in same | apart) ;; *) return 0 ;; esac
  cp "$work/ran.json" "$work/ran.flat" "$journal/before/" && echo "$ran $admin" >"$journal/before/ran"
}

# runs_file: the server runs what its file gives; true where it cannot be asked, which is told.
runs_file() {
  [ "$server" = caddy ] || return 0
  find_ran
  emit_ran
  [ "$ran" != apart ] || { failure=running-differs; return 1; }
}

# bring_back: once more exactly what ran before, where the file does not give that. False when the server runs something else in the end.
bring_back() {
  local ran admin why=''
  read -r ran admin 2>/dev/null <"$journal/before/ran" || return 0
  ran_again && return 0
  [ "$why" != no-client ] || return 0
  as_caddy 60 '' reload --config "$journal/before/ran.json" --address "$admin" --force
  [ "$code" -eq 0 ] && ran_again && return 0
  emit_output load
  failure=running-differs
  return 1
}

ran_apart() {
  local ran=''
  read -r ran _ 2>/dev/null <"$journal/before/ran"
  [ "$ran" = apart ]
}

ran_again() {
  ask_admin "$work/ran.json" && flat_json <"$work/ran.json" | cmp -s - "$journal/before/ran.flat"
}
