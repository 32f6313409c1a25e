import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { hashPassword } from 'better-auth/crypto';
import Database from 'better-sqlite3';
import type { Dashboard } from './dashboard';

export interface Colleague {
  readonly name: string;
  readonly email: string;
  readonly role: 'viewer' | 'editor' | 'operator' | 'admin';
}

const password = 'another horse, another battery';

/** A second member of the first team, straight into the database, and a browser of theirs that is signed in. */
export async function signedInColleague(
  browser: Browser,
  dashboard: Dashboard,
  { name, email, role }: Colleague,
): Promise<Page> {
  const hash = await hashPassword(password);
  const database = new Database(join(dashboard.dataDir, 'gatehouse.db'));
  const now = new Date().toISOString();
  const id = randomUUID();
  const team = database.prepare('SELECT id FROM Team LIMIT 1').pluck().get();
  database.transaction(() => {
    database
      .prepare(
        'INSERT INTO User (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?, ?, ?, 1, ?, ?)',
      )
      .run(id, name, email, now, now);
    database
      .prepare(
        'INSERT INTO Account (id, accountId, providerId, userId, password, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(randomUUID(), id, 'credential', id, hash, now, now);
    database
      .prepare('INSERT INTO Member (id, teamId, userId, role, createdAt) VALUES (?, ?, ?, ?, ?)')
      .run(randomUUID(), team, id, role, now);
  })();
  database.close();
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${dashboard.url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
  return page;
}
