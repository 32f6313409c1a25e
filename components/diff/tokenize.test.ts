import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '#core/site/testing/any-text';
import { ServerKind } from '#core/web-server/render-target';
import { tokenize } from './tokenize';

const kinds = (server: ServerKind, line: string) =>
  tokenize(server, line)
    .filter(({ text }) => text.trim() !== '')
    .map(({ kind, text }) => `${kind}:${text}`);

describe('tokenize', () => {
  it('shows every character of every line, so that colours never hide or change configuration', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ServerKind.options),
        fc.oneof(anyText(), fc.string({ maxLength: 60 })),
        (server, text) => {
          const line = text.replaceAll('\n', ' ');
          const shown = tokenize(server, line).map((token) => token.text);
          return shown.join('') === line;
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('tells directives, blocks, values and variables apart in the syntax of each server', () => {
    expect(kinds('nginx', '    proxy_read_timeout 60s;')).toEqual([
      'directive:proxy_read_timeout',
      'number:60s',
      'punctuation:;',
    ]);
    expect(kinds('nginx', 'location = /ws {')).toEqual([
      'block:location',
      'plain:=',
      'plain:/ws',
      'punctuation:{',
    ]);
    expect(kinds('nginx', 'proxy_set_header Host $host;')).toContain('variable:$host');
    expect(kinds('apache', '<VirtualHost *:443>')).toEqual([
      'punctuation:<',
      'block:VirtualHost',
      'plain:*:443',
      'punctuation:>',
    ]);
    expect(kinds('apache', 'RequestHeader set X-Real-IP "%{REMOTE_ADDR}s"')).toContain(
      'string:"%{REMOTE_ADDR}s"',
    );
    expect(kinds('caddy', 'header_up X-Real-IP {client_ip}')).toContain('variable:{client_ip}');
    expect(kinds('nginx', '# made by Gatehouse')).toEqual(['comment:# made by Gatehouse']);
  });
});
