import { expect, test } from '@playwright/test';
import { createLab, type Host, type Lab, labAvailable, startEcho } from '#lab/index';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import { addHost, applied, createSite, fillSite, planChanges, pressApply, setUp, signIn } from './person';

const available = labAvailable();
const conf = '/etc/nginx/sites-available/gatehouse-ci-example-com.conf';

// Every trouble and every wish has its way out on the page where it shows.
test.describe('loops closed on the spot', () => {
  test.skip(available !== true, String(available));
  let dashboard: Dashboard;
  let lab: Lab;
  let web1: Host;
  let web2: Host;

  test.beforeAll(async ({ browser }) => {
    lab = await createLab();
    [web1, web2] = await Promise.all([lab.host({ name: 'web1' }), lab.host({ name: 'web2' })]);
    await startEcho({ host: web1 });
    dashboard = await startDashboard();
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await setUp(page, dashboard);
    await addHost(page, dashboard, web1);
    await addHost(page, dashboard, web2);
    await context.close();
  });
  test.afterAll(async () => {
    await dashboard?.stop();
    await lab?.stop();
  });
  test.beforeEach(async ({ page }) => {
    await signIn(page, dashboard);
    await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
  });

  test('a site is taken off by a switch, and deleted by way of the plan that removes it', async ({
    page,
  }) => {
    await createSite(page, dashboard, { hostname: 'ci.example.com', host: 'web1' });
    await planChanges(page);
    await pressApply(page, 'web1');
    await applied(page, 'web1');
    await page.getByRole('link', { name: 'ci-example-com', exact: true }).last().click();

    await test.step('the switch is undone by itself', async () => {
      const runs = page.getByRole('switch', { name: 'Runs on web1' });
      await expect(runs).toBeChecked();
      await inspect(page, 'site page');
      await runs.click();
      await expect(page.getByText('To be taken off')).toBeVisible();
      await expect(runs).not.toBeChecked();
      expect(await web1.readFile(conf), 'nothing is taken away without a plan').toContain('ci.example.com');
      await inspect(page, 'site page, to be taken off');
      await runs.click();
      await expect(page.getByText('To be taken off')).toHaveCount(0);
    });

    await test.step('fields that differ from the defaults, and all of them', async () => {
      await page.getByRole('tab', { name: 'Fields' }).click();
      const fields = page.getByRole('list', { name: 'Fields' }).getByRole('listitem');
      await expect(fields.filter({ hasText: 'ci.example.com' }).first()).toBeVisible();
      const few = await fields.count();
      await inspect(page, 'site, fields');
      await page.getByRole('button', { name: /^Show all/ }).click();
      await expect.poll(() => fields.count()).toBeGreaterThan(few * 2);
      await page.getByRole('tab', { name: 'Overview' }).click();
    });

    await test.step('deleting makes the plan of the removal', async () => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Delete site' }).click();
      await expect(page.getByRole('alertdialog', { name: 'ci-example-com runs on web1' })).toBeVisible();
      await inspect(page, 'delete a site that runs');
      await page.getByRole('button', { name: 'Plan the removal' }).click();
      await expect(page.getByText('Ready to apply', { exact: true })).toBeVisible({ timeout: 60_000 });
      await pressApply(page, 'web1');
      await page.getByRole('button', { name: 'Delete ci-example-com…' }).click({ timeout: 90_000 });
      const gone = await web1.exec(['sh', '-c', `test -e ${conf} && echo there || echo gone`]);
      expect(gone.stdout.trim()).toBe('gone');
      await inspect(page, 'delete a site that runs nowhere');
      await page.getByRole('button', { name: 'Delete ci-example-com', exact: true }).click();
      await expect(page.getByText('ci-example-com is deleted')).toBeVisible();
      await page.goto(`${dashboard.url}/build/sites`);
      await expect(page.getByRole('link', { name: 'ci-example-com', exact: true })).toHaveCount(0);
    });
  });

  test('a web server that refuses is left out, or tested again', async ({ page }) => {
    const main = '/etc/nginx/nginx.conf';
    const good = await web2.readFile(main);
    await web2.writeFile(main, `${good}\nno_such_directive on;\n`);
    await fillSite(page, dashboard, { hostname: 'two.example.com', host: 'web1' });
    await page.getByRole('checkbox', { name: /web2/ }).click();
    await page.getByRole('button', { name: 'Create site' }).click();
    await expect(page.getByText('Revision 1 is saved.')).toBeVisible();
    await planChanges(page, 'Blocked');
    const blocked = page.url();
    await inspect(page, 'plan, blocked on one host');
    await page.getByRole('button', { name: /^Go on without .* on web2$/ }).click();
    await expect(page.getByText('Ready to apply', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/on web2/)).toHaveCount(0);
    await page.goto(blocked);
    await web2.writeFile(main, good);
    await page.getByRole('button', { name: 'Test again' }).click();
    await expect(page.getByText('Ready to apply', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/on web2/).first()).toBeVisible();
  });
});
