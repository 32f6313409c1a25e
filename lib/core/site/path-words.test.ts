import { expect, test } from 'vitest';
import { pathWords } from './path-words';

test.each([
  ['upstreams[0].servers[0].port', 'Upstream 1, server 1, port'],
  ['limits.bodySizeMib', 'Largest request body'],
  ['httpsPort', 'HTTPS port'],
  ['runsOn[1]', 'Runs on 2'],
  ['hostnames[0]', 'Host name 1'],
  ['', ''],
])('%s', (path, words) => expect(pathWords(path)).toBe(words));
