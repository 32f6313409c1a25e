import { expect, test } from '@playwright/test';
import { createLab, type Host, type Lab, labAvailable, startEcho } from '#lab/index';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import { addHost, applied, createSite, planChanges, pressApply, setUp } from './person';

const available = labAvailable();
const conf = '/etc/nginx/sites-available/gatehouse-ci-example-com.conf';

test.describe('somebody edits a file on the host', () => {
  test.skip(available !== true, String(available));
  let dashboard: Dashboard;
  let lab: Lab;
  let host: Host;

  test.beforeAll(async () => {
    lab = await createLab();
    host = await lab.host({ name: 'web1' });
    await startEcho({ host });
    dashboard = await startDashboard();
  });
  test.afterAll(async () => {
    await dashboard?.stop();
    await lab?.stop();
  });

  const edit = async (from: string | RegExp, to: string) => {
    const text = await host.readFile(conf);
    const edited = text.replace(from, to);
    expect(edited, `${from} is in the file`).not.toBe(text);
    await host.writeFile(conf, edited);
  };

  test('the inbox shows it three ways; it is reverted, ignored, adopted, and never overwritten by itself', async ({
    page,
  }) => {
    const inbox = () => page.goto(`${dashboard.url}/build/drift`);
    const lookNow = () => page.getByRole('button', { name: 'Check all now' }).click();
    const row = page.locator('[data-row-link]').and(page.getByRole('link', { name: /^Changed by hand/ }));

    await test.step('before anything was applied the inbox says so', async () => {
      await setUp(page, dashboard);
      await inbox();
      await expect(page.getByRole('heading', { name: 'Nothing was compared yet' })).toBeVisible();
      await inspect(page, 'drift, nothing compared');
      await addHost(page, dashboard, host);
      await createSite(page, dashboard, { hostname: 'ci.example.com', host: 'web1' });
      await planChanges(page);
      await pressApply(page, 'web1');
      await applied(page, 'web1');
    });

    await test.step('untouched: every host is as it was left', async () => {
      await page.keyboard.press('g');
      await page.keyboard.press('d');
      await expect(page.getByRole('heading', { name: 'Drift', level: 1 })).toBeVisible();
      await lookNow();
      await expect(page.getByRole('heading', { name: 'Every host is as it was left' })).toBeVisible();
      await page.getByText('1 host with nothing to decide').click();
      await expect(page.getByRole('button', { name: 'Check web1 now' })).toBeVisible();
      await inspect(page, 'drift, in sync');
    });

    await test.step('a manual edit turns up: in the inbox, beside the navigation, at the site', async () => {
      await edit(/server_name ci\.example\.com;/, 'server_name ci.example.com www.by-hand.example;');
      await lookNow();
      await expect(row).toBeVisible();
      await expect(page.getByRole('link', { name: 'Drift 1 open' })).toBeVisible();
      await inspect(page, 'drift, one file');
      await page.goto(`${dashboard.url}/build/sites`);
      await expect(page.getByRole('row', { name: /ci-example-com/ }).getByText('Drifted')).toBeVisible();
    });

    await test.step('by keyboard to the three texts beside each other', async () => {
      await inbox();
      await expect(row).toBeVisible();
      await page.keyboard.press('j');
      await expect(row).toBeFocused();
      await page.keyboard.press('Enter');
      const diff = page.getByRole('region', { name: /^Three-way comparison/ });
      await expect(diff).toBeVisible();
      for (const column of ['Last applied', 'On the host now', 'Planned'])
        await expect(diff.getByRole('columnheader', { name: column })).toBeVisible();
      await expect(diff.getByText(/www\.by-hand\.example/).first()).toBeVisible();
      await inspect(page, 'drift, one file three ways');
      await page.getByRole('button', { name: 'By an apply' }).click();
      await expect(page).toHaveURL(/compare=plan/);
    });

    await test.step('ignored with a reason, and taken back', async () => {
      await page.getByRole('button', { name: 'Ignore…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Ignore this file?' });
      await inspect(page, 'drift, ignore');
      await dialog.getByRole('button', { name: 'Ignore', exact: true }).click();
      await expect(dialog.getByText('say why')).toBeVisible();
      await dialog.getByLabel('Reason').fill('moving next week');
      await dialog.getByRole('button', { name: 'Ignore', exact: true }).click();
      await expect(page.getByText(/“moving next week”/)).toBeVisible();
      await inspect(page, 'drift, ignored');
      await page.goto(`${dashboard.url}/build/drift?show=ignored`);
      await expect(page.getByText('“moving next week”')).toBeVisible();
      await row.click();
      await page.getByRole('button', { name: 'Stop ignoring' }).click();
      await expect(page.getByRole('button', { name: 'Ignore…' })).toBeVisible();
    });

    await test.step('reverted by a plan that is reviewed', async () => {
      await page.getByRole('button', { name: 'Revert…' }).click();
      await expect(page.getByText('Ready to apply', { exact: true })).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText('changed by hand').first()).toBeVisible();
      await pressApply(page, 'web1');
      await applied(page, 'web1');
      expect(await host.readFile(conf)).not.toContain('by-hand');
      await inbox();
      await expect(page.getByRole('heading', { name: 'Every host is as it was left' })).toBeVisible();
      await expect(page.getByRole('link', { name: 'Drift', exact: true })).toBeVisible();
    });

    await test.step('an edit that the form has words for becomes a revision of the site', async () => {
      await edit('client_max_body_size 16m;', 'client_max_body_size 48m;');
      await lookNow();
      await row.click();
      await expect(page.getByText('The form can say this.')).toBeVisible();
      await inspect(page, 'drift, adopt');
      await page.getByRole('button', { name: 'Adopt into ci-example-com' }).click();
      await expect(page.getByText('Ready to apply', { exact: true })).toBeVisible({ timeout: 60_000 });
      await inspect(page, 'plan of an adopted edit');
      // Who leaves it there finds the same way out in the inbox.
      await inbox();
      await row.click();
      await expect(page.getByText(/^Revision 2 of ci-example-com has this edit/)).toBeVisible();
      await inspect(page, 'drift, adopted');
      await page.getByRole('button', { name: 'Plan the apply that keeps it' }).click();
      await expect(page.getByText('Ready to apply', { exact: true })).toBeVisible({ timeout: 60_000 });
      await pressApply(page, 'web1');
      await applied(page, 'web1');
      expect(await host.readFile(conf), 'the edit is kept').toContain('client_max_body_size 48m;');
      await inbox();
      await expect(page.getByRole('heading', { name: 'Every host is as it was left' })).toBeVisible();
    });

    await test.step('a host out of reach says since when', async () => {
      await host.powerCut();
      await lookNow();
      await expect(page.getByText(/^No comparison since/)).toBeVisible({ timeout: 90_000 });
      await inspect(page, 'drift, out of reach');
    });

    await test.step('all of it is on the record', async () => {
      await page.goto(`${dashboard.url}/build/activity`);
      for (const words of ['found a change of', 'ignored', 'stopped ignoring', 'adopted', 'compared'])
        await expect(page.getByText(words).first()).toBeVisible();
      await inspect(page, 'activity');
    });
  });
});
