#!/bin/sh
# Runs Buildbot in the foreground. Arguments: directory for its data (kept between runs), settings as JSON.
set -eu
here=$(dirname "$0")
directory=$1
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore
# Debian's own interpreter: the package's modules are there, whichever python comes first in PATH.
python=/usr/bin/python3

if [ ! -e "$directory/state.sqlite" ]; then
  mkdir -p "$directory"
  $python /usr/bin/buildbot create-master --quiet --relocatable --no-logrotate "$directory"
  ln -s "$here/master.cfg" "$directory/"
  printf '%s' "$2" >"$directory/settings.json"
fi
cd "$directory"
exec $python /usr/bin/twistd3 --nodaemon --no_save --pidfile= --logfile=- --python buildbot.tac
