import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { appliesIdle } from '#server/changes/applies/apply-jobs';
import { db } from '#server/platform/database/db';
import { POST } from '../../app/api/v1/teams/[team]/applies/route';
import { shiftClock } from './shift-clock';

/**
 * A dashboard process of its own that starts one apply and carries it out, to be killed on the way. Works on the database that
 * GATEHOUSE_DATA_DIR names; team, token and body come as one line of JSON on stdin. With `dieAt` it kills itself without a word as soon as that
 * step is on record; with `clockOffsetMs` its clock is off by that much.
 */
const input = createInterface(process.stdin);
const [line] = await once(input, 'line');
const { team, token, body, dieAt, clockOffsetMs } = JSON.parse(line);
shiftClock(clockOffsetMs);
// The test that started it is gone: so is this.
input.on('close', () => process.exit(0));

if (dieAt) {
  const look = async (): Promise<void> => {
    const where = { name: dieAt, applyTarget: { apply: { planId: body.planId } } };
    if (await db().applyStep.findFirst({ where })) process.kill(process.pid, 'SIGKILL');
    // Without a pause its own writes would hardly get their turn, and hold the database's lock meanwhile.
    setTimeout(() => void look(), 2);
  };
  void look();
}

const response: Response = await POST(
  new Request(`http://gatehouse.test/api/v1/teams/${team}/applies`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }),
  { params: Promise.resolve({ team }) },
);
const answer = await response.text();
if (!response.ok) throw new Error(`the apply was refused: ${answer}`);
process.stdout.write(`started ${JSON.parse(answer).id}\n`);
await appliesIdle();
process.exit(0);
