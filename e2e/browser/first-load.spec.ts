import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { firstLoadBudgetKb, firstLoads } from '../../scripts/bench/first-load';
import { startDashboard } from './dashboard';

/** Protects the first visit: a schema, a preset or a dialog that slips into what a page loads at once costs everybody, and nobody notices it by looking. */
test('no page loads more script than its budget before anything is pressed', async () => {
  // Starting it builds it.
  await (await startDashboard()).stop();
  const pages = firstLoads(join(process.cwd(), process.env.NEXT_DIST_DIR || '.next'));
  expect(pages.map(({ page }) => page)).toEqual(
    expect.arrayContaining(['/[team]/sites', '/[team]/sites/[id]/edit', '/sign-in']),
  );
  expect(pages.filter(({ kb }) => kb > firstLoadBudgetKb)).toEqual([]);
});
