
main() {
  prepare
  case ${1:-} in
    --watchdog) watch_over "$2" ;;
    --shielded)
      shift
      shielded "$@"
      exit 0
      ;;
    --boot)
      recover_files
      exit 0
      ;;
  esac
  make_work || { emit_begin none none; error no-scratch-space; finish refused; }
  read_header
  case $? in
    0) ;;
    2) emit_begin none none; error protocol-unknown; finish refused ;;
    3) emit_begin none none; error request-too-large; finish refused ;;
    *) emit_begin none none; error bad-request; finish refused ;;
  esac
  emit_begin "$nonce" "$verb"
  # An account changes its own keys by itself; everything else needs root.
  is_root || [ "$verb" = rekey ] || { error not-root; finish refused; }
  read_blob 2>/dev/null || { error request-damaged; finish refused; }
  read_manifest || { error bad-request '' "$bad_line"; finish refused; }
  exec </dev/null
  case $verb in
    facts | inventory | state | read | preflight | apply | confirm | hold | rollback | status | recover | rekey | certkey | certchain | challenge | pairs) "verb_$verb" ;;
    *) error verb-unknown; finish refused ;;
  esac
}

main "$@"
