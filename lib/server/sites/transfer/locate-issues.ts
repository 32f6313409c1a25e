import 'server-only';
import type { ImportIssue } from '#api/contract/transfer';
import type { Issue } from '#core/issue';
import { parseYaml } from './parse-yaml';

/** Says where findings stand in a text that could be read. */
export function locateIssues({
  text,
  issues,
}: {
  text: string;
  issues: readonly Issue[][];
}): ImportIssue[][] {
  const { locate } = parseYaml(text);
  return issues.map((each) => each.map(locate));
}
