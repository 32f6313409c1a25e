import { recoverOnHost } from '#server/hosts/helper/host';
import { openHost } from '#server/hosts/open-host';
import type { Fault } from './matrix/fault';

const killWatchdog = ['pkill', '-KILL', '-f', 'gatehouse.*--watchdog'];

export const watchdogKilled: Fault = {
  name: 'kill -9 of the watchdog',
  run: (cell) =>
    cell.cases(['on trial, then kept', 'on trial, then contacted'], async (stage, then) => {
      const edit = await stage.edit();
      const id = await stage.hold(edit);
      await stage.host.exec(killWatchdog);
      if (then === 'on trial, then kept') {
        await stage.confirm(id);
        return stage.expectTruth(edit, await stage.ended(id), ['succeeded']);
      }
      const transport = await openHost(stage.hostId);
      await recoverOnHost(transport);
      await transport.close();
      await stage.confirm(id).catch(() => undefined);
      return stage.expectTruth(edit, await stage.ended(id), ['rolled-back']);
    }),
};
