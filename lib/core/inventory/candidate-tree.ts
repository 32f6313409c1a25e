import type { Change } from '../change/change';
import type { SourceFile, SourceTree } from './source-tree';

type Wanted = Pick<Change, 'path' | 'action' | 'after'>;

/** The tree as it would be with these changes: what an apply writes is where it will be, before anything is written. */
export function candidateTree(tree: SourceTree, changes: readonly Wanted[]): SourceTree {
  const files = new Map(tree.files);
  const texts = new Map([...tree.files.values()].map(({ real, text }) => [real, text]));
  const moving = changes.filter(({ action }) => action !== 'noop');
  for (const { path, after } of moving) {
    if (after.kind === 'file') {
      texts.set(path, after.content);
      files.set(path, { path, real: path, text: after.content });
    } else
      for (const [reached, { real }] of files) if (reached === path || real === path) files.delete(reached);
  }
  for (const { path, after } of moving) {
    if (after.kind !== 'link') continue;
    const real = absolute(after.target, path);
    const text = texts.get(real);
    if (text !== undefined) files.set(path, { path, real, text });
  }
  // What is reached through a link that was there before has the new text as well.
  for (const [path, file] of files) {
    const text = texts.get(file.real);
    if (text !== undefined && text !== file.text) files.set(path, { ...file, text } satisfies SourceFile);
  }
  return { ...tree, files };
}

/** Where a link leads, by its text. */
function absolute(target: string, link: string): string {
  const parts = target.startsWith('/') ? [] : link.split('/').slice(1, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
