import { Command } from 'commander';
import { CommandError, exitCode } from './exit-code';
import { listActivityCommand } from './list-activity';
import { withDatabase } from './with-database';

/** `1234:HASH`, as an earlier run printed it. */
function parseHead(text: string): { sequence: number; hash: string } {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (!match) throw new CommandError('--head must be a number, a colon and 64 hex digits', exitCode.usage);
  return { sequence: Number(match[1]), hash: match[2] ?? '' };
}

async function verify({ head }: { readonly head?: string }): Promise<void> {
  const noted = head === undefined ? undefined : parseHead(head);
  await withDatabase(async () => {
    const { verifyChain } = await import('#server/operation/activity/verify-chain');
    const report = await verifyChain(noted);
    if (report.broken) {
      const { sequence, reason, record } = report.broken;
      const what = record
        ? `\nIt says: ${record.at} ${record.actorLabel} ${record.event} ${record.subject}`
        : '';
      throw new CommandError(`The activity record is broken: row ${sequence} ${reason}.${what}`);
    }
    if (report.triggers.length > 0)
      throw new CommandError(
        `The rows of the activity record are whole, but what keeps it append-only is not: ${report.triggers.join('; ')}.`,
      );
    console.log(`The activity record is intact: ${report.rows} rows.`);
    if (report.head) console.log(`Head: ${report.head.sequence}:${report.head.hash}`);
  });
}

/** `gatehouse activity …`: the record of who did what. */
export const activityCommand = (): Command => {
  const command = new Command('activity').description('the record of who did what');
  command.addCommand(listActivityCommand(), { isDefault: true });
  command
    .command('verify')
    .description(
      'check, on the machine of the dashboard, that no row was changed, removed, moved or slipped in',
    )
    .option(
      '--head <number:hash>',
      'the head as an earlier run printed it: finds rows cut off at the end, too',
    )
    .addHelpText(
      'after',
      `
Example:
  gatehouse activity verify --head 1234:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`,
    )
    .action(verify);
  return command;
};
