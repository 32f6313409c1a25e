#!/bin/sh
# Arranges a web server of a running host as another distribution's packages do: names, directories and main config of RHEL's nginx and
# httpd, or of Alpine's nginx and apache2. The binaries stay Debian's; httpd gets the defaults that those are compiled with by a wrapper.
# Arguments: rhel or alpine, nginx or apache. Sources: nginx.conf and httpd.conf of the packages nginx 1.22 and httpd 2.4 of RHEL 9, nginx
# 1.26 and apache2 2.4 of Alpine 3.20, without their comments and anything unrelated to sites and modules.
set -eu
layout=$1 server=$2

sh /run/lab/server.sh stop "$server"
case $layout in
  rhel) printf 'ID="rhel"\nID_LIKE="fedora"\nVERSION_ID="9.4"\nPRETTY_NAME="Red Hat Enterprise Linux 9.4 (Plow)"\n' >/etc/os-release ;;
  alpine) printf 'ID=alpine\nVERSION_ID=3.20.3\nPRETTY_NAME="Alpine Linux v3.20"\n' >/etc/os-release ;;
esac

nginx_arranged() {
  useradd --system --no-create-home nginx
  cp /etc/nginx/mime.types /tmp/
  rm -rf /etc/nginx
  mkdir -p /etc/nginx /var/log/nginx
  mv /tmp/mime.types /etc/nginx/
}

httpd_arranged() { # SERVER_ROOT MAIN_CONFIG USER PID_FILE
  useradd --system --no-create-home "$3"
  rm -rf /etc/apache2
  mkdir -p /usr/lib/httpd "${4%/*}"
  mv /usr/sbin/apache2 /usr/lib/httpd/httpd
  rm -f /usr/sbin/apache2ctl /usr/sbin/apachectl /usr/sbin/a2*
  printf '#!/bin/sh\nexec /usr/lib/httpd/httpd -d %s -f %s -C "PidFile %s" "$@"\n' "$1" "$2" "$4" >/usr/sbin/httpd
  chmod 755 /usr/sbin/httpd
}

load() { # DIRECTORY MODULE…
  directory=$1
  shift
  for module; do echo "LoadModule ${module}_module $directory/mod_$module.so"; done
}
base='access_compat actions alias allowmethods auth_basic authn_core authn_file authz_core authz_groupfile authz_host authz_user autoindex deflate dir
  env expires filter headers mime negotiation remoteip reqtimeout setenvif status'
proxies='proxy lbmethod_bybusyness lbmethod_byrequests lbmethod_bytraffic proxy_balancer proxy_connect proxy_http proxy_wstunnel'

case $layout-$server in
  rhel-nginx)
    nginx_arranged
    rm -rf /usr/share/nginx/modules
    mkdir -p /etc/nginx/conf.d /etc/nginx/default.d /usr/share/nginx/modules
    cat >/etc/nginx/nginx.conf <<'CONF'
user nginx;
worker_processes auto;
error_log /var/log/nginx/error.log;
pid /run/nginx.pid;
include /usr/share/nginx/modules/*.conf;
events {
    worker_connections 1024;
}
http {
    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent';
    access_log  /var/log/nginx/access.log  main;
    sendfile            on;
    types_hash_max_size 4096;
    include             /etc/nginx/mime.types;
    default_type        application/octet-stream;
    include /etc/nginx/conf.d/*.conf;
    server {
        listen       80;
        listen       [::]:80;
        server_name  _;
        root         /usr/share/nginx/html;
        include /etc/nginx/default.d/*.conf;
    }
}
CONF
    /usr/sbin/nginx
    ;;
  alpine-nginx)
    nginx_arranged
    mkdir -p /etc/nginx/http.d /etc/nginx/modules /etc/nginx/conf.d /run/nginx
    cat >/etc/nginx/nginx.conf <<'CONF'
user nginx;
worker_processes auto;
pid /run/nginx/nginx.pid;
pcre_jit on;
error_log /var/log/nginx/error.log warn;
include /etc/nginx/modules/*.conf;
include /etc/nginx/conf.d/*.conf;
events {
	worker_connections 1024;
}
http {
	include /etc/nginx/mime.types;
	default_type application/octet-stream;
	server_tokens off;
	client_max_body_size 1m;
	sendfile on;
	tcp_nopush on;
	gzip_vary on;
	map $http_upgrade $connection_upgrade {
		default upgrade;
		'' close;
	}
	access_log /var/log/nginx/access.log combined;
	include /etc/nginx/http.d/*.conf;
}
CONF
    printf 'server {\n\tlisten 80 default_server;\n\tlisten [::]:80 default_server;\n\tlocation / {\n\t\treturn 404;\n\t}\n}\n' >/etc/nginx/http.d/default.conf
    /usr/sbin/nginx
    ;;
  rhel-apache)
    httpd_arranged /etc/httpd conf/httpd.conf apache /run/httpd/httpd.pid
    mkdir -p /etc/httpd/conf /etc/httpd/conf.d /etc/httpd/conf.modules.d /var/log/httpd
    ln -s /usr/lib/apache2/modules /etc/httpd/modules
    ln -s /var/log/httpd /etc/httpd/logs
    # shellcheck disable=SC2086
    {
      load modules mpm_event rewrite socache_shmcb slotmem_shm ssl http2 $base $proxies
    } >/etc/httpd/conf.modules.d/00-all.conf
    cat >/etc/httpd/conf/httpd.conf <<'CONF'
ServerRoot "/etc/httpd"
Listen 80
Include conf.modules.d/*.conf
User apache
Group apache
ServerAdmin root@localhost
<Directory />
    AllowOverride none
    Require all denied
</Directory>
DocumentRoot "/var/www/html"
ErrorLog "logs/error_log"
LogLevel warn
LogFormat "%h %l %u %t \"%r\" %>s %b" common
CustomLog "logs/access_log" common
TypesConfig /etc/mime.types
AddDefaultCharset UTF-8
EnableSendfile on
IncludeOptional conf.d/*.conf
CONF
    printf 'Listen 443 https\nSSLSessionCache shmcb:/run/httpd/sslcache(512000)\nSSLSessionCacheTimeout 300\n' >/etc/httpd/conf.d/ssl.conf
    /usr/sbin/httpd -k start
    ;;
  alpine-apache)
    httpd_arranged /var/www /etc/apache2/httpd.conf apache /run/apache2/httpd.pid
    mkdir -p /etc/apache2/conf.d /var/log/apache2 /var/www/localhost/htdocs
    ln -s /usr/lib/apache2/modules /var/www/modules
    ln -s /var/log/apache2 /var/www/logs
    {
      printf 'ServerRoot /var/www\nListen 80\n'
      # shellcheck disable=SC2086
      load modules mpm_event rewrite $base
      cat <<'CONF'
User apache
Group apache
ServerAdmin you@example.com
ServerTokens OS
<Directory />
    AllowOverride none
    Require all denied
</Directory>
DocumentRoot "/var/www/localhost/htdocs"
ErrorLog logs/error.log
LogLevel warn
LogFormat "%h %l %u %t \"%r\" %>s %b" common
CustomLog logs/access.log common
TypesConfig /etc/mime.types
IncludeOptional /etc/apache2/conf.d/*.conf
CONF
    } >/etc/apache2/httpd.conf
    {
      load modules ssl socache_shmcb
      printf 'Listen 443\nSSLSessionCache "shmcb:/var/cache/mod_ssl/scache(512000)"\n'
    } >/etc/apache2/conf.d/ssl.conf
    mkdir -p /var/cache/mod_ssl
    # shellcheck disable=SC2086
    load modules slotmem_shm $proxies >/etc/apache2/conf.d/proxy.conf
    load modules http2 >/etc/apache2/conf.d/http2.conf
    /usr/sbin/httpd -k start
    ;;
esac
