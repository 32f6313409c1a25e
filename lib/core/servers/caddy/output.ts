import { cleanOutput } from '../clean-output';
import type { ToolFinding } from '../types';

const longestOutput = 200_000;
const mostFindings = 100;

/**
 * Reads what `caddy validate` and `caddy adapt` print: JSON log lines, or the same with tabs on a terminal, and a closing
 * `Error: …, at /path:12` (2.7 and later) or `Error: /path:12 - Error during parsing: …` (2.6).
 */
export function parseCaddyOutput(text: string): readonly ToolFinding[] {
  const findings: ToolFinding[] = [];
  for (const raw of text.slice(0, longestOutput).split('\n')) {
    // A tab parts the fields of a terminal line; it goes with the other control characters.
    const finding = parseLine(cleanOutput(raw.replaceAll('\t', ' ')).trim());
    if (finding) findings.push(finding);
    if (findings.length === mostFindings) break;
  }
  return findings;
}

// Said of nearly every configuration, and nobody can or should do anything about it: certificates without an OCSP address (since 2025 all of
// Let's Encrypt's), a plain http site on port 80, spaces in a Caddyfile that is not ours, plain http listeners, tests without an endpoint.
const harmless = [
  'no OCSP server specified in certificate',
  'server is listening only on the HTTP port',
  'Caddyfile input is not formatted',
  'skipped because it requires TLS',
  'admin endpoint disabled',
];

function parseLine(line: string): ToolFinding | null {
  if (harmless.some((text) => line.includes(text)) && !line.startsWith('Error: ')) return null;
  if (line.startsWith('{')) return parseJson(line);
  const error = /^Error: (.*)$/.exec(line);
  if (error) return { severity: 'error', ...locate(error[1] ?? '') };
  const logged = /^(?:\d[\d/:.\s-]*)?(WARN|ERROR|FATAL|PANIC)\s+(.*)$/.exec(line);
  if (!logged) return null;
  const fields = /\{.*\}$/.exec(logged[2] ?? '');
  const known = fields
    ? parseJson(`{"level":"${(logged[1] ?? '').toLowerCase()}","msg":"",${fields[0].slice(1)}`)
    : null;
  if (known?.path) return { ...known, message: (logged[2] ?? '').trim() };
  return { severity: logged[1] === 'WARN' ? 'warning' : 'error', ...locate((logged[2] ?? '').trim()) };
}

function parseJson(line: string): ToolFinding | null {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof entry !== 'object' || entry === null) return null;
  const field = (name: string): unknown =>
    name in entry ? (entry as Record<string, unknown>)[name] : undefined;
  const level = field('level');
  if (level !== 'warn' && level !== 'error' && level !== 'fatal' && level !== 'panic') return null;
  const parts = ['msg', 'error'].map(field).filter((part) => typeof part === 'string' && part !== '');
  const severity = level === 'warn' ? 'warning' : 'error';
  const file = field('file');
  const lineNumber = field('line');
  const located = locate(cleanOutput(parts.join(': ')));
  if (typeof file !== 'string' || !file.startsWith('/')) return { severity, ...located };
  return {
    severity,
    message: located.message,
    path: cleanOutput(file),
    line: typeof lineNumber === 'number' ? lineNumber : null,
  };
}

// The innermost place is the one that is wrong: 2.6 nests messages and puts it last, 2.7 and later say `at /path:12` first.
function locate(message: string): Pick<ToolFinding, 'message' | 'path' | 'line'> {
  const modern = / at (\/[^\s:,]+):(\d{1,9})/.exec(message);
  const old = modern ?? [...message.matchAll(/(\/[^\s:,]+):(\d{1,9}) - /g)].at(-1);
  const plain = old ?? /(?:^|\s)(\/[^\s:,]+):(\d{1,9})(?:[\s,:]|$)/.exec(message);
  return { message, path: plain?.[1] ?? null, line: plain ? Number(plain[2]) : null };
}
