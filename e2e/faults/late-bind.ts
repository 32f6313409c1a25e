import { expect } from 'vitest';
import type { Fault } from './matrix/fault';

const port = 8443;

export const lateBind: Fault = {
  name: 'late bind failure',
  run: (cell) =>
    cell.cases(['taken before the review', 'taken after the review'], async (stage, when) => {
      const early = when === 'taken before the review';
      if (early) await stage.listen(port);
      const edit = await stage.edit({
        alone: true,
        edit: (document) => Object.assign(document, { httpsPort: port }),
        status: [early ? 'blocked' : 'ready'],
      });
      if (!early) await stage.listen(port);
      const apply = await stage.apply(edit);
      const outcome = await stage.expectTruth(edit, apply, ['rolled-back']);
      if (apply) expect(apply.failure?.message).toContain(String(port));
      return outcome;
    }),
};
