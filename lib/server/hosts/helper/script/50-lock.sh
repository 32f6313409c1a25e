
make_state_root() {
  [ ! -L $state_root ] || return 1
  [ -d $state_root ] || mkdir -m 700 $state_root 2>/dev/null || return 1
  chmod 700 $state_root
}

# take_lock SECONDS: one at a time per host (G8). The kernel's lock goes away with the process that holds it; where there is
# no flock, a directory that names its owner, whose death anybody may find out.
take_lock() {
  local until
  # A failed redirection would end the whole shell further down, but not here: true is no special command.
  { true >>$state_root/lock; } 2>/dev/null || return 2
  tick
  until=$((now + $1 * 1000))
  while :; do
    if have flock; then
      exec 9>>$state_root/lock
      flock -n 9 && break
    elif mkdir $state_root/lock.d 2>/dev/null; then
      echo "$$ $self_start $boot_id" >$state_root/lock.d/owner
      break
    else
      break_dead_lock && continue
    fi
    tick
    [ "$now" -lt "$until" ] || return 1
    sleep 0.1
  done
  lock_held=yes
}

# The owner is dead: move the lock away under a name of our own (only one can win that), then everybody tries again.
break_dead_lock() {
  local pid start boot
  read -r pid start boot 2>/dev/null <$state_root/lock.d/owner || {
    # Just made, not yet signed, or its owner died in between.
    [ -n "$(find $state_root/lock.d -maxdepth 0 -mmin +1 2>/dev/null)" ] || return 1
    pid=0 start=0 boot=none
  }
  [ "$boot" != "$boot_id" ] || ! alive "$pid" "$start" || return 1
  mv $state_root/lock.d "$state_root/lock.dead.$$" 2>/dev/null && rm -rf "$state_root/lock.dead.$$"
}

drop_lock() {
  [ -n "$lock_held" ] || return 0
  { true >$state_root/holder; } 2>/dev/null
  have flock || rm -rf $state_root/lock.d
  exec 9>&-
  lock_held=''
}

sign_lock() { echo "$1 $2" >$state_root/holder; }

emit_lock_conflict() {
  local id='' who=unknown
  read -r id who 2>/dev/null <$state_root/holder || :
  emit_conflict "$id" "${who:-unknown}" locked null
}

emit_conflict() { # ID HOLDER STATE REMAINING
  local id=null
  [ -z "$1" ] || id="\"$(plain "$1")\""
  emit "\"conflict\",\"applyId\":$id,\"holder\":\"$(plain "$2")\",\"state\":\"$3\",\"remainingSeconds\":$4"
}
