import { expect } from 'vitest';
import type { Fault } from './matrix/fault';

export const serverNotRunning: Fault = {
  name: 'server not running',
  run: (cell) =>
    cell.cases(['before the review', 'after the review'], async (stage, when) => {
      const { host, webServer } = stage;
      if (when === 'before the review') {
        await host.stopServer(webServer);
        const edit = await stage.edit();
        expect(edit.plan.targets[0]?.startServer).toBe(true);
        return stage.expectTruth(edit, await stage.apply(edit), ['succeeded']);
      }
      const edit = await stage.edit();
      await host.stopServer(webServer);
      const apply = await stage.apply(edit);
      await host.startServer(webServer);
      return stage.expectTruth(edit, apply, ['failed']);
    }),
};
