import 'server-only';
import { statSync } from 'node:fs';
import { Gauge } from 'prom-client';
import { ApplyStatus } from '#core/change/step';
import { judgedColumns, statusOf, statusOrder } from '../../certificates/describe-certificate';
import { openStatuses } from '../../changes/applies/apply-status';
import { db } from '../../platform/database/db';
import { env } from '../../platform/env';
import { metrics, prefix } from '../../platform/metrics';
import { singleton } from '../../platform/singleton';

const messageStatuses = ['waiting', 'delivered', 'failed'] as const;
type Counts = ReadonlyMap<string, number>;

/** Counts by status with a zero for those that none has, so that a graph shows a line and not a gap. */
function set(gauge: Gauge<'status'>, statuses: readonly string[], counts: Counts): void {
  for (const status of statuses) gauge.set({ status }, counts.get(status) ?? 0);
}
const countsOf = (rows: readonly { status: string; _count: number }[]): Counts =>
  new Map(rows.map(({ status, _count }) => [status, _count]));

/** Adds the measures that are read from the database when somebody asks: they survive a restart and are never counted twice. */
export const measureDatabase = (): true => singleton('metrics.database', addGauges);

function addGauges(): true {
  const registers = [metrics().registry];
  const byStatus = { labelNames: ['status'] as const, registers };
  new Gauge({
    name: `${prefix}applies`,
    help: 'Applies on record, by status; rolled-back ones are those that were undone',
    ...byStatus,
    async collect() {
      const rows = await db().apply.groupBy({ by: ['status'], _count: true });
      set(this, ApplyStatus.options, countsOf(rows));
    },
  });
  new Gauge({
    name: `${prefix}apply_targets_open`,
    help: 'Hosts that wait for an apply or have one under way, by status',
    ...byStatus,
    async collect() {
      const where = { status: { in: [...openStatuses] } };
      const rows = await db().applyTarget.groupBy({ by: ['status'], where, _count: true });
      set(this, openStatuses, countsOf(rows));
    },
  });
  new Gauge({
    name: `${prefix}drift_files`,
    help: 'Files that are not as they were applied: open, ignored or accepted',
    ...byStatus,
    async collect() {
      const rows = await db().driftFile.groupBy({ by: ['decision'], _count: true });
      const counts = rows.map(({ decision, _count }) => ({ status: decision ?? 'open', _count }));
      set(this, ['open', 'ignored', 'accepted'], countsOf(counts));
    },
  });
  new Gauge({
    name: `${prefix}hosts_unreachable`,
    help: 'Hosts that could not be compared at the last try',
    registers,
    async collect() {
      this.set(await db().host.count({ where: { archivedAt: null, unreachableSince: { not: null } } }));
    },
  });
  new Gauge({
    name: `${prefix}certificates`,
    help: 'Certificates that the dashboard obtains and renews, by status; late, serious and expired ones by share of their lifetime',
    ...byStatus,
    async collect() {
      const now = new Date();
      const counts = new Map<string, number>();
      for (const row of await db().certificate.findMany({ select: judgedColumns })) {
        const status = statusOf(row, now);
        counts.set(status, (counts.get(status) ?? 0) + 1);
      }
      set(this, statusOrder, counts);
    },
  });
  new Gauge({
    name: `${prefix}webhook_messages`,
    help: 'Messages to webhooks in the outbox, by status',
    ...byStatus,
    async collect() {
      const rows = await db().webhookDelivery.groupBy({ by: ['status'], _count: true });
      set(this, messageStatuses, countsOf(rows));
    },
  });
  new Gauge({
    name: `${prefix}mails`,
    help: 'E-mails in the outbox, by status',
    ...byStatus,
    async collect() {
      const rows = await db().mail.groupBy({ by: ['status'], _count: true });
      set(this, messageStatuses, countsOf(rows));
    },
  });
  new Gauge({
    name: `${prefix}database_bytes`,
    help: 'Size of the database on disk, with its write-ahead log',
    registers,
    collect() {
      const sizes = ['', '-wal'].map((suffix) => sizeOf(env().databaseFile + suffix));
      this.set(sizes.reduce((sum, size) => sum + size, 0));
    },
  });
  return true;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
