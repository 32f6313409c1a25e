import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { CommandError, exitCode } from '../exit-code';

export interface SiteFiles {
  /** One text with all sites, as the dashboard imports it. */
  readonly text: string;
  /** The text is one file as it is, so that its lines are the file’s. */
  readonly whole: boolean;
  /** Where a finding's path points, as `sites/ci.yaml: upstreams[0]`: which file, and the path within it. */
  place(path: readonly (string | number)[]): { file: string; path: (string | number)[] };
}

async function textOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new CommandError(`${path}: cannot be read (${cause.message})`, exitCode.usage);
  });
  if (text.trim() === '') throw new CommandError(`${path}: is empty`);
  return text;
}

/** The files that the arguments name: themselves, or all YAML and JSON files of a folder, by name. */
async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.(?:ya?ml|json)$/.test(name)).sort();
  if (names.length === 0) {
    throw new CommandError(`${path}: holds no .yaml, .yml or .json file`, exitCode.usage);
  }
  return names.map((name) => join(path, name));
}

function parsed(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new CommandError(`${file}: ${cause instanceof Error ? cause.message : 'is not YAML'}`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads site documents, one or several to a file, into one text: all of them are imported, or none is.
 *
 * @throws CommandError that names the file
 */
export async function readSiteFiles(paths: readonly string[]): Promise<SiteFiles> {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  const [only] = files;
  if (files.length === 1 && only !== undefined) {
    return { text: await textOf(only), whole: true, place: (path) => ({ file: only, path: [...path] }) };
  }
  const origins: { file: string; prefix: (string | number)[] }[] = [];
  const sites: unknown[] = [];
  let schemaVersion: unknown;
  for (const file of files) {
    const value = parsed(file, await textOf(file));
    if (!isObject(value))
      throw new CommandError(`${file}: must be a site document, or a list of them below sites`);
    const several = Array.isArray(value.sites) ? value.sites : null;
    schemaVersion ??= value.schemaVersion;
    if (value.schemaVersion === undefined) throw new CommandError(`${file}: schemaVersion is required`);
    if (value.schemaVersion !== schemaVersion) {
      throw new CommandError(
        `${file}: has another schemaVersion than ${files[0]}; import them one after the other`,
      );
    }
    for (const [index, site] of (several ?? [value]).entries()) {
      const { schemaVersion: _, ...document } = isObject(site) ? site : {};
      sites.push(isObject(site) ? document : site);
      origins.push({ file, prefix: several ? ['sites', index] : [] });
    }
  }
  return {
    text: stringify({ schemaVersion, sites }),
    whole: false,
    place: (path) => {
      const origin = path[0] === 'sites' && typeof path[1] === 'number' ? origins[path[1]] : undefined;
      return origin
        ? { file: origin.file, path: [...origin.prefix, ...path.slice(2)] }
        : { file: paths.join(', '), path: [...path] };
    },
  };
}
