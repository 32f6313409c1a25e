
# facts: what this host is. Changes nothing.
verb_facts() {
  local open kind
  snapshot
  emit_host
  emit_disks
  for kind in nginx apache caddy; do
    has_server $kind && { server=$kind; emit_server; }
  done
  emit_listeners
  for open in $(journals); do emit_journal "$open"; done
  finish 'done'
}

os_release() { sed -n "s/^$1=//p" /etc/os-release /usr/lib/os-release 2>/dev/null | head -n 1 | tr -d "\"'\n"; }

emit_host() {
  local tool found='' missing='' selinux=disabled namespaces=false
  for tool in unshare flock setsid timeout openssl base64 sha256sum stat systemctl systemd-run rc-service ss curl sudo; do
    ! have $tool || found="$found${found:+,}\"$tool\""
  done
  for tool in timeout sha256sum stat awk sed grep xargs dd head tail mktemp paste; do
    have $tool || missing="$missing${missing:+,}\"$tool\""
  done
  have base64 || have openssl || missing="$missing${missing:+,}\"base64\""
  if [ -r /sys/fs/selinux/enforce ]; then
    selinux=permissive
    [ "$(cat /sys/fs/selinux/enforce)" = 0 ] || selinux=enforcing
  fi
  ! can_layer || namespaces=true
  emit "\"host\",\"kernel\":\"$(plain "$(uname -s) $(uname -r)")\",\"arch\":\"$(plain "$(uname -m)")\",\"distribution\":\"$(plain "$(os_release ID)")\",\"distributionVersion\":\"$(plain "$(os_release VERSION_ID)")\",\"title64\":\"$(os_release PRETTY_NAME | head -c 200 | encode)\",\"hostname64\":\"$(uname -n | tr -d '\n' | head -c 300 | encode)\",\"init\":\"$(init_system)\",\"uid\":$(id -u),\"selinux\":\"$selinux\",\"tools\":[$found],\"missing\":[$missing],\"namespaces\":$namespaces,\"helperSha256\":\"$(own_text | sha256sum | cut -d ' ' -f 1)\""
}

# Whether the private mount namespace of a preflight works here.
can_layer() {
  have unshare || return 1
  # shellcheck disable=SC2016
  unshare -m sh -c '
    mount --make-rprivate / 2>/dev/null
    mount -t tmpfs none "$1" && mkdir "$1/u" "$1/w" && mount -t overlay -o "lowerdir=/etc,upperdir=$1/u,workdir=$1/w" none /etc
  ' sh "$(hidden_place)" >/dev/null 2>&1
}

emit_disks() {
  local dir line free inodes writable
  for dir in /etc /var/lib /var/log; do
    [ -d $dir ] || continue
    free=$(df -Pk $dir 2>/dev/null | awk 'NR == 2 { print $4 }')
    inodes=$(df -Pi $dir 2>/dev/null | awk 'NR == 2 && $4 ~ /^[0-9]+$/ && $2 > 0 { print $4 }')
    writable=false
    ! is_writable $dir || writable=true
    emit "\"disk\",\"path\":\"$dir\",\"freeKib\":${free:-0},\"freeInodes\":${inodes:-null},\"writable\":$writable"
  done
}

# Root may write anywhere that is not mounted read-only.
is_writable() {
  awk -v dir="$1" '
    { n = length($2); if ($2 == "/" || $2 == dir || substr(dir, 1, n + 1) == $2 "/") { if (n >= best) { best = n; options = $4 } } }
    END { exit options ~ /(^|,)ro(,|$)/ }
  ' /proc/self/mounts
}

find_layout() {
  case " $(os_release ID) $(os_release ID_LIKE) " in
    *' debian '* | *' ubuntu '*) layout=debian ;;
    *' alpine '*) layout=alpine ;;
    *' arch '*) layout=arch ;;
    *suse*) layout=opensuse ;;
    *' rhel '* | *' fedora '* | *' centos '*) layout=rhel ;;
    *) layout=rhel ;;
  esac
  # Packages of nginx.org know no sites-enabled, whatever the distribution.
  if [ "$server-$layout" = nginx-debian ] && [ "$(included /etc/nginx/sites-enabled)" = false ]; then layout=rhel; fi
}

emit_server() {
  local child dirs='' dir kind exists main config=false version='' linked='' list='' user=''
  main=$("${server}_main")
  [ -z "$main" ] || [ ! -f "$main" ] || config=true
  find_master
  includes_of >"$work/includes"
  find_layout
  if [ -n "$master" ]; then
    # The master of nginx and Apache is root; who reads files and speaks to people is a worker.
    child=$(workers | head -n 1)
    child=${child%:*}
    user=$(user_of "${child:-$master}")
  fi
  "${server}_facts"
  places "$server" >"$work/places"
  while read -r dir kind; do
    exists=false
    [ ! -d "$dir" ] || exists=true
    [ $exists = true ] || [ -d "${dir%/*}" ] || continue
    dirs="$dirs${dirs:+,}{\"path\":\"$dir\",\"exists\":$exists,\"included\":$(included "$dir")}"
  done <"$work/places"
  emit "\"server\",\"server\":\"$server\",\"binary\":\"$("${server}_binary")\",\"version\":$(quoted "$version"),\"openssl\":$(quoted "$linked"),\"layout\":\"$layout\",\"mainConfig\":\"${main:-/}\",\"mainConfigExists\":$config,\"running\":$([ -n "$master" ] && echo true || echo false),\"masterPid\":${master:-null},\"user\":$(quoted "$user"),\"modules\":[$list],\"available\":[$([ "$server" != apache ] || available_modules)],\"directories\":[$dirs]"
}

quoted() { if [ -n "$1" ]; then printf '"%s"' "$(plain "$1")"; else printf null; fi; }
json_list() { awk '{ gsub(/[^A-Za-z0-9._:@+\/-]/, "_"); printf "%s\"%s\"", (NR > 1 ? "," : ""), $0 }'; }

# includes_of: the absolute patterns that the main config reads where sites belong: for nginx inside of http { }.
includes_of() {
  case $server in
    nginx)
      sed -e 's/#.*//' /etc/nginx/nginx.conf 2>/dev/null | awk '
        { line = $0
          while (match(line, /[{}]|include[ \t]+[^;]*;/)) {
            token = substr(line, RSTART, RLENGTH); line = substr(line, RSTART + RLENGTH)
            if (token == "{") depth++
            else if (token == "}") depth--
            else if (depth == 1) { sub(/^include[ \t]+/, "", token); sub(/[ \t]*;$/, "", token); gsub(/["\047]/, "", token); print (token ~ /^\//) ? token : "/etc/nginx/" token }
          } }'
      ;;
    apache)
      [ -z "$(apache_main)" ] || awk -v root="$(copied_root '')" '
        tolower($1) ~ /^include(optional)?$/ { gsub(/"/, "", $2); print ($2 ~ /^\//) ? $2 : root "/" $2 }' "$(apache_main)"
      ;;
    caddy)
      [ ! -f /etc/caddy/Caddyfile ] || awk '$1 == "import" { gsub(/"/, "", $2); print ($2 ~ /^\//) ? $2 : "/etc/caddy/" $2 }' /etc/caddy/Caddyfile
      ;;
  esac
}

included() { # DIR: true when one of the patterns takes our files in it
  awk -v dir="$1" '
    { pattern = $0; sub(/\/+$/, "", pattern) }
    pattern == dir { found = 1 }
    substr(pattern, 1, length(dir) + 1) == dir "/" {
      rest = substr(pattern, length(dir) + 2)
      if (rest ~ /^(\*|\*\.conf|\*\.caddy|\*\.\*|gatehouse-?\*.*|\[\^\.#\]\*|\[\^\.\]\*)$/) found = 1
    }
    END { print found ? "true" : "false" }
  ' "$work/includes"
}

nginx_facts() {
  run 20 "$(nginx_binary)" -V
  version=$(sed -n 's:.*nginx version\: [^/]*/\([0-9.]*\).*:\1:p' "$work/out" | head -n 1)
  linked=$(sed -n 's/.*(running with OpenSSL \([0-9.]*\).*/\1/p' "$work/out" | head -n 1)
  [ -n "$linked" ] || linked=$(sed -n 's/^built with OpenSSL \([0-9.]*\).*/\1/p' "$work/out" | head -n 1)
  list=$(
    {
      tr ' ' '\n' <"$work/out" | sed -n 's/^--with-\([a-z0-9_]*\)$/\1/p'
      set +f
      cat /etc/nginx/nginx.conf /etc/nginx/modules-enabled/*.conf /usr/share/nginx/modules/*.conf 2>/dev/null | sed -n 's:^[[:space:]]*load_module .*/*ngx_\([a-z0-9_]*\)\.so.*:\1:p'
    } | sort -u | json_list
  )
}

apache_facts() {
  run 20 "$(apache_binary)" -v
  version=$(sed -n 's:.*Apache/\([0-9.]*\).*:\1:p' "$work/out" | head -n 1)
  linked=$(openssl version 2>/dev/null | sed -n 's/^OpenSSL \([0-9.]*\).*/\1/p')
  run 20 "$(apache_command)" -M
  list=$(sed -n 's/^ \([a-z0-9_]*\)_module (.*/\1/p' "$work/out" | sort -u | json_list)
  if [ "$code" -ne 0 ] && [ -d /etc/apache2/mods-enabled ]; then
    list=$(find /etc/apache2/mods-enabled -name '*.load' | sed 's:.*/::; s:\.load$::' | sort | json_list)
  fi
}

# available_modules: what a2enmod could switch on, with what each depends on.
available_modules() {
  [ -d /etc/apache2/mods-available ] || return 0
  find /etc/apache2/mods-available -name '*.load' -exec awk '
    function flush_one() { if (name != "") printf "%s{\"name\":\"%s\",\"needs\":[%s],\"config\":%s}", count++ ? "," : "", name, needs, config }
    FNR == 1 {
      flush_one()
      name = FILENAME; sub(/.*\//, "", name); sub(/\.load$/, "", name); gsub(/[^A-Za-z0-9_-]/, "_", name)
      needs = ""; file = FILENAME; sub(/\.load$/, ".conf", file)
      config = (getline line < file) >= 0 ? "true" : "false"; close(file)
    }
    /^# Depends:/ { for (i = 3; i <= NF; i++) { gsub(/[^A-Za-z0-9_-]/, "", $i); needs = needs (needs == "" ? "" : ",") "\"" $i "\"" } }
    END { flush_one() }
  ' {} +
}

caddy_facts() {
  run 20 env HOME="$work" "$(caddy_binary)" version
  version=$(sed -n 's/^v*\([0-9][0-9.]*\).*/\1/p' "$work/out" | head -n 1)
  run 20 env HOME="$work" "$(caddy_binary)" list-modules
  list=$(grep -E '^[a-z0-9_.]+$' "$work/out" | json_list)
}

# emit_listeners: every listening socket, with the process that has it.
emit_listeners() {
  local pid inode kind
  set +f
  ls -l /proc/[0-9]*/fd 2>/dev/null | awk '
    /^\/proc\// { split($1, part, "/"); pid = part[3] }
    $NF ~ /^socket:\[/ { print substr($NF, 9, length($NF) - 9), pid }' >"$work/held"
  set -f
  sockets >"$work/sockets"
  awk '
    function byte(text, i) { return (index("0123456789ABCDEF", substr(text, i, 1)) - 1) * 16 + index("0123456789ABCDEF", substr(text, i + 1, 1)) - 1 }
    function address(text, i, out, word) {
      if (length(text) == 8) return byte(text, 7) "." byte(text, 5) "." byte(text, 3) "." byte(text, 1)
      if (text ~ /^0+$/) return "::"
      out = ""
      for (word = 0; word < 4; word++) for (i = 3; i >= 0; i -= 2)
        out = out (out == "" ? "" : ":") sprintf("%x", byte(text, word * 8 + i * 2 + 1) * 256 + byte(text, word * 8 + i * 2 - 1))
      return out
    }
    FILENAME == ARGV[1] { name[$1] = $4; next }
    # Several processes may share a socket: the oldest one is the owner.
    FILENAME == ARGV[2] { if (!($1 in holder) || $2 + 0 < holder[$1] + 0) holder[$1] = $2; next }
    {
      pid = holder[$3]; process = pid == "" ? "" : name[pid]
      server = process == "nginx" ? "nginx" : process ~ /^(apache2|httpd)$/ ? "apache" : process == "caddy" ? "caddy" : ""
      key = $1 " " $2 " " $4
      if (seen[key]++) next
      printf "{\"event\":\"listener\",\"protocol\":\"%s\",\"address\":\"%s\",\"port\":%d,\"pid\":%s,\"process\":\"%s\",\"server\":%s}\n", $1, address($4), $2, pid == "" ? "null" : pid, process, server == "" ? "null" : "\"" server "\""
    }
  ' "$work/processes" "$work/held" "$work/sockets" | head -n 2000
}
