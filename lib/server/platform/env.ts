import 'server-only';
import { isAbsolute, join, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { mailSettings, mailVariables } from './mail-settings';
import { oidcSettings, signInHeader, signInVariables } from './sign-in-settings';
import { singleton } from './singleton';

const Network = z
  .string()
  .refine((text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text), 'must be an address or a range');

const Networks = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .pipe(z.array(Network));

/** Settings from the environment; every one has a default that is safe on a person's own machine. */
export const Env = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    /** Database and key live here. */
    GATEHOUSE_DATA_DIR: z.string().min(1).default('data'),
    /** The origin that people type, when a proxy is in front. */
    GATEHOUSE_PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .refine(
        (url) => new URL(url).pathname === '/',
        'must be an origin such as https://gatehouse.example.com',
      )
      .optional(),
    /** Proxies whose `X-Forwarded-For` is believed: addresses and ranges, separated by commas. */
    GATEHOUSE_TRUSTED_PROXIES: Networks,
    /** Private addresses that webhooks may go to all the same: addresses and ranges, separated by commas. */
    GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS: Networks,
    ...mailVariables,
    /** Holds the token with which metrics may be read; without it there are none. */
    GATEHOUSE_METRICS_TOKEN_FILE: z.string().min(1).optional(),
    /** A query of the database that takes longer is logged; 0 logs none. */
    GATEHOUSE_SLOW_QUERY_MS: z.coerce.number().min(0).max(600_000).default(200),
    ...signInVariables,
    GATEHOUSE_SECRET_KEY_FILE: z.string().min(1).optional(),
    /** Minutes between two looks at a host for changes by hand; 0 looks only when asked to. */
    GATEHOUSE_DRIFT_MINUTES: z.coerce.number().min(0).max(10_080).default(15),
    /** Hosts that are looked at side by side. */
    GATEHOUSE_DRIFT_HOSTS_AT_ONCE: z.coerce.number().int().min(1).max(200).default(8),
    /** Hosts that one apply changes side by side, after its first. */
    GATEHOUSE_APPLY_HOSTS_AT_ONCE: z.coerce.number().int().min(1).max(100).default(4),
    /** Seconds that requests and applies under way are given when the server is told to stop. */
    GATEHOUSE_STOP_SECONDS: z.coerce.number().int().min(0).max(3600).default(20),
    /** `on`: hosts may be signed in to with the SSH agent of the dashboard's own account. */
    GATEHOUSE_SSH_AGENT: z.enum(['on', 'off']).default('off'),
    /** `on`: administrators may add the machine that the dashboard runs on as a host of a team. */
    GATEHOUSE_LOCAL_HOSTS: z.enum(['on', 'off']).default('off'),
    SSH_AUTH_SOCK: z.string().optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    NODE_ENV: z.string().default('production'),
  })
  .transform((env, context) => {
    const dataDir = isAbsolute(env.GATEHOUSE_DATA_DIR)
      ? env.GATEHOUSE_DATA_DIR
      : resolve(env.GATEHOUSE_DATA_DIR);
    return {
      host: env.HOST,
      port: env.PORT,
      dataDir,
      databaseFile: join(dataDir, 'gatehouse.db'),
      secretKeyFile: env.GATEHOUSE_SECRET_KEY_FILE ?? join(dataDir, 'secret.key'),
      /** Scheme, host and port without a trailing slash; `null` when only the Host header can tell. */
      publicOrigin: env.GATEHOUSE_PUBLIC_URL ? new URL(env.GATEHOUSE_PUBLIC_URL).origin : null,
      trustedProxies: env.GATEHOUSE_TRUSTED_PROXIES,
      signInHeader: signInHeader(env, context),
      oidc: oidcSettings(env, context),
      driftMinutes: env.GATEHOUSE_DRIFT_MINUTES,
      driftHostsAtOnce: env.GATEHOUSE_DRIFT_HOSTS_AT_ONCE,
      applyHostsAtOnce: env.GATEHOUSE_APPLY_HOSTS_AT_ONCE,
      webhookAllowedNetworks: env.GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS,
      /** `null`: no e-mail is sent. */
      mail: mailSettings(env, context),
      metricsTokenFile: env.GATEHOUSE_METRICS_TOKEN_FILE ?? null,
      slowQueryMs: env.GATEHOUSE_SLOW_QUERY_MS,
      /** Socket of the agent that may be used, `null` when none may. */
      sshAgent: (env.GATEHOUSE_SSH_AGENT === 'on' && env.SSH_AUTH_SOCK) || null,
      localHosts: env.GATEHOUSE_LOCAL_HOSTS === 'on',
      logLevel: env.LOG_LEVEL,
      development: env.NODE_ENV === 'development',
    };
  });
export type Env = z.output<typeof Env>;

/** The parsed settings. Throws an error that names every wrong variable. */
export function env(): Env {
  return singleton('env', () => {
    // An empty variable means "not set": compose files and unit files write them so.
    const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
    const parsed = Env.safeParse(given);
    if (parsed.success) return parsed.data;
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Wrong settings in the environment:\n  ${lines.join('\n  ')}`);
  });
}
