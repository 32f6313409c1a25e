import type { SetupStep } from './setup-step';

/** Every step has an address of its own: a reload stays where it was. */
export function setupHref(team: string, hostId: string, step: SetupStep): string {
  return `/${team}/hosts/${hostId}/setup/${step}`;
}
