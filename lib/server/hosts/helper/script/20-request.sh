
# read_header: verb, nonce, manifest_bytes, total_bytes, blob_sha from exactly 160 bytes.
read_header() {
  local header
  header=$(timeout 20 dd bs=160 count=1 iflag=fullblock 2>/dev/null)
  case $header in *[!a-z0-9\ ]*) return 1 ;; esac
  # shellcheck disable=SC2086
  set -- $header
  [ $# -eq 7 ] && [ "$1" = gatehouse ] || return 1
  [ "$2" = 1 ] || return 2
  verb=$3 nonce=$4 manifest_bytes=$5 total_bytes=$6 blob_sha=$7
  [ ${#nonce} -ge 16 ] && [ ${#nonce} -le 40 ] && [ ${#blob_sha} -eq 64 ] || return 1
  case $verb in *[!a-z]*) return 1 ;; esac
  case $blob_sha in *[!0-9a-f]*) return 1 ;; esac
  case $manifest_bytes$total_bytes in *[!0-9]*) return 1 ;; esac
  [ ${#total_bytes} -le 9 ] && [ ${#manifest_bytes} -le 9 ] || return 1
  [ "$total_bytes" -le $max_blob_bytes ] && [ "$manifest_bytes" -le $max_manifest_bytes ] || return 3
  [ "$manifest_bytes" -le "$total_bytes" ]
}

# read_blob: splits what follows into $work/manifest and $work/contents. Reads not a byte more than announced.
read_blob() {
  local sum blob
  : >"$work/manifest"
  : >"$work/contents"
  [ "$total_bytes" -gt 0 ] || return 0
  # Mostly there is nothing but the manifest.
  blob=$work/manifest
  [ "$manifest_bytes" -eq "$total_bytes" ] || blob=$work/blob
  timeout 300 head -c "$total_bytes" >"$blob"
  [ "$(wc -c <"$blob")" -eq "$total_bytes" ] || return 1
  sum=$(sha256sum <"$blob")
  [ "${sum%% *}" = "$blob_sha" ] || return 1
  [ "$manifest_bytes" -ne "$total_bytes" ] || return 0
  head -c "$manifest_bytes" "$blob" >"$work/manifest"
  tail -c "+$((manifest_bytes + 1))" "$blob" >"$work/contents"
  : >"$blob"
}

# read_manifest: every line is one of the known kinds with fields of the known shapes, or the first bad one is named in
# $bad_line. Sorts them into $work/wanted, cuts, keeps, certs, pairs, acmes, tokens, listen, asks, paths and exists, and sets what there is only one of.
read_manifest() {
  local word rest
  for word in wanted cuts keeps certs pairs acmes tokens listen asks paths exists single; do : >"$work/$word"; done
  servers='' apply_id='' holder='' hold_seconds='' may_start='' must_reload='' want_contents='' let_through='' key_act='' old_key='' new_key='' certificate_dir='' generation='' key_type='' names=''
  [ -s "$work/manifest" ] || return 0
  bad_line='control characters'
  tr -d '\012\040-\176' <"$work/manifest" >"$work/odd" && [ ! -s "$work/odd" ] || return 1
  bad_line=$(awk -v dir="$work/" '
    function bad() { printf "line %d", NR; failed = 1; exit 1 }
    function path(p) { return length(p) <= 255 && p ~ /^(\/[A-Za-z0-9._@+-]+)+$/ && p !~ /\/\.\.?(\/|$)/ }
    function digits(t) { return t ~ /^[0-9]+$/ && length(t) <= 9 }
    function word(t) { return length(t) == 32 && t ~ /^[0-9a-f]+$/ }
    function sha(t) { return length(t) == 64 && t ~ /^[0-9a-f]+$/ }
    function octal(t) { return t ~ /^[0-7]+$/ && length(t) <= 4 }
    function target(t) { return length(t) <= 255 && t ~ /^[A-Za-z0-9._@+\/-]+$/ }
    function print_of(t, part) {
      if (t == "absent" || t == "other") return 1
      if (t ~ /^link:/) return target(substr(t, 6))
      return split(t, part, ":") == 5 && part[1] == "file" && sha(part[2]) && octal(part[3]) && part[4] ~ /^[A-Za-z0-9._-]+$/ && part[5] ~ /^[A-Za-z0-9._-]+$/
    }
    function key(type, body) { return type ~ /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521))$/ && length(body) <= 4000 && body ~ /^AAAA[A-Za-z0-9+\/]+=*$/ }
    function names(t) { return t ~ /^[a-z0-9.*,-]+$/ }
    function role(t) { return t ~ /^(site|shared|enable|include|handover)$/ }
    function apply_name(t) { return length(t) >= 8 && length(t) <= 40 && t ~ /^[a-z0-9][a-z0-9-]+$/ }
    function ranges(t, part, n, pair) {
      n = split(t, part, ",")
      for (; n > 0; n--) if (split(part[n], pair, ":") != 2 || !digits(pair[1]) || !digits(pair[2]) || pair[2] < 1) return 0
      return length(t) <= 4000
    }
    function keep(file, fits) { if (!fits) bad(); sub(/^[a-z]+ /, ""); print > (dir file) }
    function change(fits) { if (!fits) bad(); print > (dir "wanted") }
    function single(fits) { if (!fits) bad(); print > (dir "single") }
    $1 == "server"   { single(NF == 2 && $2 ~ /^(nginx|apache|caddy)$/); next }
    $1 == "apply"    { single(NF == 2 && length($2) >= 8 && length($2) <= 40 && $2 ~ /^[a-z0-9][a-z0-9-]+$/); next }
    $1 == "holder"   { single(NF == 2 && length($2) <= 120 && $2 ~ /^[A-Za-z0-9._@:+-]+$/); next }
    $1 == "hold"     { single(NF == 2 && digits($2) && $2 >= 5 && $2 <= 86400); next }
    $1 == "start"    { single(NF == 1); next }
    $1 == "running"  { single(NF == 2 && sha($2)); next }
    $1 == "contents" { single(NF == 1); next }
    $1 == "rekey"    { single(NF == 2 && $2 ~ /^(add|drop|leave)$/); next }
    $1 == "oldkey"   { single(NF == 3 && key($2, $3)); next }
    $1 == "newkey"   { single(NF == 3 && key($2, $3)); next }
    $1 == "listen"   { if (NF != 3 || $2 !~ /^(tcp|udp)$/ || !digits($3) || $3 < 1 || $3 > 65535) bad(); print $2 ":" $3 > (dir "listen"); next }
    $1 == "ask"      { keep("asks", NF == 7 && $2 ~ /^(http|https|awaited)$/ && $3 ~ /^(plain|proxied)$/ && digits($4) && $4 >= 1 && $4 <= 65535 && length($5) <= 253 && $5 ~ /^[a-z0-9.-]+$/ && word($6) && word($7)); next }
    $1 == "path"     { keep("paths", NF == 2 && path($2)); next }
    $1 == "exists"   { keep("exists", NF == 2 && path($2)); next }
    $1 == "cert"     { keep("certs", NF == 4 && path($2) && path($3) && names($4)); next }
    $1 == "pair"     { keep("pairs", NF == 5 && path($2) && path($3) && digits($4) && $4 >= 1 && $4 <= 65535 && names($5)); next }
    $1 == "reload"   { single(NF == 1); next }
    $1 == "acme"     { keep("acmes", NF == 3 && path($2) && names($3)); next }
    $1 == "token"    { keep("tokens", NF == 3 && length($2) >= 16 && length($2) <= 200 && $2 ~ /^[A-Za-z0-9_-]+$/ && length($3) <= 300 && $3 ~ /^[A-Za-z0-9_.-]+$/); next }
    $1 == "generation" { single(NF == 3 && path($2) && length($3) >= 8 && length($3) <= 40 && $3 ~ /^[a-z0-9][a-z0-9-]+$/); next }
    $1 == "names"    { single(NF == 2 && names($2)); next }
    $1 == "keytype"  { single(NF == 2 && $2 ~ /^(ecdsa|rsa)$/); next }
    $1 == "put"      { change(NF == 8 && path($2) && octal($3) && digits($4) && digits($5) && sha($6) && role($7) && print_of($8)); next }
    $1 == "cut"      { keep("cuts", NF == 3 && path($2) && ranges($3)); next }
    $1 == "kept"     { keep("keeps", NF == 3 && path($2) && apply_name($3)); next }
    $1 == "link"     { change(NF == 5 && path($2) && target($3) && role($4) && print_of($5)); next }
    $1 == "del"      { change(NF == 4 && path($2) && role($3) && print_of($4)); next }
    $1 == "keep"     { change(NF == 4 && path($2) && role($3) && print_of($4)); next }
    { bad() }
    END { exit failed }
  ' "$work/manifest") || return 1
  while read -r word rest; do
    case $word in
      server) servers="$servers $rest" server=$rest ;;
      apply) apply_id=$rest ;;
      holder) holder=$rest ;;
      hold) hold_seconds=$rest ;;
      start) may_start=yes ;;
      running) let_through=$rest ;;
      reload) must_reload=yes ;;
      contents) want_contents=yes ;;
      rekey) key_act=$rest ;;
      oldkey) old_key=$rest ;;
      newkey) new_key=$rest ;;
      generation) certificate_dir=${rest% *} generation=${rest#* } ;;
      names) names=$rest ;;
      keytype) key_type=$rest ;;
    esac
  done <"$work/single"
}

# carve: "FILE SUM OFFSET LENGTH" lines in $work/pieces; makes each file from its piece of the contents. True when all are as their
# sums say. One process for all of them; an awk that stumbles over a byte is no harm, since then each is cut out by itself.
carve() {
  local file sum at length
  cut_in_order && pieces_are_whole && return 0
  while read -r file sum at length; do
    tail -c "+$((at + 1))" "$work/contents" | head -c "$length" >"$file" || return 1
  done <"$work/pieces"
  pieces_are_whole
}

cut_in_order() {
  awk '
    FILENAME == ARGV[1] { file[++count] = $1; size[count] = $4; next }
    {
      text = $0 "\n"
      while (text != "" && piece <= count) {
        while (left == 0 && piece <= count) {
          if (piece) close(file[piece])
          if (++piece > count) break
          left = size[piece]
          printf "" > file[piece]
        }
        part = substr(text, 1, left)
        if (part != "") printf "%s", part > file[piece]
        left -= length(part)
        text = substr(text, length(part) + 1)
      }
    }
    END { while (++piece <= count) printf "" > file[piece] }
  ' "$work/pieces" "$work/contents" 2>/dev/null
}

pieces_are_whole() { awk '{ print $2 "  " $1 }' "$work/pieces" | sha256sum -c >/dev/null 2>&1; }
