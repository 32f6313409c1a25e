
max_source_files=4000
max_source_bytes=16777216

# inventory: the configuration that a server reads, whole: its main file and all that it takes in, in the texts that are on the disk. Nothing
# is run and nothing is made: what the texts mean is found out by the caller.
verb_inventory() {
  local kind
  for kind in $servers; do
    server=$kind
    has_server "$kind" || continue
    unset master
    find_master
    find_running
    places "$server" >"$work/places"
    find_generation
    emit "\"effective\",\"server\":\"$server\",\"running\":$([ -n "$master" ] && echo true || echo false),\"pid\":${master:-null},\"startTicks\":${master_start:-0},\"generation\":$(quoted "$read_by"),\"loadedSecondsAgo\":$read_ago,\"mainConfig\":$(quoted "$run_main"),\"base\":$(quoted "$(source_base)"),\"adapter\":$(quoted "$run_adapter"),\"resumes\":$([ -n "$run_resume" ] && echo true || echo false),\"globals\":$(quoted "$run_globals"),\"defines\":[$(printf '%s\n' $run_defines | grep . | json_list)]"
    [ -n "$run_main" ] || continue
    walk_sources
    report_sources
  done
  finish 'done'
}

# find_generation: the processes that read the configuration last, in $read_by, and how many seconds ago they began, in $read_ago. Of several that
# take new connections the oldest counts: others may have come by themselves.
find_generation() {
  local oldest=''
  read_by='' read_ago=null
  [ -n "$master" ] || return 0
  oldest=$(workers | awk -F : 'NR == 1 || $2 < oldest { oldest = $2 } END { if (NR) print oldest }')
  : "${oldest:=$master_start}"
  tick
  read_by=$master:$master_start:$oldest read_ago=$(((now - oldest * 10) / 1000))
}

# source_base: what relative includes start from: nginx and Caddy the main file's directory, Apache its root.
source_base() {
  local root=''
  case $server in
    apache)
      root=$(awk 'tolower($1) == "serverroot" { gsub(/"/, "", $2); print $2; exit }' "$run_main" 2>/dev/null)
      case $root in /*) ;; *) root=$(apache_base) ;; esac
      echo "${root%/}"
      ;;
    *) echo "${run_main%/*}" ;;
  esac
}

# walk_sources: every file that the main one takes in, however deep, in $work/sources. One awk a round reads all new files; the shell finds
# what their patterns mean.
walk_sources() {
  local base depth=0 pattern file names
  base=$(source_base)
  source_variables
  echo "$run_main" >"$work/round"
  : >"$work/sources"
  while [ -s "$work/round" ] && [ $depth -lt 16 ]; do
    depth=$((depth + 1))
    cat "$work/round" >>"$work/sources"
    [ "$(wc -l <"$work/sources")" -lt $max_source_files ] || break
    xargs awk -v kind="$server" -v base="$base" -v given="$work/variables" "$include_words" <"$work/round" 2>/dev/null | awk '!seen[$0]++' >"$work/patterns"
    while read -r pattern; do
      set +f
      # A pattern is a word of a file, not of a command; what is in no such alphabet is reported as not read.
      case $pattern in
        *[!]A-Za-z0-9._@+,=:/*?^#![-]*) echo "$pattern" >>"$work/odd" ;;
        *)
          for file in $pattern; do
            if [ -d "$file" ]; then [ "$server" != apache ] || find "$file/" -type f 2>/dev/null | sed 's://*:/:g'; else [ ! -f "$file" ] || echo "$file"; fi
          done
          ;;
      esac
      set -f
    done <"$work/patterns" | grep -E '^[A-Za-z0-9._@+,=:/-]+$' >"$work/found"
    awk 'FILENAME == ARGV[1] { seen[$0] = 1; next } !seen[$0]++' "$work/sources" "$work/found" >"$work/round"
  done
}

# The include patterns of files of each server, as absolute ones.
include_words='
  BEGIN { while ((getline line < given) > 0) { at = index(line, "="); value[substr(line, 1, at - 1)] = substr(line, at + 1) } }
  function resolved(word, name, start, end) {
    while (kind == "apache" && (start = index(word, "${")) && (end = index(substr(word, start), "}"))) {
      name = substr(word, start + 2, end - 3); word = substr(word, 1, start - 1) value[name] substr(word, start + end)
    }
    while (kind == "caddy" && (start = index(word, "{$")) && (end = index(substr(word, start), "}"))) {
      name = substr(word, start + 2, end - 3); word = substr(word, 1, start - 1) value[name] substr(word, start + end)
    }
    return word
  }
  function told(word, from) { gsub(/["\047]/, "", word); word = resolved(word); if (word != "") print (word ~ /^\//) ? word : from "/" word }
  kind == "nginx" {
    line = $0; sub(/^[ \t]*#.*/, "", line)
    while (match(line, /(^|[;{} \t])include[ \t]+[^;]+;/)) {
      word = substr(line, RSTART, RLENGTH); line = substr(line, RSTART + RLENGTH)
      sub(/^.?include[ \t]+/, "", word); sub(/[ \t]*;$/, "", word); told(word, base)
    }
  }
  kind == "apache" && tolower($1) == "define" { if (!($2 in value)) value[$2] = $3 }
  kind == "apache" && tolower($1) ~ /^include(optional)?$/ { told($2, base) }
  kind == "caddy" && $1 == "import" { from = FILENAME; sub(/\/[^\/]*$/, "", from); told($2, from) }
'

# source_variables: "NAME=VALUE" lines of the running process in $work/variables, with nothing but plain values of at most 200 characters:
# they are looked up for names and addresses. The dashboard gets only those that such a line asks for (see needed_variables).
source_variables() {
  : >"$work/variables"
  [ -n "$master" ] && [ "$server" != nginx ] || return 0
  tr '\000' '\n' <"/proc/$master/environ" 2>/dev/null | grep -E '^[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9._@+,:/*{} -]{0,200}$' >"$work/variables"
}

# needed_variables: of those, the ones in lines that say names, addresses and ports; no others leave the host.
needed_variables() {
  [ -s "$work/variables" ] || return 0
  xargs awk -v kind="$server" '
    FNR == 1 { depth = 0 }
    kind == "apache" && tolower($1) !~ /^(listen|<virtualhost|servername|serveralias|include|includeoptional|serverroot|define|usecanonicalname)$/ { next }
    kind == "caddy" { line = $0; sub(/(^|[ \t])#.*/, "", line); here = depth; depth += gsub(/(^|[ \t])\{([ \t]|$)/, "&", line); depth -= gsub(/(^|[ \t])\}([ \t]|$)/, "&", line)
      if (here > 0 && $1 !~ /^(bind|default_bind|http_port|https_port|import|admin)$/) next }
    {
      line = $0
      while (match(line, /\$\{[A-Za-z0-9_]+\}|\{\$[A-Za-z0-9_]+/)) { name = substr(line, RSTART, RLENGTH); line = substr(line, RSTART + RLENGTH); gsub(/[${}]/, "", name); print name }
    }' <"$work/sources" 2>/dev/null | awk 'FILENAME == ARGV[1] { want[$0] = 1; next } { name = $0; sub(/=.*/, "", name); if (name in want) print }' - "$work/variables" | head -n 200
}

# report_sources: of each file its path, the file that it really is, its print, and its text, where that may leave the host: what lies in the
# configuration's own directories, and elsewhere what everybody on the host may read. Never a key.
report_sources() {
  local today
  needed_variables >"$work/needed"
  [ ! -s "$work/needed" ] || emit "\"variables\",\"server\":\"$server\",\"text64\":\"$(encode <"$work/needed")\""
  awk -v n=$max_source_files 'NR <= n' "$work/sources" >"$work/places.read"
  real_paths <"$work/places.read" >"$work/real"
  xargs stat -L -c '%n %f %a %s %Y' <"$work/places.read" >"$work/stat" 2>/dev/null
  # By the clock that times files, whatever date says.
  today=$(stat -c %Y "$work/real")
  xargs stat -c '%n %Y' <"$work/places.read" >"$work/written" 2>/dev/null
  xargs grep -lF 'PRIVATE KEY' <"$work/places.read" >"$work/secret" 2>/dev/null
  awk -v one=$max_read_file_bytes -v all=$max_source_bytes -v roots="$(config_roots "$server")" -v server="$server" -v list="$work/readable" -v today="$today" '
    BEGIN { count = split(roots, root, " ") }
    FILENAME == ARGV[1] { real[$1] = $2; next }
    FILENAME == ARGV[2] { kind[$1] = substr($2, 1, 1); mode[$1] = $3; size[$1] = $4; written[$1] = $5; next }
    FILENAME == ARGV[3] { if ($2 > written[$1]) written[$1] = $2; next }
    FILENAME == ARGV[4] { secret[$1] = 1; next }
    function inside(path, i) { for (i = 1; i <= count; i++) if (substr(path, 1, length(root[i]) + 1) == root[i] "/") return 1; return 0 }
    {
      p = $1; why = ""
      if (!(p in kind)) why = "gone"
      else if (kind[p] != "8") why = "not-a-file"
      else if (p in secret) why = "holds-a-key"
      else if (!inside(real[p]) && substr(mode[p], length(mode[p])) !~ /[4567]/) why = "private"
      else if (size[p] + 0 > one || (sum += size[p]) > all) why = "too-large"
      printf "{\"event\":\"source\",\"server\":\"%s\",\"path\":\"%s\",\"real\":\"%s\",\"sizeBytes\":%d,\"changedSecondsAgo\":%s,\"content\":%s%s}\n", server, p, (p in real) ? real[p] : p, size[p], (p in written) ? today - written[p] : "null", why == "" ? "true" : "false", why == "" ? "" : ",\"reason\":\"" why "\""
      if (why == "") print p > list
    }
    END { printf "" > list }
  ' "$work/real" "$work/stat" "$work/written" "$work/secret" "$work/places.read"
  [ -s "$work/readable" ] || return 0
  echo '{"event":"contents"}'
  xargs cat <"$work/readable" | wrap
  echo '{"event":"contents-end"}'
}

# real_paths: "PATH REAL" for each path on stdin. A link is followed once: one that leads to another link counts as lying elsewhere.
real_paths() {
  local path dir known='' real
  while read -r path; do
    dir=${path%/*}
    # What is above it, once for each directory.
    if [ "$dir" != "$known" ]; then known=$dir; real=$(cd -P "$dir" 2>/dev/null && pwd -P) || real=$dir; fi
    if [ -L "$path" ]; then echo "$path $real" >&3; else echo "$path $real/${path##*/}"; fi
  done 3>"$work/links"
  [ -s "$work/links" ] || return 0
  known=''
  # shellcheck disable=SC2046
  link_targets $(cut -d ' ' -f 1 "$work/links") | awk '
    FILENAME == ARGV[1] { above[$1] = $2; next }
    NF != 2 || $2 ~ /[^A-Za-z0-9._@+,=:\/-]/ { print $1, "/elsewhere"; next }
    {
      n = split(($2 ~ /^\//) ? $2 : above[$1] "/" $2, part, "/"); top = 0
      for (i = 1; i <= n; i++) if (part[i] == "..") { if (top) top-- } else if (part[i] != "" && part[i] != ".") keep[++top] = part[i]
      real = ""
      for (i = 1; i <= top; i++) real = real "/" keep[i]
      print $1, real
    }' "$work/links" - | while read -r path real; do
    dir=${real%/*}
    if [ "$dir" != "$known" ]; then known=$dir above=$(cd -P "$dir" 2>/dev/null && pwd -P) || above=/elsewhere; fi
    if [ -L "$real" ]; then echo "$path /elsewhere$real"; else echo "$path $above/${real##*/}"; fi
  done
}
