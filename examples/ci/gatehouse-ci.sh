#!/bin/sh
# Plans the sites of this repository, or applies them, and no others. Run by a pipeline in the repository's root:
#
#   gatehouse-ci.sh plan    on a pull request: 0 nothing would change, 2 something would, 1 error; the plan is in plan.md
#   gatehouse-ci.sh apply   after the merge: plans what is merged and applies exactly that
#   gatehouse-ci.sh drift   on a schedule: 0 every host is as it was left, 2 somebody changed something, 1 error
#
# Needs GATEHOUSE_URL and GATEHOUSE_TOKEN; `gatehouse` in PATH, or its whole name in GATEHOUSE. SITES is the folder of site documents.
set -eu

gatehouse=${GATEHOUSE:-gatehouse}
sites=${SITES:-sites}
# With its slash it is a folder and not the name of a site.
sites=${sites%/}/

# Saves the documents as revisions. This changes no host. What equals the head makes no new revision.
save() {
  "$gatehouse" import "$sites"
}

# Exit code of a command, without ending the script.
code() {
  set +e
  "$@"
  result=$?
  set -e
}

case ${1:-} in
plan)
  save
  code "$gatehouse" plan "$sites" --detailed-exitcode --id-file plan.id --format markdown >plan.md
  cat plan.md
  exit "$result"
  ;;
apply)
  save
  code "$gatehouse" plan "$sites" --detailed-exitcode --id-file plan.id
  case $result in
  0) exit 0 ;;
  2) exec "$gatehouse" apply "$(cat plan.id)" --yes --wait ;;
  *) exit "$result" ;;
  esac
  ;;
drift)
  exec "$gatehouse" drift --check --detailed-exitcode
  ;;
*)
  echo "usage: $0 plan|apply|drift" >&2
  exit 1
  ;;
esac
