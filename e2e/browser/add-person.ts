import { expect, type Page, request } from '@playwright/test';
import type { Role } from '#core/access/roles';
import type { Dashboard } from './dashboard';
import { ada } from './person';

interface Person {
  name: string;
  email: string;
  role: Role;
  /** First word of the team's addresses. */
  team: string;
}

/** Invites a second person, who joins with the password of the first one, whose page it is. */
export async function addPerson(page: Page, dashboard: Dashboard, { name, email, role, team }: Person) {
  const headers = { origin: dashboard.url };
  const invited = await page.request.post(`${dashboard.url}/api/v1/teams/${team}/invitations`, {
    headers,
    data: { email, role },
  });
  expect(invited.status()).toBe(201);
  const { id, secret } = await invited.json();
  const theirs = await request.newContext();
  const joined = await theirs.post(`${dashboard.url}/api/v1/invitations/${id}/join`, {
    headers,
    data: { secret, name, password: ada.password },
  });
  expect(joined.status()).toBe(201);
  await theirs.dispose();
}
