import type { Issue } from './issue';

/** `upstreams[0].servers[0].port`: the field's path as people read it. */
export function formatPath(path: Issue['path']): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  );
}
