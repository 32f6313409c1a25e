import type { Fault } from './matrix/fault';
import { addForeign } from './matrix/foreign';

const nonsense = {
  nginx: '# mine\nno_such_directive on;\n',
  apache: '# mine\nNoSuchDirective on\n',
  caddy: '# mine\nmine.example.com {\n\tno_such_directive\n}\n',
};

export const brokenBefore: Fault = {
  name: 'tree broken before we came',
  run: (cell) =>
    cell.cases(['before the review', 'after the review'], async (stage, when) => {
      const early = when === 'before the review';
      if (early) await addForeign(stage, nonsense);
      const edit = await stage.edit({ status: [early ? 'blocked' : 'ready'] });
      if (!early) {
        await addForeign(stage, nonsense);
        await stage.remember(edit);
      }
      return stage.expectTruth(edit, await stage.apply(edit), ['failed']);
    }),
};
