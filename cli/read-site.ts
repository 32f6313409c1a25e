import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { parseSite } from '#core/rules/parse-site';
import type { Site } from '#core/site/schema';
import { CommandError, exitCode } from './exit-code';
import { issueLine } from './issue-line';

/**
 * One site document, YAML or JSON.
 *
 * @throws CommandError of code 2 that names the file and each field
 */
export async function readSite(path: string): Promise<Site> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new CommandError(`${path}: cannot be read (${cause.message})`, exitCode.usage);
  });
  const parsed = parseSite(parseText(path, text));
  if (parsed.ok) return parsed.value;
  throw new CommandError(
    parsed.error.map((issue) => `${path}: ${issueLine(issue)}`).join('\n'),
    exitCode.usage,
  );
}

function parseText(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new CommandError(
      `${path}: ${cause instanceof Error ? cause.message : 'is not YAML'}`,
      exitCode.usage,
    );
  }
}
