
# Where this product writes, per web server: "DIRECTORY KIND" lines. KIND config: files of our names (see our_name);
# link: those, or links of such names into the sibling directory; module: links into mods-available; own: the directory is ours.
places() {
  case $1 in
    nginx)
      echo /etc/nginx/conf.d config
      echo /etc/nginx/http.d config
      echo /etc/nginx/vhosts.d config
      echo /etc/nginx/sites-available config
      echo /etc/nginx/sites-enabled link
      echo /etc/nginx/gatehouse own
      ;;
    apache)
      echo /etc/apache2/sites-available config
      echo /etc/apache2/sites-enabled link
      echo /etc/apache2/conf-available config
      echo /etc/apache2/conf-enabled link
      echo /etc/apache2/mods-enabled module
      echo /etc/apache2/conf.d config
      echo /etc/apache2/vhosts.d config
      echo /etc/apache2/gatehouse own
      echo /etc/httpd/conf.d config
      echo /etc/httpd/conf/extra config
      echo /etc/httpd/conf/gatehouse own
      ;;
    caddy)
      echo /etc/caddy/conf.d config
      echo /etc/caddy/Caddyfile.d config
      echo /etc/caddy/gatehouse own
      ;;
  esac
}

# Main config files, into which an include line may be put.
main_configs() {
  case $1 in
    nginx) echo /etc/nginx/nginx.conf ;;
    apache) echo /etc/apache2/apache2.conf /etc/apache2/httpd.conf /etc/httpd/conf/httpd.conf ;;
    caddy) echo /etc/caddy/Caddyfile ;;
  esac
}

# Directories whose text files may be read, and that a test tree is made of.
config_roots() {
  case $1 in
    nginx) echo /etc/nginx ;;
    apache) echo /etc/apache2 /etc/httpd ;;
    caddy) echo /etc/caddy ;;
  esac
}

our_name() {
  case ${1#00-} in gatehouse.conf | gatehouse-*.conf | gatehouse.caddy | gatehouse-*.caddy) return 0 ;; esac
  return 1
}

# may_write OP PATH ROLE [TARGET]: whether a request may ask for this at all (G6).
may_write() {
  local op="$1" dir="${2%/*}" name="${2##*/}" role="$3" target="${4:-}" place kind
  case $op-$role in
    put-include | keep-include)
      for place in $(main_configs "$server"); do [ "$place" != "$2" ] || return 0; done
      return 1
      ;;
    *-include) return 1 ;;
    *-handover) may_hand_over "$op" "$2"; return ;;
  esac
  case $dir in
    /etc/gatehouse/tls/acme/*)
      # Only the link to the served generation: key and chain come by verbs of their own.
      [ "$op-$role-$name" = link-enable-current ] && is_certificate_dir "$dir" && generation_is_whole "$dir/$target"
      return
      ;;
    /etc/gatehouse | /etc/gatehouse/tls | /etc/gatehouse/auth) [ "$op" != link ]; return ;;
  esac
  place_kind "$dir"
  case $kind in
    own) [ "$op" != link ] ;;
    config) our_name "$name" && [ "$op" != link ] ;;
    link)
      our_name "$name" || return 1
      [ "$op" != link ] || link_target_fits "$dir" "$name" "$target"
      ;;
    module)
      case $name in *.load | *.conf) ;; *) return 1 ;; esac
      [ "$role" = enable ] || return 1
      [ "$op" != link ] || link_target_fits "$dir" "$name" "$target"
      ;;
    *) return 1 ;;
  esac
}

# An enabling link points to the file of its own name in the directory beside it, nowhere else.
link_target_fits() { # DIR NAME TARGET
  local beside="${1%-enabled}-available"
  [ "$3" = "../${beside##*/}/$2" ] || [ "$3" = "$beside/$2" ]
}

place_kind() { # sets $kind of a directory, empty when it is none of ours
  kind=''
  case " $known_places " in
    *" $1:"*)
      kind=" $known_places "
      kind=${kind#*" $1:"}
      kind=${kind%% *}
      ;;
  esac
}

remember_places() { # once a run: "dir:kind dir:kind …"
  # shellcheck disable=SC2046
  set -- $(places "$server")
  known_places=''
  while [ $# -gt 0 ]; do
    known_places="$known_places $1:$2"
    shift 2
  done
}

# parents_are_real PATH: no component above it is a symbolic link or something else than a directory. Missing ones are fine
# where we may make them.
parents_are_real() {
  local dir="${1%/*}"
  while [ -n "$dir" ]; do
    [ ! -L "$dir" ] || { culprit=$dir; return 1; }
    [ ! -e "$dir" ] || [ -d "$dir" ] || { culprit=$dir; return 1; }
    dir=${dir%/*}
  done
}

# may_read PATH: a text of a web server's own configuration. Links are followed only to such a place.
may_read() {
  local real root
  : "${readable_roots:=$(for kind in nginx apache caddy; do config_roots $kind; done)}"
  for root in $readable_roots; do
    case $1 in "$root"/*) ;; *) continue ;; esac
    case $1 in *.key | *.pem | *.p12 | *.pfx | *.jks) return 1 ;; esac
    [ -L "$1" ] || [ -L "${1%/*}" ] || return 0
    real=$(readlink -f "$1") || return 1
    case $real in "$root"/*) return 0 ;; esac
    return 1
  done
  return 1
}

# may_print PATH: whose fingerprint may be asked for: what may be read, and our own directory.
may_print() {
  case $1 in /etc/gatehouse/*) return 0 ;; esac
  case $1 in /etc/nginx/* | /etc/apache2/* | /etc/httpd/* | /etc/caddy/*) return 0 ;; esac
  return 1
}

# managed SERVER: paths of the files that belong to us, found on the disk.
managed() {
  places "$1" | while read -r dir kind; do
    [ -d "$dir" ] && [ ! -L "$dir" ] || continue
    case $kind in
      own) find "$dir" -maxdepth 1 ! -type d ;;
      module) ;;
      *) find "$dir" -maxdepth 1 ! -type d '(' -name 'gatehouse[.-]*' -o -name '00-gatehouse[.-]*' ')' ;;
    esac
  done | grep -E '^(/[A-Za-z0-9._@+-]+)+$' | grep -Ev '/\.gatehouse-|\.(dpkg|rpm)[a-z-]*$' | sort
}
