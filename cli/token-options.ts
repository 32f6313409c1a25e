import type { Role } from '#core/access/roles';
import { readingPreset, scopePresets, scopesFor } from '#core/access/scope-presets';
import { Scope, type Scopes } from '#core/access/scopes';
import { CommandError, exitCode } from './exit-code';

const dayMs = 86_400_000;

/** `--scope`: one preset, or permissions; separated by spaces or commas. of a preset the part that the owner's role has. */
export function readTokenScopes(given: readonly string[] | undefined): (role: Role) => Scopes {
  const names = (given ?? []).flatMap((text) => text.split(',')).filter((name) => name !== '');
  const preset = scopePresets.find(({ id }) => id === names[0]);
  if (names.length === 0) return (role) => scopesFor(readingPreset, role);
  if (names.length === 1 && preset) return (role) => scopesFor(preset, role);
  const known = names.map((name) => Scope.safeParse(name).data);
  const wrong = names.find((_, index) => known[index] === undefined);
  if (wrong !== undefined) {
    const presets = scopePresets.map(({ id }) => id).join(', ');
    const what = preset ? 'name one preset alone, or single permissions' : `there is no permission ${wrong}`;
    throw new CommandError(
      `--scope: ${what}\n  presets: ${presets}\n  permissions: ${Scope.options.join(', ')}`,
      exitCode.usage,
    );
  }
  const single = [...new Set(known.filter((permission) => permission !== undefined))];
  return () => single;
}

/** `--expires`: `30d`, an instant, or `never` (`null`); `undefined` for the usual time. */
export function readTokenExpiry(given: string | undefined, now: Date): string | null | undefined {
  if (given === undefined) return undefined;
  if (given === 'never') return null;
  const days = /^(\d{1,4})d$/.exec(given)?.[1];
  return days ? new Date(now.getTime() + Number(days) * dayMs).toISOString() : given;
}
