import { createInterface } from 'node:readline/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Apply } from '#api/contract/applies';
import { contract } from '#api/contract/index';
import type { Plan } from '#api/contract/plans';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { followApply } from './api/follow-apply';
import { applyPrinter, printEnd } from './api/print-apply';
import { planSummary } from './api/print-plan';
import { CommandError, exitCode } from './exit-code';

interface Options extends ApiOptions {
  readonly yes?: boolean;
  readonly wait: boolean;
  readonly hold: number;
  readonly hash?: string;
}

const codes: Readonly<Partial<Record<Apply['status'], number>>> = {
  succeeded: exitCode.done,
  failed: exitCode.applyFailed,
  'rolled-back': exitCode.rolledBack,
};

function readHold(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError('It must be a number of seconds, at most 3600.');
}

async function agreed(plan: Plan): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      'There is no terminal to ask: pass --yes to apply what was reviewed.',
      exitCode.usage,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${planSummary(plan)} Apply it? Only "yes" is taken: `);
  terminal.close();
  return answer.trim() === 'yes';
}

async function applyPlan(id: string, { yes, wait, hold, hash, ...options }: Options): Promise<void> {
  const connection = await connect(options);
  const { call, team, url } = connection;
  const plan = await call(contract.plans.get, { params: { team, id } });
  if (hash !== undefined && plan.hash !== hash) {
    throw new CommandError(`Plan ${id} is not the one that was reviewed: its hash is ${plan.hash}.`);
  }
  if (plan.status === 'empty') {
    if (options.json) console.log(JSON.stringify(null));
    else console.log('Nothing to apply: the hosts are as they should be.');
    return;
  }
  if (!yes && !(await agreed(plan))) throw new CommandError('Nothing was applied.');
  const body = { planId: plan.id, planHash: plan.hash, holdSeconds: hold };
  let apply = await call(contract.applies.create, { params: { team }, body });
  const address = `${url}/${encodeURIComponent(team)}/applies/${apply.id}`;
  if (wait) {
    const print = options.json ? () => {} : applyPrinter();
    for await (const next of followApply(connection, apply.id)) {
      apply = next;
      print(apply);
    }
  }
  if (options.json) console.log(JSON.stringify(apply, null, 2));
  else if (wait) printEnd(apply, address);
  else console.log(`Apply ${apply.status}.\n${apply.id}  ${address}`);
  if (wait) process.exitCode = codes[apply.status] ?? exitCode.unresolved;
}

/** `gatehouse apply`: brings a plan to its hosts, and tells what happened to it. */
export const applyCommand = (): Command =>
  apiCommand('apply')
    .description('apply a reviewed plan and follow it to its end')
    .argument('<plan>', 'id of the plan')
    .option('--yes', 'do not ask for confirmation')
    .option('--wait', 'follow it to its end (default)', true)
    .option('--no-wait', 'only start it')
    .option(
      '--hold <seconds>',
      'keep it on trial for so many seconds: undone unless somebody confirms it',
      readHold,
      0,
    )
    .option('--hash <hash>', 'refuse a plan with a different hash')
    .addHelpText(
      'after',
      `
Exit codes: 0 succeeded, or nothing to apply; 1 refused before it began; 2 wrong command line;
3 failed, the host was not changed or must be looked at; 4 rolled back, the hosts are as they were;
5 not known or cancelled on the way.
${settingsHelp}

Examples:
  gatehouse apply "$(cat plan.id)" --yes
  gatehouse apply cmi7q0x3d0001 --hold 300`,
    )
    .action(applyPlan);
