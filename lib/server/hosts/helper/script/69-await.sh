
# await_certificates: the blocks for which the web server fetches the certificate by itself, once all others are proven. A CA takes its time: up to
# ninety seconds, with what the server says meanwhile.
await_certificates() {
  grep '^awaited ' "$work/asks" >"$work/present" || return 0
  step await-certificate running
  more_time || fail disk-full
  prove_identity "$work/present" 90 || { certificate_words >"$work/why"; fail "$(certificate_reason)"; }
  step await-certificate ok
}

# Nobody answered: the server has no certificate to answer with.
certificate_reason() { if [ "$failure" = not-answered ]; then echo certificate-not-issued; else echo "$failure"; fi; }

# certificate_words: what the server's log says last of fetching one, since the reload.
certificate_words() {
  local inode size file
  {
    while read -r inode size file; do tail -c "+$((size + 1))" "$file" 2>/dev/null; done <"$journal/before/logs"
    ! have journalctl || timeout 10 journalctl -u caddy --since "@$epoch" -o cat --no-pager -q </dev/null 2>/dev/null 9>&-
  } | tail -c 4194304 | grep -aE '"level":"(error|warn)"' | grep -aE '"logger":"(tls|http\.acme)' | tail -n 1 | head -c 2000
}

# old_serves: the server has not taken a reload that it was told after the files were put back, but never took anything else either: all that serve
# are workers of before the apply, on the ports of before.
old_serves() {
  local port
  [ "$failure" = old-generation ] && [ "$server_alive" = true ] || return 1
  workers >"$work/workers"
  count_workers "$journal/before/workers"
  [ "$new_workers" -eq 0 ] && [ "$old_workers" -gt 0 ] || return 1
  find_owned
  while read -r port; do
    case $owned in *" $port "*) ;; *) return 1 ;; esac
  done <"$journal/before/ports"
}
