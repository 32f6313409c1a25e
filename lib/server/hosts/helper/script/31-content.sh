
# What a request may make web servers read. Its words are those that the generator's printers can print (see vocabulary, which is made
# from their own table), in the form in which they print them: what is not known is refused, however it may be meant.

# check_texts: of $work/texts, "PATH ROLE MODE" of every file that is to be written; their contents are below $changes/new. Leaves the paths
# that they refer to in $work/references, as "KIND PATH".
check_texts() {
  local path role mode why
  : >"$work/references"
  [ -s "$work/texts" ] || return 0
  # Not every awk sees what is behind one.
  tr -d '\001-\377' <"$work/contents" >"$work/odd"
  [ ! -s "$work/odd" ] || refuse content-not-allowed '' 'a NUL byte'
  while read -r path role mode; do
    case $role in
      include) check_include "$path" ;;
      # What becomes of somebody else's file is judged by what it held (see check_handed).
      handover) ;;
      *)
        case $mode in 600 | 640 | 644) ;; *) refuse mode-not-allowed "$path" ;; esac
        # Links are all that switches something on; certificates and passwords have ways of their own.
        case $role-$path in enable-* | *-/etc/gatehouse/*) refuse content-not-allowed "$path" "$role" ;; esac
        echo "$path" >&6
        ;;
    esac
  done <"$work/texts" 6>"$work/sentences"
  vocabulary "$server" >"$work/vocabulary"
  read_sentences >"$work/offence" || { read -r path why <"$work/offence"; refuse content-not-allowed "$path" "$why"; }
}

# check_include PATH: the text that is there, with or without lines of ours, and nothing else.
check_include() {
  [ -f "$1" ] && [ ! -L "$1" ] || refuse content-not-allowed "$1"
  include_lines "$server" >"$work/lines"
  awk '
    { text = $0; gsub(/^[ \t]+|[ \t\r]+$/, "", text) }
    FILENAME == ARGV[1] { ours[text] = 1; next }
    text in ours { if (FILENAME == ARGV[3] && seen[text]++) wrong = 1; next }
    FILENAME == ARGV[2] { old[++olds] = $0; next }
    { if ($0 != old[++news]) wrong = 1 }
    END { exit wrong || olds != news }
  ' "$work/lines" "$1" "$changes/new$1" || refuse content-not-allowed "$1" 'more than the line that reads our files'
}

# read_sentences: false with "PATH line N: WORD" of the first thing that is not in the vocabulary.
read_sentences() {
  awk -v server="$server" -v dir="$changes/new" -v references="$work/references" '
    function fail(what) { gsub(/[^ -~]/, "?", what); printf "%s line %d: %s\n", path, line, substr(what, 1, 80); exit 1 }
    function plain(p) { sub(/\/$/, "", p); return p ~ /^(\/[A-Za-z0-9._@+-]+)+$/ && p !~ /\/\.\.?(\/|$)/ }
    function bare(word) { return word ~ /^".*"$/ ? substr(word, 2, length(word) - 2) : word }
    function fits(kind, args, word, words, i) {
      if (kind == "log" && server == "nginx" && args == "off") return 1
      if (kind == "log" && server == "apache" && args ~ /^\/dev\/null "?%h"? "?expr=false"?$/) return 1
      if (kind == "log" && server == "caddy" && !sub(/^file /, "", args)) return 0
      words = split(args, word, " ")
      if (kind == "log") return plain(word[1]) && word[1] ~ /^\/var\/log\/.*\.log$/ && (server == "apache" || words == 1 || words == 2 && server == "nginx" && word[2] ~ /^[a-z_]+$/)
      for (i = 1; i <= words; i++) {
        if (!plain(bare(word[i]))) return 0
        if (kind != "directory") print kind, bare(word[i]) > references
      }
      return kind == "file" || words == 1
    }
    function check(word, args, opens, key) {
      if (block[depth] == "geo" && word ~ /^[0-9A-Fa-f:.\/]+$/) word = "address"
      key = block[depth] " " word
      if (!(key in values)) fail(word)
      if (opens ? holds[key] == "never" : holds[key] == "always") fail(word)
      if (values[key] != "any" && !(substr(values[key], 1, 1) == "^" ? args ~ values[key] : fits(values[key], args))) fail(word " " args)
      if (opens) block[++depth] = word
    }
    function nginx(text, word, args, words, token, char) {
      if (text ~ /^[ ]*[a-z_]+( [A-Za-z0-9_.\/:=+,*@^~!$-]+)*;$/) {
        sub(/^ */, "", text); text = substr(text, 1, length(text) - 1)
        word = args = text; sub(/ .*/, "", word); if (!sub(/^[^ ]* /, "", args)) args = ""
        check(word, args, 0)
        return
      }
      for (;;) {
        sub(/^[ \t]+/, "", text)
        char = substr(text, 1, 1)
        if (char == "" || char == "#" && !words) { if (words) fail(word); return }
        if (char == ";" || char == "{") {
          if (!words) fail(char)
          check(word, args, char == "{")
          words = 0; args = ""; text = substr(text, 2)
          continue
        }
        if (char == "}") {
          if (words || !depth) fail(char)
          depth--; text = substr(text, 2)
          continue
        }
        if (!match(text, /^"([^"\\]|\\.)*"/) && !match(text, /^([]A-Za-z0-9_.\/:=+,*@^~!?%&|<>()[$-]|\$\{[a-z0-9_]+\})+/)) fail(substr(text, 1, 40))
        token = substr(text, 1, RLENGTH); text = substr(text, RLENGTH + 1)
        if (char == "\"" ? text !~ /^([ \t;{)]|$)/ : text !~ /^([ \t;{]|$)/) fail(token substr(text, 1, 9))
        if (token ~ /\$$/ && text ~ /^\{/) fail(token "{")
        if (!words++) word = token; else args = args (words == 2 ? "" : " ") token
      }
    }
    function apache(text, word, args, opens) {
      gsub(/^[ \t]+|[ \t]+$/, "", text)
      if (text ~ /\\$/) fail("a backslash at the end")
      if (text == "" || text ~ /^#/) return
      args = text; gsub(/\$\{gatehouse_dollar\}/, "", args)
      if (args ~ /\$\{/) fail("${")
      if (text ~ /^<\//) {
        if (!depth || text != "</" block[depth] ">") fail(text)
        depth--
        return
      }
      if (opens = text ~ /^</) {
        if (text !~ />$/) fail(text)
        text = substr(text, 2, length(text) - 2)
      }
      word = args = text
      sub(/[ \t].*/, "", word)
      if (!sub(/^[^ \t]+[ \t]+/, "", args)) args = ""
      if (args ~ /%\{file/ || (word ~ /^(If|RewriteCond|Require)$/ || args ~ /expr=/) && args ~ /(^|[^A-Za-z])file(size)? *\(/) fail(word)
      check(word, args, opens)
    }
    function caddy(text, word, args, words, token, opens) {
      gsub(/^[ \t]+|[ \t]+$/, "", text)
      if (text ~ /\{(\$|env\.|file\.)/) fail("{$")
      if (text ~ /\\$/) fail("a backslash at the end")
      if (text == "" || text ~ /^#/) return
      if (text == "}") {
        if (!depth) fail(text)
        depth--
        return
      }
      for (; text != ""; sub(/^[ \t]+/, "", text)) {
        if (text == "{" && words) { opens = 1; break }
        if (text ~ /^(#|<<)/ || !match(text, /^"([^"\\]|\\.)*"/) && !match(text, /^`[^`]*`/) && !(word == "gatehouse_brace" && match(text, /^\\\\\{/)) && !match(text, /^([]A-Za-z0-9_.\/:@*%+=,?!~&;()>^$|#[-]|\{[A-Za-z0-9_.>-]+\})+/)) fail(substr(text, 1, 40))
        token = substr(text, 1, RLENGTH); text = substr(text, RLENGTH + 1)
        if (text !~ /^([ \t]|$)/ || token ~ /^["`][{}]["`]$/) fail(token substr(text, 1, 9))
        if (!words++) word = token; else args = args (words == 2 ? "" : " ") token
      }
      if (!depth) { args = word (args == "" ? "" : " ") args; word = "site" }
      if (word ~ /^@[a-z0-9-]+$/) word = "@"
      check(word, args, opens)
    }
    FILENAME == ARGV[1] { key = $1 " " $2; holds[key] = $3; sub(/^[^ ]+ [^ ]+ [^ ]+ /, ""); values[key] = $0; next }
    {
      path = $1; line = 0; depth = 0; block[0] = "top"
      while ((got = (getline text < (dir path))) > 0) {
        line++
        if (text ~ /[\001-\010\013-\037\177]/) fail("a control character")
        if (server == "nginx") nginx(text); else if (server == "apache") apache(text); else caddy(text)
      }
      if (got < 0) fail("unreadable")
      if (depth) fail("a block without its end")
      close(dir path)
    }
  ' "$work/vocabulary" "$work/sentences"
}
