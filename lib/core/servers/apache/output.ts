import { cleanOutput } from '../clean-output';
import type { ToolFinding } from '../types';

const longestOutput = 200_000;
const mostFindings = 100;

// `AH00526: Syntax error on line 12 of /etc/apache2/sites-enabled/x.conf:` — the reason follows there or on the next line.
const syntaxError = /^(?:AH\d+: )?Syntax error on line (\d{1,9}) of (\/.+?):\s*(.*)$/;
// `[date] [ssl:emerg] [pid 1:tid 2] AH01895: …`, and `[date] [core:warn] …` before logging is set up.
const logged = /^\[[^\]]*\] \[(?:[a-z0-9_]+:)?([a-z]+)\](?: \[[^\]]*\])*\s*(.*)$/;
// Said by nearly every server, and nobody's fault here: "Could not reliably determine the server's fully qualified domain name".
const harmless = /^AH00558:/;

const severities: Readonly<Record<string, ToolFinding['severity'] | undefined>> = {
  emerg: 'error',
  alert: 'error',
  crit: 'error',
  error: 'error',
  warn: 'warning',
};

/** Reads what `apachectl -t` printed. Lines of another form say nothing of their own and are left out. */
export function parseApacheOutput(text: string): readonly ToolFinding[] {
  const lines = text
    .slice(0, longestOutput)
    .split('\n')
    .map((line) => cleanOutput(line).trim());
  const findings: ToolFinding[] = [];
  for (let index = 0; index < lines.length && findings.length < mostFindings; index++) {
    const line = lines[index] ?? '';
    const syntax = syntaxError.exec(line);
    if (syntax) {
      const reason = syntax[3] || lines[++index] || 'syntax error';
      findings.push({ severity: 'error', message: reason, path: syntax[2] ?? null, line: Number(syntax[1]) });
      continue;
    }
    const entry = logged.exec(line);
    const severity = entry ? severities[entry[1] ?? ''] : plainSeverity(line);
    if (severity) findings.push({ severity, ...locate(entry?.[2] ?? line) });
  }
  return findings;
}

function plainSeverity(line: string): ToolFinding['severity'] | undefined {
  if (harmless.test(line) || !/^(?:AH\d+|apache2|httpd): /.test(line)) return undefined;
  return /warning/i.test(line) ? 'warning' : 'error';
}

function locate(message: string): Pick<ToolFinding, 'message' | 'path' | 'line'> {
  const place = /\bline (\d{1,9}) of (\/[^\s:]*[^\s:.])/.exec(message);
  return { message, path: place?.[2] ?? null, line: place ? Number(place[1]) : null };
}
