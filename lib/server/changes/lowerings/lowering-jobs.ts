import 'server-only';
import { closing } from '../../platform/closing';
import { log } from '../../platform/log';
import { singleton } from '../../platform/singleton';
import { lowerDue } from './lower-due';

const tickMs = 30_000;

/** To be called once when the server starts: lets lowerings take effect whose time has come, for as long as the process lives. */
export function startLowerings(): void {
  singleton('jobs.lowerings', () => {
    let looking = false;
    const timer = setInterval(() => {
      if (looking || closing().aborted) return;
      looking = true;
      lowerDue()
        .catch((error: unknown) => log().error({ err: error }, 'due lowerings could not be looked at'))
        .finally(() => {
          looking = false;
        });
    }, tickMs);
    timer.unref();
    closing().addEventListener('abort', () => clearInterval(timer), { once: true });
    return timer;
  });
}
