import { expect, test } from '@playwright/test';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import { fillSite, setUp } from './person';

test.describe('a site that says more than one thing', () => {
  let dashboard: Dashboard;
  test.beforeAll(async () => {
    dashboard = await startDashboard();
  });
  test.afterAll(() => dashboard?.stop());

  test('two applications under one name, an alias, a redirect, and what answers', async ({ page }) => {
    await setUp(page, dashboard);
    await fillSite(page, dashboard, { hostname: 'ci.example.com' });

    await test.step('a second application with an upstream of its own', async () => {
      const upstreams = page.getByRole('region', { name: 'Upstream' });
      await upstreams.getByRole('button', { name: 'Add another upstream' }).click();
      await upstreams.getByLabel('Name', { exact: true }).last().fill('nexus');
      await upstreams.getByLabel('Address', { exact: true }).last().fill('127.0.0.1');
      await upstreams.getByLabel('Port', { exact: true }).last().fill('8081');
      const section = page.locator('details[data-section="applications"]');
      await section.getByRole('heading', { name: 'Further applications' }).click();
      await section.getByRole('button', { name: 'Add an application' }).click();
      await section.getByRole('combobox', { name: 'Application' }).click();
      await page.getByRole('option', { name: /Nexus/ }).click();
      await expect(section.getByLabel('Prefix')).toHaveValue('/nexus/');
      await expect(section.getByLabel('Name', { exact: true })).toHaveValue('nexus');
      await section.getByRole('combobox', { name: 'Upstream' }).click();
      await page.getByRole('option', { name: 'nexus' }).click();
      await section.getByRole('button', { name: 'Add a path' }).click();
      await section.getByLabel('Path rule 1: path').fill('/admin/');
      await expect(section.getByText('1 below a prefix')).toBeVisible();
      await inspect(page, 'new site, two applications');
    });

    await test.step('an alias and a redirect; a loop is refused at its field', async () => {
      const section = page.locator('details[data-section="aliases redirects"]');
      await section.getByRole('heading', { name: 'Aliases and redirects' }).click();
      await section.getByLabel('Names that lead to the first host name').fill('old.example.com');
      await section.getByRole('button', { name: 'Add a redirect' }).click();
      await section.getByLabel('Redirect 1: public path').fill('/docs');
      await section.getByLabel('Redirect 1: path or address').fill('/docs');
      await page.getByRole('button', { name: 'Create site' }).click();
      await expect(
        section.getByText(/leads to a path that this redirect takes again/i).first(),
      ).toBeVisible();
      await section.getByLabel('Redirect 1: path or address').fill('/nexus/docs');
      await expect(section.getByText(/leads to a path/i)).toHaveCount(0);
      await expect(section.getByText('1 alias, 1 redirect')).toBeVisible();
    });

    await test.step('a setting is found by its words', async () => {
      await page.getByRole('button', { name: 'Find a setting' }).click();
      await page.getByRole('combobox', { name: 'Find a setting' }).fill('read timeout');
      await inspect(page, 'new site, find a setting');
      await page.getByRole('option', { name: /^Read timeout/ }).click();
      await expect(page.getByLabel('Read timeout').first()).toBeFocused();
    });

    await test.step('what answers is told before anything is saved', async () => {
      await page.getByRole('heading', { name: 'Try a request' }).click();
      await page.getByLabel('Address or path').fill('/nexus/repository/x');
      await expect(page.getByText('nexus gets GET /nexus/repository/x')).toBeVisible();
      await page.getByLabel('Address or path').fill('/nexus/admin/x');
      await expect(page.getByText('everything below /nexus/admin/')).toBeVisible();
      await page.getByLabel('Address or path').fill('https://old.example.com/a?b=c');
      await expect(page.getByText('Sent on with 308 to https://ci.example.com/a?b=c')).toBeVisible();
      await inspect(page, 'new site, try a request');
    });

    await test.step('it is saved, and the list of settings names both', async () => {
      await page.getByRole('button', { name: 'Create site' }).click();
      await expect(page.getByText('Revision 1 is saved.')).toBeVisible();
      await page.goto(page.url().replace(/\/edit.*$/, ''));
      await expect(page.getByText(/Nexus.*, below \/nexus\//)).toBeVisible();
      await inspect(page, 'site, two applications');
    });
  });
});
