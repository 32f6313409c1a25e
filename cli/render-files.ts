import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { lintSite } from '#core/lint/lint-site';
import { checkSite } from '#core/rules/check-site';
import { renderTarget } from '#core/servers/render';
import type { RenderedFile } from '#core/servers/types';
import { RenderTarget } from '#core/web-server/render-target';
import { CommandError, exitCode } from './exit-code';
import { issueLine } from './issue-line';
import { readSite } from './read-site';

export interface RenderOptions {
  /** Paths of site documents, YAML or JSON. */
  readonly files: readonly string[];
  readonly server: string;
  readonly serverVersion?: string;
  readonly openssl?: string;
  readonly layout: string;
  /** Directory below which every file gets its path on the host; printed when absent. */
  readonly out?: string;
}

/**
 * Renders site documents for one web server. Findings that do not stop it are printed to stderr; a bad document or one that the web server cannot
 * serve ends with a `CommandError` of code 2 that names each field, and nothing is written.
 */
export async function renderFiles(options: RenderOptions): Promise<void> {
  const target = RenderTarget.parse({
    server: options.server,
    version: numbersOf('--server-version', options.serverVersion),
    openssl: numbersOf('--openssl', options.openssl),
    layout: options.layout,
    modules: null,
  });
  const sites = await Promise.all(options.files.map(readSite));
  const rendering = renderTarget(sites, target);
  const errors = rendering.issues.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new CommandError(errors.map(issueLine).join('\n'), exitCode.usage);
  for (const issue of [
    ...sites.flatMap((site) => [...checkSite(site), ...lintSite(site)]),
    ...rendering.issues,
  ]) {
    console.error(`${issue.severity}: ${issueLine(issue)}`);
  }
  for (const file of rendering.files)
    await (options.out === undefined ? show(file) : write(options.out, file));
}

/** The numbers of a version as programs and packages tell it: `v2.8.4`, `1.1.1w`, `1.22.1-9+deb12u1`. */
function numbersOf(option: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const [, numbers] = /^v?(\d+(?:\.\d+){0,3})[a-z]?(?:[-+~].*)?$/.exec(text) ?? [];
  if (numbers) return numbers;
  throw new CommandError(`${option}: must be a version such as 1.26.3, not "${text}"`, exitCode.usage);
}

function show(file: RenderedFile): void {
  console.log(
    file.kind === 'file' ? `# --- ${file.path}\n${file.content}` : `# --- ${file.path} -> ${file.target}\n`,
  );
}

async function write(out: string, file: RenderedFile): Promise<void> {
  const path = join(resolve(out), file.path);
  await mkdir(dirname(path), { recursive: true });
  if (file.kind === 'file') {
    await writeFile(path, file.content, { mode: file.mode });
    return;
  }
  await rm(path, { force: true });
  await symlink(file.target, path);
}
