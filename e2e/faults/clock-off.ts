import { readFile } from 'node:fs/promises';
import { run } from '#lab/run';
import type { Fault } from './matrix/fault';
import type { Stage } from './matrix/stage';

const hours = 2;
const offsetsMs = { 'dashboard ahead': hours * 3_600_000, 'dashboard behind': -hours * 3_600_000 };

/** What the helper asks for the time, and what it makes and judges certificates with. */
const programs = ['date', 'openssl'];
const library = '/usr/lib/faketime-of-a-fault.so';
const wrapper = (program: string, offset: string) =>
  `#!/bin/sh\nLD_PRELOAD=${library} FAKETIME=${offset} exec /usr/bin/${program} "$@"\n`;

/** The helper sees another clock on the host. Machines of a lab share one, so it cannot be set. */
async function shiftHost(stage: Stage, offset: string): Promise<void> {
  const { stdout } = await run(['sh', '-c', 'ls /usr/lib/*/faketime/libfaketime.so.1']);
  const paths = programs.map((program) => `/usr/local/sbin/${program}`);
  stage.undoLater(() => stage.host.exec(['rm', '-f', library, ...paths]));
  await stage.host.writeFile(library, await readFile(stdout.trim()));
  for (const program of programs)
    await stage.host.writeFile(`/usr/local/sbin/${program}`, wrapper(program, offset), '755');
}

export const clockOff: Fault = {
  name: 'clock two hours off',
  run: (cell) =>
    cell.cases(
      ['dashboard ahead', 'dashboard behind', 'host ahead', 'host behind', 'on trial, dashboard ahead'],
      async (stage, whose) => {
        if (whose === 'host ahead' || whose === 'host behind') {
          await shiftHost(stage, whose === 'host ahead' ? `+${hours}h` : `-${hours}h`);
          const edit = await stage.edit();
          // A pair that was made by another clock is not valid yet by this one: it is made again with the site that needs it.
          return stage.expectTruth(edit, await stage.apply(edit), ['succeeded']);
        }
        const edit = await stage.edit();
        if (whose === 'on trial, dashboard ahead') {
          const clockOffsetMs = offsetsMs['dashboard ahead'];
          const child = await stage.applyInChild(edit, { clockOffsetMs, holdSeconds: 5 });
          const apply = await stage.ended(child.applyId);
          await child.gone;
          return stage.expectTruth(edit, apply, ['rolled-back']);
        }
        const child = await stage.applyInChild(edit, { clockOffsetMs: offsetsMs[whose] });
        const apply = await stage.ended(child.applyId);
        await child.gone;
        // Certificates made on the host just now are judged by the host's clock.
        return stage.expectTruth(edit, apply, ['succeeded']);
      },
    ),
};
