import { Command } from 'commander';
import { exitCode } from './exit-code';

interface Options {
  readonly hosts?: boolean;
  readonly json?: boolean;
}

const marks = { ok: ' ok ', warning: 'warn', failed: 'RED ', skipped: ' -- ' } as const;

async function doctor({ hosts = false, json = false }: Options): Promise<void> {
  const { examine } = await import('#server/operation/doctor/examine');
  const { closeDb } = await import('#server/platform/database/db');
  const findings = await examine({ hosts });
  await closeDb();
  const red = findings.filter(({ status }) => status === 'failed');
  if (json)
    console.log(
      JSON.stringify(
        { healthy: red.length === 0, findings: findings.map((each) => ({ ...each, mend: each.fix })) },
        null,
        2,
      ),
    );
  else {
    for (const { id, status, message, fix } of findings) {
      console.log(`${marks[status]}  ${id}: ${message}`);
      for (const command of fix) console.log(`        $ ${command}`);
    }
  }
  process.exitCode = red.length > 0 ? exitCode.refused : exitCode.done;
}

/** `gatehouse doctor`: what is wrong, and the commands that fix it. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('check the whole installation, and print the commands that fix what is wrong')
    .option('--hosts', 'ask every host as well')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Changes nothing; the dashboard may run or not. Ends with 1 when a line is red.

Examples:
  gatehouse doctor
  gatehouse doctor --hosts --json | jq '.findings[] | select(.status == "failed")'`,
    )
    .action(doctor);
