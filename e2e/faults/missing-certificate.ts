import type { Fault } from './matrix/fault';

const certificate = '/etc/ssl/site.pem';
const key = '/etc/ssl/site.key';

export const missingCertificate: Fault = {
  name: 'missing certificate',
  run: (cell) =>
    cell.cases(['missing before the review', 'removed after the review'], async (stage, when) => {
      const early = when === 'missing before the review';
      stage.undoLater(() => stage.host.exec(['rm', '-f', certificate, key]));
      if (!early) {
        await stage.host.exec(
          `openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=ci.example.com -addext subjectAltName=DNS:ci.example.com -days 9 -keyout ${key} -out ${certificate} && chmod 644 ${key}`,
        );
      }
      const edit = await stage.edit({
        alone: true,
        edit: (document) => Object.assign(document, { tls: { mode: 'files', certificate, key } }),
        status: [early ? 'blocked' : 'ready'],
      });
      await stage.host.exec(['rm', '-f', certificate]);
      await stage.remember(edit);
      return stage.expectTruth(edit, await stage.apply(edit), ['failed', 'rolled-back']);
    }),
};
