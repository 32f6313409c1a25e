import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Every plain file below a directory, with its text. */
export async function filesBelow(directory: string): Promise<{ path: string; text: string; mode: number }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const plain = entries.filter((entry) => entry.isFile());
  return Promise.all(
    plain.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, text: await readFile(path, 'latin1'), mode: (await stat(path)).mode };
    }),
  );
}

/** Command lines of the processes that name a directory. */
export async function commandLines(directory: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.map((line) => line.replaceAll('\0', ' ')).filter((line) => line.includes(directory));
}
