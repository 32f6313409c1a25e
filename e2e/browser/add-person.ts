import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

interface Person {
  name: string;
  email: string;
  role: 'viewer' | 'editor' | 'operator' | 'admin';
  /** First word of the team's addresses; the team is made where there is none. */
  team: string;
}

/** A second person, who signs in with the first one's password, straight into the data of a running dashboard. */
export function addPerson(dataDir: string, { name, email, role, team }: Person): void {
  const database = new Database(join(dataDir, 'gatehouse.db'));
  try {
    const now = new Date().toISOString();
    const user = randomUUID();
    const columns = (table: string, given: Record<string, unknown>) => {
      const names = Object.keys(given);
      const places = names.map(() => '?').join(', ');
      const quoted = names.map((each) => `"${each}"`).join(', ');
      database.prepare(`INSERT INTO "${table}" (${quoted}) VALUES (${places})`).run(...Object.values(given));
    };
    database.transaction(() => {
      const known = database.prepare('SELECT "id" FROM "Team" WHERE "slug" = ?').get(team) as
        | { id: string }
        | undefined;
      const teamId = known?.id ?? randomUUID();
      if (!known) columns('Team', { id: teamId, slug: team, name: team, createdAt: now });
      columns('User', { id: user, name, email, createdAt: now, updatedAt: now });
      columns('Member', { id: randomUUID(), teamId, userId: user, role, createdAt: now });
      const first = database.prepare('SELECT "password" FROM "Account" LIMIT 1').get() as {
        password: string;
      };
      columns('Account', {
        id: randomUUID(),
        accountId: user,
        providerId: 'credential',
        userId: user,
        password: first.password,
        createdAt: now,
        updatedAt: now,
      });
    })();
  } finally {
    database.close();
  }
}
