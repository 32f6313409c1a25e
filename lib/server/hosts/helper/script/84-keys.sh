
# rekey: the authorised keys of the account that asks, for a change of its key. Run as that account; where the helper is
# installed, as root and for the enrolled account alone, whatever account may be meant.
#   add:   every line of the old key gets a twin with the new one, options and all
#   drop:  the old key's lines go, if the new one has a line; in the enrolled account every line but the new one's
#   leave: the old key's lines go and nothing takes their place; not in the enrolled account, which would be of no use without
verb_rekey() {
  local file copy
  case $0 in
    */*) file=/var/lib/gatehouse-login/.ssh/authorized_keys ;;
    *) file=${HOME:-/nonexistent}/.ssh/authorized_keys ;;
  esac
  [ -n "$key_act" ] && [ -n "$old_key" ] && [ -f "$file" ] || refuse key-not-found
  case $key_act in
    leave) case $0 in */*) refuse bad-request ;; esac ;;
    *) [ -n "$new_key" ] || refuse bad-request ;;
  esac
  file=$(readlink -f "$file")
  edit_keys "$file" >"$work/keys" || refuse key-not-found
  if ! cmp -s "$work/keys" "$file"; then
    copy=$file.gatehouse-new
    rm -f "$copy" 2>/dev/null
    # The copy keeps owner and mode; the rename puts the whole new text in place or none of it.
    if ! { cp -p "$file" "$copy" && cat "$work/keys" >"$copy" && cmp -s "$work/keys" "$copy" && flush "$copy" && mv -f "$copy" "$file"; } 2>"$work/why"; then
      rm -f "$copy" 2>/dev/null
      refuse keys-not-writable "$file" "$(cat "$work/why")"
    fi
    [ ! -x /sbin/restorecon ] || /sbin/restorecon "$file" 2>/dev/null
    flush "${file%/*}"
  fi
  finish 'done'
}

# edit_keys FILE: its text as it should be; fails where the key that must be there is not.
edit_keys() {
  local enrolled=''
  case $0 in */*) enrolled=yes ;; esac
  awk -v act="$key_act" -v old="$old_key" -v new="$new_key" -v enrolled="$enrolled" '
    function has(line, key) { return key != "" && line !~ /^[ \t]*#/ && index(" " line " ", " " key " ") > 0 }
    function twin(line, at) {
      at = index(" " line " ", " " old " ")
      return substr(line, 1, at - 1) new " gatehouse"
    }
    { line[NR] = $0; if (has($0, old)) olds++; if (has($0, new)) news++ }
    END {
      if (act == "add" && !olds || act == "drop" && !news) exit 1
      for (n = 1; n <= NR; n++) {
        if (act == "drop" && enrolled && !has(line[n], new)) continue
        if (act != "add" && has(line[n], old)) continue
        print line[n]
        if (act == "add" && !news && has(line[n], old)) print twin(line[n])
      }
    }
  ' "$1"
}
