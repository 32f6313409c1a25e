import type { Fault } from './matrix/fault';
import { addForeign } from './matrix/foreign';

const name = 'taken.example.com';
const foreign = {
  nginx: `server { listen 80; server_name ${name}; return 200 mine; }\n`,
  apache: `<VirtualHost *:80>\n  ServerName ${name}\n  RedirectMatch 404 ^/nope$\n</VirtualHost>\n`,
  caddy: `http://${name} {\n\trespond mine\n}\n`,
};

export const duplicateName: Fault = {
  name: 'duplicate server_name',
  run: (cell) =>
    cell.cases(['before the review', 'after the review'], async (stage, when) => {
      const early = when === 'before the review';
      if (early) await addForeign(stage, foreign);
      const edit = await stage.edit({
        alone: true,
        edit: (document) => Object.assign(document, { hostnames: ['ci.example.com', name] }),
        status: ['blocked', 'ready'],
      });
      if (!early) {
        await addForeign(stage, foreign);
        await stage.remember(edit);
      }
      return stage.expectTruth(edit, await stage.apply(edit));
    }),
};
