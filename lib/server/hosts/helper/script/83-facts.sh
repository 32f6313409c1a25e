
# facts: what this host is. Changes nothing.
verb_facts() {
  local kind
  snapshot
  read_os
  emit_host
  emit_disks
  # A plan asks only the server that it concerns.
  for kind in ${servers:-nginx apache caddy}; do
    has_server "$kind" && { server=$kind; emit_server; }
  done
  emit_listeners
  emit_unsettled
  finish 'done'
}

# read_os: $os_id, $os_like, $os_version and $os_title of the distribution.
read_os() {
  local line value file
  os_id='' os_like='' os_version='' os_title=''
  file=$(first_of /etc/os-release /usr/lib/os-release)
  [ -n "$file" ] || return 0
  while read -r line; do
    value=${line#*=}
    value=${value#[\"\']}
    value=${value%[\"\']}
    case $line in
      ID=*) os_id=$value ;;
      ID_LIKE=*) os_like=$value ;;
      VERSION_ID=*) os_version=$value ;;
      PRETTY_NAME=*) os_title=$value ;;
    esac
  done <"$file"
}

emit_host() {
  local tool found='' missing='' selinux=disabled namespaces=false
  for tool in unshare setpriv flock setsid timeout openssl base64 sha256sum stat systemctl systemd-run rc-service ss curl sudo; do
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
  # shellcheck disable=SC2046
  set -- $(uname -snrm)
  emit "\"host\",\"kernel\":\"$(plain "$1 $3")\",\"arch\":\"$(plain "$4")\",\"distribution\":\"$(plain "$os_id")\",\"distributionVersion\":\"$(plain "$os_version")\",\"title64\":\"$(printf '%.200s' "$os_title" | encode)\",\"hostname64\":\"$(printf '%.300s' "$2" | encode)\",\"init\":\"$(init_system)\",\"uid\":$(id -u),\"selinux\":\"$selinux\",\"tools\":[$found],\"missing\":[$missing],\"namespaces\":$namespaces,\"helperSha256\":\"$(own_text | sha256sum | cut -d ' ' -f 1)\""
}

# Whether the sealed world of a preflight can be made here.
can_layer() {
  have unshare || return 1
  [ -f "$work/helper.sh" ] || own_text >"$work/helper.sh"
  unshare -m sh "$work/helper.sh" --shielded nginx "$work" >/dev/null 2>&1
}

emit_disks() {
  local dir dirs=''
  for dir in /etc /var/lib /var/log; do [ ! -d $dir ] || dirs="$dirs $dir"; done
  # shellcheck disable=SC2086
  df -Pk $dirs >"$work/blocks" 2>/dev/null
  # shellcheck disable=SC2086
  df -Pi $dirs >"$work/inodes" 2>/dev/null
  awk -v list="$dirs" '
    BEGIN { count = split(list, dir, " ") }
    # One line for each directory, after the title.
    FILENAME == ARGV[1] { free[FNR - 1] = $4; next }
    FILENAME == ARGV[2] { if ($4 ~ /^[0-9]+$/ && $2 > 0) inodes[FNR - 1] = $4; next }
    # Root may write anywhere that is not mounted read-only.
    { n = length($2); for (i = 1; i <= count; i++) if (($2 == "/" || $2 == dir[i] || substr(dir[i], 1, n + 1) == $2 "/") && n >= best[i]) { best[i] = n; options[i] = $4 } }
    END {
      for (i = 1; i <= count; i++)
        printf "{\"event\":\"disk\",\"path\":\"%s\",\"freeKib\":%s,\"freeInodes\":%s,\"writable\":%s}\n", dir[i], free[i] ~ /^[0-9]+$/ ? free[i] : "0", i in inodes ? inodes[i] : "null", options[i] ~ /(^|,)ro(,|$)/ ? "false" : "true"
    }
  ' "$work/blocks" "$work/inodes" /proc/self/mounts
}

find_layout() {
  case " $os_id $os_like " in
    *' debian '* | *' ubuntu '*) layout=debian ;;
    *' alpine '*) layout=alpine ;;
    *' arch '*) layout=arch ;;
    *suse*) layout=opensuse ;;
    *' rhel '* | *' fedora '* | *' centos '*) layout=rhel ;;
    *) layout=rhel ;;
  esac
  # Packages of nginx.org know no sites-enabled, whatever the distribution.
  if [ "$server-$layout" = nginx-debian ] && ! included /etc/nginx/sites-enabled; then layout=rhel; fi
}

emit_server() {
  local child dirs='' dir kind exists reads main config=false version='' linked='' list='' user=''
  find_master
  find_running
  main=$run_main
  [ -z "$main" ] || [ ! -f "$main" ] || config=true
  places "$server" >"$work/places"
  find_included
  find_layout
  if [ -n "$master" ]; then
    # The master of nginx and Apache is root; who reads files and speaks to people is a worker.
    workers >"$work/workers"
    child=''
    read -r child <"$work/workers"
    child=${child%:*}
    user=$(user_of "${child:-$master}")
  fi
  "${server}_facts"
  while read -r dir kind; do
    exists=false reads=false
    [ ! -d "$dir" ] || exists=true
    [ $exists = true ] || [ -d "${dir%/*}" ] || continue
    ! included "$dir" || reads=true
    dirs="$dirs${dirs:+,}{\"path\":\"$dir\",\"exists\":$exists,\"included\":$reads}"
  done <"$work/places"
  emit "\"server\",\"server\":\"$server\",\"binary\":\"$("${server}_binary")\",\"version\":$(quoted "$version"),\"openssl\":$(quoted "$linked"),\"layout\":\"$layout\",\"mainConfig\":\"${main:-/}\",\"mainConfigExists\":$config,\"mainKnown\":$([ -n "$main" ] && echo true || echo false),\"adapter\":$(quoted "$run_adapter"),\"resumes\":$([ -n "$run_resume" ] && echo true || echo false),\"instances\":[$(instances)],\"links\":[$(linked_roots)],\"running\":$([ -n "$master" ] && echo true || echo false),\"masterPid\":${master:-null},\"user\":$(quoted "$user"),\"modules\":[$list],\"available\":[$([ "$server" != apache ] || available_modules)],\"directories\":[$dirs]"
}

# instances: what the others of its kind on this host were told.
instances() {
  local pid list=''
  [ -n "$master" ] || return 0
  for pid in $(other_instances); do
    run_main='' run_prefix='' run_adapter='' run_resume='' run_globals='' run_defines='' run_unclear=''
    "${server}_told" "$pid"
    list="$list${list:+,}{\"pid\":$pid,\"mainConfig\":$(quoted "$run_main")}"
  done
  printf %s "$list"
}

# linked_roots: of the places that we write to and what is above them, those that are symbolic links, with where they lead.
linked_roots() {
  { echo /etc; config_roots "$server" | tr ' ' '\n'; cut -d ' ' -f 1 "$work/places"; } | while read -r dir; do
    [ ! -L "$dir" ] || printf '%s %s\n' "$dir" "$(readlink -f "$dir")"
  done | awk 'NF == 2 { gsub(/[^A-Za-z0-9._@+\/-]/, "_", $2); printf "%s{\"path\":\"%s\",\"target\":\"%s\"}", (count++ ? "," : ""), $1, $2 }'
}

quoted() { if [ -n "$1" ]; then printf '"%s"' "$(plain "$1")"; else printf null; fi; }
json_list() { awk '{ gsub(/[^A-Za-z0-9._:@+\/-]/, "_"); printf "%s\"%s\"", (NR > 1 ? "," : ""), $0 }'; }

# includes_of: the absolute patterns that the main config reads where sites belong: for nginx inside of http { }.
includes_of() {
  case $server in
    nginx)
      sed -e 's/#.*//' "$run_main" 2>/dev/null | awk -v base="${run_main%/*}" '
        { line = $0
          while (match(line, /[{}]|include[ \t]+[^;]*;/)) {
            token = substr(line, RSTART, RLENGTH); line = substr(line, RSTART + RLENGTH)
            if (token == "{") depth++
            else if (token == "}") depth--
            else if (depth == 1) { sub(/^include[ \t]+/, "", token); sub(/[ \t]*;$/, "", token); gsub(/["\047]/, "", token); print (token ~ /^\//) ? token : base "/" token }
          } }'
      ;;
    apache)
      [ ! -f "$run_main" ] || awk -v root="$(apache_base)" '
        tolower($1) ~ /^include(optional)?$/ { gsub(/"/, "", $2); print ($2 ~ /^\//) ? $2 : root "/" $2 }' "$run_main"
      ;;
    caddy)
      [ ! -f "$run_main" ] || awk -v base="${run_main%/*}" '$1 == "import" { gsub(/"/, "", $2); print ($2 ~ /^\//) ? $2 : base "/" $2 }' "$run_main"
      ;;
  esac
}

# find_included: of $work/places, the directories whose files of ours some pattern takes in, in $included_dirs.
find_included() {
  includes_of >"$work/includes"
  included_dirs=" $(awk '
    FILENAME == ARGV[1] { dir[++count] = $1; next }
    {
      pattern = $0; sub(/\/+$/, "", pattern)
      for (i = 1; i <= count; i++) {
        if (pattern == dir[i]) found[i] = 1
        if (substr(pattern, 1, length(dir[i]) + 1) != dir[i] "/") continue
        rest = substr(pattern, length(dir[i]) + 2)
        if (rest ~ /^(\*|\*\.conf|\*\.caddy|\*\.\*|gatehouse-?\*.*|\[\^\.#\]\*|\[\^\.\]\*)$/) found[i] = 1
      }
    }
    END { for (i = 1; i <= count; i++) if (found[i]) printf "%s ", dir[i] }
  ' "$work/places" "$work/includes")"
}

included() { case $included_dirs in *" $1 "*) return 0 ;; esac; return 1; }

nginx_facts() {
  local word value
  run 20 "$(nginx_binary)" -V
  sed -n -e 's:.*nginx version\: [^/]*/\([0-9.]*\).*:version \1:p' -e 's/.*(running with OpenSSL \([0-9.]*\).*/running \1/p' \
    -e 's/^built with OpenSSL \([0-9.]*\).*/built \1/p' "$work/out" >"$work/versions"
  while read -r word value; do
    case $word in
      version) : "${version:=$value}" ;;
      running) linked=$value ;;
      built) : "${linked:=$value}" ;;
    esac
  done <"$work/versions"
  list=$(
    {
      tr ' ' '\n' <"$work/out" | sed -n 's/^--with-\([a-z0-9_]*\)$/\1/p'
      set +f
      cat "${run_main:-/etc/nginx/nginx.conf}" /etc/nginx/modules-enabled/*.conf /usr/share/nginx/modules/*.conf 2>/dev/null | sed -n 's:^[[:space:]]*load_module .*/*ngx_\([a-z0-9_]*\)\.so.*:\1:p'
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
  ls -ln /proc/[0-9]*/fd 2>/dev/null | awk '
    /^\/proc\// { split($1, part, "/"); pid = part[3] }
    $NF ~ /^socket:\[/ { print substr($NF, 9, length($NF) - 9), pid }' >"$work/held"
  set -f
  sockets >"$work/sockets"
  awk "$awk_address"'
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
