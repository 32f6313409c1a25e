
# Each planned block answers a path that nobody can guess with a word that does not follow from it. It is asked here, by the host itself, on every
# address: a page that comes back says nothing, since an older block that serves the same name sends one as well.

# list_asks ASKS: the lines of the file ("SCHEME plain|proxied PORT NAME QUESTION ANSWER") for each address as "N SCHEME PROXIED PORT NAME QUESTION ANSWER ADDRESS" in
# $work/questions. Loopback is asked only where there is nothing else: nobody comes from elsewhere on it.
list_asks() {
  owned_ports "$master" "$work/each" >"$work/owned"
  : >"$work/addresses"
  # shellcheck disable=SC2046
  awk '
    FILENAME ~ /fib_trie$/ { if ($1 == "|--") last = $2; if ($0 ~ /\/32 host LOCAL/ && !seen[last]++) print (last ~ /^127\./ ? "loop" : "v4"), last; next }
    # Neither link-local ones, which need an interface, nor those of the host alone.
    $4 != "20" && $4 != "10" { print "v6", substr($1, 1, 4) ":" substr($1, 5, 4) ":" substr($1, 9, 4) ":" substr($1, 13, 4) ":" substr($1, 17, 4) ":" substr($1, 21, 4) ":" substr($1, 25, 4) ":" substr($1, 29) }
  ' $(first_of /proc/net/fib_trie) $(first_of /proc/net/if_inet6) >"$work/addresses" 2>/dev/null </dev/null
  grep -q '^v' "$work/addresses" || echo 'v4 127.0.0.1' >>"$work/addresses"
  awk '
    FILENAME == ARGV[1] { if ($1 != "loop") { kind[++count] = $1; address[count] = $2 } next }
    FILENAME == ARGV[2] { split($0, part, ":"); if (part[2] ~ /^0+$/ && length(part[2]) == 32) six[part[3]] = 1; next }
    { for (i = 1; i <= count; i++) if (kind[i] == "v4" || ($3 in six)) print ++n, $0, address[i] }
  ' "$work/addresses" "$work/each" "$1" >"$work/questions"
}

# ask_all: whom each question was answered by: "N ours|other|silent|unasked" in $work/answers.
ask_all() {
  if have curl; then ask_by_curl; else ask_one_by_one; fi >"$work/answers"
}

# One process for all of them; the number after the nonce ends what came for one question.
ask_by_curl() {
  awk -v mark="$nonce" '
    {
      at = $8 ~ /:/ ? "[" $8 "]" : $8
      scheme = $2 == "http" ? "http" : "https"
      printf "%surl = \"%s://%s:%s/.well-known/gatehouse/%s\"\nconnect-to = \"%s:%s:%s:%s\"\n", n++ ? "next\n" : "", scheme, $5, $4, $6, $5, $4, at, $4
      if ($3 == "proxied") print "haproxy-protocol"
      printf "insecure\nsilent\ninclude\nhttp1.1\nnoproxy = \"*\"\nheader = \"Connection: close\"\nmax-time = 5\nwrite-out = \"\\n@%s:%s\\n\"\n", mark, $1
    }' "$work/questions" >"$work/curlrc"
  timeout -k 5 300 curl -q -K "$work/curlrc" </dev/null 2>/dev/null 9>&- | awk -v mark="@$nonce:" '
    FILENAME == ARGV[1] { answer[$1] = $7; next }
    index($0, mark) == 1 { n = substr($0, length(mark) + 1); print n, (n in answer) && index(text, answer[n]) ? "ours" : text == "" ? "silent" : "other"; text = ""; next }
    # What is ours is short.
    length(text) < 4096 { text = text substr($0, 1, 4096) "\n"; if (text ~ /^\n*$/) text = "" }
  ' "$work/questions" -
}

ask_one_by_one() {
  local n scheme proxied port name question answer address
  while read -r n scheme proxied port name question answer address; do
    ask_one >"$work/answer" 2>/dev/null
    if [ $? -eq 9 ]; then echo "$n unasked"
    elif grep -qF "$answer" "$work/answer"; then echo "$n ours"
    elif [ -s "$work/answer" ]; then echo "$n other"
    else echo "$n silent"; fi
  done <"$work/questions"
}

# ask_one: what came for the question at hand; 9 where there is nothing to ask with. Descriptors of the loop stay with it.
ask_one() {
  local hello='' get
  get="GET /.well-known/gatehouse/$question HTTP/1.0\\r\\nHost: $name\\r\\nConnection: close\\r\\n\\r\\n"
  [ "$proxied" = plain ] || hello="PROXY TCP4 127.0.0.1 127.0.0.1 40000 $port\\r\\n"
  case $scheme in
    http)
      if have bash; then
        # shellcheck disable=SC2016
        timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2" && printf "$3" >&3 && head -c 4096 <&3' bash "$address" "$port" "$hello$get" </dev/null 9>&-
      elif have nc; then
        # shellcheck disable=SC2059
        { printf "$hello$get"; sleep 1; } | timeout 5 nc "$address" "$port" 9>&- | head -c 4096
      else
        return 9
      fi
      ;;
    *)
      have openssl && [ -z "$hello" ] || return 9
      case $address in *:*) address="[$address]" ;; esac
      # shellcheck disable=SC2059
      printf "$get" | timeout 5 openssl s_client -quiet -connect "$address:$port" -servername "$name" 2>/dev/null 9>&- | head -c 4096
      ;;
  esac
  return 0
}

# prove_identity ASKS SECONDS: every block is seen to answer on every address, twice in a row on new connections: right after a reload a server may answer
# with either configuration. Sets $failure.
prove_identity() {
  local until good=0 beat
  [ -s "$1" ] || return 0
  list_asks "$1"
  tick
  until=$((now + $2 * 1000)) beat=$((now + 10000))
  while :; do
    ask_all
    if grep -qv ' ours$' "$work/answers" || [ ! -s "$work/answers" ]; then good=0; else good=$((good + 1)); fi
    [ $good -lt 2 ] || break
    tick
    [ "$now" -lt "$until" ] || break
    # The waiting dashboard hears that it goes on.
    [ "$now" -lt "$beat" ] || { step "$current_step" running; beat=$((now + 10000)); }
    [ $good -gt 0 ] || sleep 0.2
  done
  emit_identity
  [ $good -ge 2 ] && return 0
  failure=other-answered
  ! grep -q ' silent$' "$work/answers" || failure=not-answered
  ! grep -q ' other$' "$work/answers" || failure=other-answered
  ! grep -q ' unasked$' "$work/answers" || failure=not-asked
  [ -s "$work/answers" ] || failure=not-asked
  return 1
}

emit_identity() {
  local list
  list=$(awk '
    FILENAME == ARGV[1] { answer[$1] = $2; next }
    answer[$1] != "ours" && count++ < 50 { printf "%s{\"hostname\":\"%s\",\"address\":\"%s\",\"port\":%d,\"answer\":\"%s\"}", (count > 1 ? "," : ""), $5, $8, $4, ($1 in answer) ? answer[$1] : "unasked" }
  ' "$work/answers" "$work/questions")
  emit "\"identity\",\"step\":\"$current_step\",\"asked\":$(wc -l <"$work/questions"),\"ours\":$(grep -c ' ours$' "$work/answers"),\"others\":[$list]"
}
