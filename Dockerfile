# Two stages: the first one installs and builds, the second one has only what runs. See docs/guide/running.md.
FROM node:22-bookworm AS build
WORKDIR /opt/gatehouse
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
COPY scripts ./scripts
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/start.mjs --prepare \
 && npm prune --omit=dev --no-save --no-audit --no-fund \
 && rm -rf .next/cache e2e

FROM node:22-bookworm-slim
# The SSH client is our own, but for certificates and agents; ca-certificates for webhooks and single sign-on.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates openssh-client tini \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 gatehouse \
 && useradd --no-log-init --uid 10001 --gid gatehouse --home-dir /var/lib/gatehouse --shell /usr/sbin/nologin gatehouse \
 && install -d -m 700 -o gatehouse -g gatehouse /var/lib/gatehouse
COPY --from=build /opt/gatehouse /opt/gatehouse
RUN ln -s /opt/gatehouse/cli/gatehouse.mjs /usr/local/bin/gatehouse
WORKDIR /opt/gatehouse
USER gatehouse
ENV HOST=0.0.0.0 PORT=3000 GATEHOUSE_DATA_DIR=/var/lib/gatehouse NODE_ENV=production
VOLUME /var/lib/gatehouse
EXPOSE 3000
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/api/health').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Docker kills after ten seconds unless told otherwise: run it with --stop-timeout 45.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "scripts/start.mjs"]
