/** What of a file a listing tells. `times` adds modification time and inode, to prove that nothing was even touched. */
export interface TreeOptions {
  times?: boolean;
}

const script = `
for path; do [ -e "$path" ] || [ -L "$path" ] || { printf 'absent\\t%s\\0' "$path"; continue; }
find "$path" -printf "%y %m %u:%g$format\\t%p\\t%l\\0"; done
printf '\\0'
find "$@" -type f -print0 2>/dev/null | xargs -0r sha256sum --zero --
`;

/** Argument vector that prints what `parseTree` reads. */
export function treeCommand(paths: readonly string[], { times = false }: TreeOptions = {}): string[] {
  return ['sh', '-c', `format='${times ? ' %T@ %i' : ''}'; ${script}`, 'sh', ...paths];
}

/** One sorted line per file: kind, mode, owner, path, and content hash or link target. Equal text means equal tree. */
export function parseTree(output: string): string {
  const [entries = '', sums = ''] = output.split('\0\0');
  const hashes = new Map(
    sums.split('\0').flatMap((line) => (line ? [[line.slice(66), line.slice(0, 64)] as const] : [])),
  );
  const lines = entries.split('\0').map((entry) => {
    const [facts = '', path = '', link = ''] = entry.split('\t');
    const detail = link ? ` -> ${link}` : hashes.has(path) ? ` ${hashes.get(path)}` : '';
    return `${path} ${facts}${detail}`;
  });
  return lines.sort().join('\n');
}
