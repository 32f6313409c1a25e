import 'server-only';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vocabularyScript } from './vocabulary-script';

let text: string | undefined;

/** The helper: one shell script, put together from its parts in the order of their numbers. */
export function helperText(): string {
  text ??= readParts(join(findHelperDirectory(), 'script'));
  return text;
}

/** SHA-256 of the helper's text, as the host reports it of its own copy. */
export function helperSha256(): string {
  return createHash('sha256').update(helperText()).digest('hex');
}

/** The parts in their order; what is made from the generator's own tables comes before the last one, which starts it all. */
function readParts(directory: string): string {
  const parts = readdirSync(directory)
    .filter((name) => /^\d\d-[a-z]+\.sh$/.test(name))
    .sort()
    .map((name) => readFileSync(join(directory, name), 'utf8'));
  return [...parts.slice(0, -1), vocabularyScript(), ...parts.slice(-1)].join('');
}

/** The directory of the script's parts and the bootstrap. A bundled server does not lie beside its sources; it runs in the project's. */
export function findHelperDirectory(): string {
  const relative = join('lib', 'server', 'hosts', 'helper');
  const starts = [process.cwd()];
  if (import.meta.url.startsWith('file:')) starts.unshift(dirname(fileURLToPath(import.meta.url)));
  for (let directory of starts) {
    for (;;) {
      const candidate = join(/* turbopackIgnore: true */ directory, relative);
      if (existsSync(join(candidate, 'script', '99-main.sh'))) return candidate;
      const parent = dirname(directory);
      if (parent === directory) break;
      directory = parent;
    }
  }
  throw new Error(`the helper's script is missing: no ${relative} above ${starts.join(' or ')}`);
}
