import type { ToolFinding } from '../types';

const maxLength = 64 * 1024;
const maxFindings = 50;
const maxMessage = 1000;

// `AH00526: Syntax error on line 12 of /etc/apache2/sites-enabled/x.conf:` — the reason follows on the next lines.
const syntaxError = /^(?:AH\d+: )?Syntax error on line (\d+) of (\/.+?):\s*(.*)$/;
// `[Sat Nov 21 01:00:00.000000 2026] [ssl:emerg] [pid 1:tid 2] AH01895: …`, and before logging is set up `[date] [core:warn] …`.
const logged = /^\[[^\]]+\] \[(?:[a-z0-9_]+:)?(emerg|alert|crit|error|warn)\](?: \[[^\]]*\])*\s*(.*)$/;
// `AH00558: apache2: Could not reliably determine the server's …` is said by nearly every server and is nobody's fault here.
const harmless = /^AH00558:/;
const place = /\((\/[^():]+):(\d+)\)/;

/** Findings in the output of `apachectl -t`. */
export function parseApacheOutput(text: string): readonly ToolFinding[] {
  const lines = clean(text).split('\n');
  const findings: ToolFinding[] = [];
  const add = (severity: ToolFinding['severity'], message: string, path: string | null, line: number | null) => {
    if (findings.length < maxFindings) findings.push({ severity, message: message.slice(0, maxMessage), path, line });
  };
  for (let index = 0; index < lines.length; index++) {
    const line = (lines[index] ?? '').trim();
    const syntax = syntaxError.exec(line);
    if (syntax) {
      const reason = syntax[3] || (lines[index + 1] ?? '').trim();
      if (!syntax[3]) index++;
      add('error', reason || 'syntax error', syntax[2] ?? null, Number(syntax[1]));
      continue;
    }
    const log = logged.exec(line);
    if (log) {
      const message = log[2] ?? '';
      const where = place.exec(message);
      add(log[1] === 'warn' ? 'warning' : 'error', message, where?.[1] ?? null, where ? Number(where[2]) : null);
      continue;
    }
    if (/^(?:AH\d+: |apache2?: |httpd: )/.test(line) && !harmless.test(line)) {
      add(/warning/i.test(line) ? 'warning' : 'error', line, null, null);
    }
  }
  return findings;
}

/** Output of a host is hostile text: escape sequences and control characters go, the length is capped. */
function clean(text: string): string {
  return (
    text
      .slice(0, maxLength)
      .replaceAll('\r\n', '\n')
      // Terminal escape sequences: ESC [ … final byte.
      .replaceAll(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
      .replaceAll(/[^\P{Cc}\n\t]/gu, '')
      .replaceAll(/[\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '')
  );
}
