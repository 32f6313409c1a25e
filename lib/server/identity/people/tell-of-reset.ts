import 'server-only';
import { notify } from '../../messages/notify/notify';
import type { WriteDb } from '../../platform/database/db';
import type { findPerson } from './change-person';

type Person = Awaited<ReturnType<typeof findPerson>>;

/** Tells every team of a person that their password was set with a link, and who made it. */
export async function tellOfReset(tx: WriteDb, person: Person, madeBy: string): Promise<void> {
  for (const { team } of person.members) {
    const event = {
      name: 'account.reset' as const,
      person: { id: person.id, name: person.name },
      madeBy,
      sites: [],
    };
    await notify(tx, { teamId: team.id, siteIds: [], event });
  }
}
