import 'server-only';
import { closing } from '../../platform/closing';
import { log } from '../../platform/log';
import { singleton } from '../../platform/singleton';
import { watchCertificates } from './watch-certificates';

const dayMs = 86_400_000;

/** To be called once when the server starts: looks at the certificates that are served, now and once a day, until the process ends. */
export function startCertificateWatch(): void {
  singleton('certificate-watch', () => {
    const look = () =>
      void watchCertificates(new Date()).catch((error: unknown) =>
        log().error({ err: error }, 'the daily look at certificates failed'),
      );
    const timer = setInterval(look, dayMs);
    timer.unref();
    closing().addEventListener('abort', () => clearInterval(timer), { once: true });
    look();
    return timer;
  });
}
