import { cleanOutput } from '../clean-output';
import type { ToolFinding } from '../types';

const severities: Readonly<Record<string, ToolFinding['severity'] | undefined>> = {
  emerg: 'error',
  alert: 'error',
  crit: 'error',
  error: 'error',
  warn: 'warning',
};

const longestOutput = 200_000;
const mostFindings = 100;

/**
 * Reads what `nginx -t` printed: `nginx: [emerg] message in /path:12`, with or without the time stamp of an error log. Lines of another
 * form say nothing of their own and are left out.
 */
export function parseNginxOutput(text: string): readonly ToolFinding[] {
  const findings: ToolFinding[] = [];
  for (const raw of text.slice(0, longestOutput).split('\n')) {
    const found = /\[(emerg|alert|crit|error|warn)\] (?:\d+#\d+: )?(.*)$/.exec(cleanOutput(raw));
    const severity = severities[found?.[1] ?? ''];
    if (!found || severity === undefined) continue;
    findings.push({ severity, ...locate(found[2] ?? '') });
    if (findings.length === mostFindings) break;
  }
  return findings;
}

function locate(message: string): Pick<ToolFinding, 'message' | 'path' | 'line'> {
  const place = /^(.*) in (\/[^:]+):(\d{1,9})$/.exec(message);
  if (!place) return { message, path: null, line: null };
  return { message: place[1] ?? message, path: place[2] ?? null, line: Number(place[3]) };
}
