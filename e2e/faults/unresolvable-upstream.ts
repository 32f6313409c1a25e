import type { Fault } from './matrix/fault';

export const unresolvableUpstream: Fault = {
  name: 'unresolvable upstream',
  run: (cell) =>
    cell.cases(['an unknown name'], async (stage) => {
      // nginx refuses such a name at its test; the others would find out at the first visit.
      const upstreams = [{ servers: [{ address: 'nowhere.invalid', port: 9000 }] }];
      const edit = await stage.edit({
        alone: true,
        edit: (document) => Object.assign(document, { upstreams }),
        status: ['blocked', 'ready'],
      });
      return stage.expectTruth(edit, await stage.apply(edit), ['failed', 'rolled-back']);
    }),
};
