import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { addPerson } from './add-person';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import { createSite, setUp, signIn } from './person';

const grace = { name: 'Grace Summer', email: 'grace@example.com', role: 'editor', team: 'build' } as const;
const eve = { name: 'Eve Autumn', email: 'eve@example.com', role: 'editor', team: 'next-door' } as const;

test.describe('a team and its lists', () => {
  let dashboard: Dashboard;
  const contexts: BrowserContext[] = [];

  test.beforeAll(async () => {
    dashboard = await startDashboard();
  });
  test.afterAll(async () => {
    for (const context of contexts) await context.close();
    await dashboard?.stop();
  });

  test('two people at one site, a list for another team and by link, a file in and out', async ({
    page,
    browser,
  }) => {
    const enter = async (email: string): Promise<Page> => {
      const context = await browser.newContext();
      contexts.push(context);
      const other = await context.newPage();
      await signIn(other, dashboard, { email });
      await expect(other.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
      return other;
    };
    const lists = () => page.goto(`${dashboard.url}/build/lists`);
    let editor = '';

    await test.step('no lists yet: the page says what they are for', async () => {
      await setUp(page, dashboard);
      await addPerson(page, dashboard, grace);
      await page.request.post(`${dashboard.url}/api/v1/teams`, {
        headers: { origin: dashboard.url },
        data: { name: 'Next door' },
      });
      await addPerson(page, dashboard, eve);
      await lists();
      await expect(page.getByRole('heading', { name: 'No lists yet' })).toBeVisible();
      await inspect(page, 'lists, none');
      await createSite(page, dashboard, { hostname: 'ci.example.com' });
      editor = new URL(page.url()).pathname;
    });

    await test.step('an import shows first what it would change, with the line of what is wrong', async () => {
      await page.goto(`${dashboard.url}/build/sites`);
      await page.getByRole('button', { name: 'Import' }).click();
      const dialog = page.getByRole('dialog');
      await inspect(page, 'import');
      const site = (port: string) =>
        [
          'schemaVersion: 1',
          'sites:',
          '  - name: imported',
          '    preset: generic',
          '    hostnames: [imported.example.com]',
          `    httpsPort: ${port}`,
          '    tls: { mode: self-signed }',
          '    upstreams: [{ servers: [{ address: 127.0.0.1, port: 8080 }] }]',
        ].join('\n');
      await dialog.getByLabel('Or paste the text').fill(site('70000'));
      await dialog.getByRole('button', { name: 'Show what would change' }).click();
      await expect(dialog.getByText('Line 6:')).toBeVisible();
      await inspect(page, 'import, refused');
      await dialog.getByRole('button', { name: 'Back to the text' }).click();
      await dialog.getByLabel('Or paste the text').fill(site('8443'));
      await dialog.getByRole('button', { name: 'Show what would change' }).click();
      await expect(dialog.getByText('1 to create')).toBeVisible();
      await inspect(page, 'import, dry run');
      await dialog.getByRole('button', { name: 'Import 1 site' }).click();
      await expect(page.getByText('Imported: 1 created, 0 updated')).toBeVisible();
      await expect(page.getByRole('link', { name: 'imported', exact: true })).toBeVisible();
    });

    await test.step('chosen sites go on a new list', async () => {
      await page.getByRole('checkbox', { name: 'Select imported' }).check();
      await page.getByRole('button', { name: 'Add to list' }).click();
      await page.getByRole('menuitem', { name: 'New list…' }).click();
      const dialog = page.getByRole('dialog', { name: 'New list' });
      await dialog.getByLabel('Name').fill('Production');
      await dialog.getByRole('button', { name: 'Create list' }).click();
      await expect(page.getByText('1 site is on Production')).toBeVisible();
      await lists();
      await inspect(page, 'lists, one');
      await page.getByRole('link', { name: 'Production' }).click();
      await expect(page.getByRole('row', { name: /imported/ })).toBeVisible();
      await inspect(page, 'list');
      await page.getByRole('button', { name: 'Add sites' }).click();
      await page.getByRole('checkbox', { name: /ci-example-com/ }).check();
      await inspect(page, 'list, add sites');
      await page.getByRole('button', { name: 'Add 1 site' }).click();
      await expect(page.getByRole('row', { name: /ci-example-com/ })).toBeVisible();
    });

    await test.step('one field of many sites is set in one go', async () => {
      await page.goto(`${dashboard.url}/build/sites`);
      await page.getByRole('checkbox', { name: 'Select imported' }).check();
      await page.getByRole('checkbox', { name: 'Select ci-example-com' }).check();
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Edit 2 sites' });
      await dialog.getByLabel('Value').fill('64');
      await dialog.getByRole('button', { name: 'Show what would change' }).click();
      await expect(dialog.getByText('2 to save')).toBeVisible();
      await inspect(page, 'sites, edit many');
      await dialog.getByRole('button', { name: 'Save 2 sites' }).click();
      await expect(page.getByRole('dialog', { name: '2 saved' })).toBeVisible();
      await page.getByRole('button', { name: 'Later' }).click();
      await page.goto(`${dashboard.url}/build/lists`);
      await page.getByRole('link', { name: 'Production' }).click();
    });

    await test.step('what is exported is imported as unchanged', async () => {
      await page.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: /^As YAML/ }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('production-sites.yaml');
      await page.goto(`${dashboard.url}/build/sites?import=true`);
      await page.getByLabel('File with sites').setInputFiles(await download.path());
      await expect(page.getByText('2 unchanged')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
      await page.getByRole('button', { name: 'Cancel' }).click();
    });

    await test.step('the second save of two people gets a merge, and nothing of either is lost', async () => {
      const other = await enter(grace.email);
      const description = (of: Page) => of.getByLabel('Description', { exact: true });
      await page.goto(dashboard.url + editor);
      await other.goto(dashboard.url + editor);
      await expect(description(other)).toBeVisible();
      await description(page).fill('from Ada');
      await description(other).fill('from Grace');
      await other.getByLabel('Host names, canonical').fill('build.example.com');
      await other.getByLabel('What changed (optional)').fill('new name');
      await other.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(other.getByText('Revision 3 is saved.')).toBeVisible();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'This site was saved in between' });
      await expect(dialog.getByText('“new name”')).toBeVisible();
      await expect(dialog.getByRole('group', { name: 'Description' })).toBeVisible();
      await expect(dialog.getByRole('button', { name: '1 field to decide' })).toBeDisabled();
      const merge = dialog.getByRole('region', { name: 'The merge' });
      await expect(merge, 'no merge is shown before it is decided').toHaveCount(0);
      await inspect(page, 'conflict, merge');
      await dialog.getByRole('radio', { name: /^Yours/ }).check();
      await expect(merge.getByText(/from Ada/).first()).toBeVisible();
      await inspect(page, 'conflict, decided');
      await dialog.getByRole('button', { name: 'Take the merge into the form' }).click();
      await expect(description(page)).toHaveValue('from Ada');
      await expect(page.getByLabel('Host names, canonical')).toHaveValue('build.example.com');
      await page.reload();
      await expect(description(page), 'the merge survives a reload').toHaveValue('from Ada');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('Revision 4 is saved.')).toBeVisible();
    });

    await test.step('the revisions say what changed, in words and in the config', async () => {
      await page.goto(`${dashboard.url}${editor.replace(/\/edit$/, '')}?tab=revisions&from=2&to=3`);
      const words = page.getByRole('region', { name: 'Changed fields' });
      await expect(words.getByText('Host name build.example.com')).toBeVisible();
      await page.getByRole('button', { name: 'Config' }).click();
      await expect(page.getByText(/server_name build\.example\.com/).first()).toBeVisible();
      await inspect(page, 'revisions');
    });

    await test.step('a site becomes a template, and a new site starts from it with its settings', async () => {
      await page.goto(`${dashboard.url}/build/settings/templates`);
      await expect(page.getByRole('heading', { name: 'No templates yet' })).toBeVisible();
      await inspect(page, 'templates, none');
      await page.goto(dashboard.url + editor.replace(/\/edit$/, ''));
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Save as template…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Save ci-example-com as a template' });
      await expect(dialog.getByText('Host name build.example.com')).toBeVisible();
      await dialog.getByLabel('Name').fill('Internal CI');
      await dialog.getByLabel('Description').fill('Small uploads only');
      await inspect(page, 'site, save as template');
      await dialog.getByRole('button', { name: 'Save template' }).click();
      await expect(page.getByText('Internal CI is a template')).toBeVisible();

      await page.goto(`${dashboard.url}/build/sites/new?preset=buildbot`);
      await page.getByLabel('Description', { exact: true }).fill('typed before');
      await page
        .getByRole('region', { name: 'CI server' })
        .getByRole('button', { name: /^CI server/ })
        .click();
      await page.getByRole('combobox', { name: 'CI server' }).fill('internal');
      await expect(page.getByRole('option')).toHaveCount(1);
      await inspect(page, 'new site, choose a template');
      await page.keyboard.press('Enter');
      await expect(page.getByText('Started from Internal CI')).toBeVisible();
      const hostname = page.getByLabel('Host names, canonical');
      await expect(hostname).toBeFocused();
      await expect(hostname).toHaveValue('');
      await expect(page.getByLabel('Address', { exact: true })).toHaveValue('');
      await expect(page.getByLabel('Description', { exact: true })).toHaveValue('typed before');
      await inspect(page, 'new site, from a template');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByLabel('Address', { exact: true })).toHaveValue('127.0.0.1');

      await page.goto(`${dashboard.url}/build/settings/templates`);
      await page.getByText('What it sets').click();
      await expect(page.getByText('Largest request body')).toBeVisible();
      await inspect(page, 'templates, one');
      await page.getByRole('link', { name: 'New site from Internal CI' }).click();
      await expect(page.getByText('From the template Internal CI.')).toBeVisible();
      await expect(hostname).toBeFocused();
      await page.keyboard.type('second.example.com');
      await page.getByLabel('Address', { exact: true }).fill('127.0.0.1');
      await page.getByRole('button', { name: 'Create site' }).click();
      await expect(page.getByText('Revision 1 is saved.')).toBeVisible();
      const made = await page.request.get(`${dashboard.url}/api/v1/teams/build/sites?search=second`);
      const [site] = (await made.json()).items as { id: string }[];
      const { document } = await (
        await page.request.get(`${dashboard.url}/api/v1/teams/build/sites/${site?.id}`)
      ).json();
      expect(document).toMatchObject({ preset: 'generic', description: '', limits: { bodySizeMib: 64 } });
    });

    await test.step('a template is renamed, and comes back when it was deleted', async () => {
      await page.goto(`${dashboard.url}/build/settings/templates`);
      await page.getByRole('button', { name: 'Rename Internal CI' }).click();
      const dialog = page.getByRole('dialog', { name: 'Rename Internal CI' });
      await dialog.getByLabel('Name').fill('Office CI');
      await inspect(page, 'template, rename');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Delete Office CI' }).click();
      await inspect(page, 'template, delete');
      const question = page.getByRole('alertdialog', { name: 'Delete the template Office CI?' });
      await question.getByRole('button', { name: 'Delete Office CI' }).click();
      await expect(page.getByRole('heading', { name: 'No templates yet' })).toBeVisible();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByText('Office CI', { exact: true })).toBeVisible();
    });

    let secret = '';
    const guest = await browser.newContext();
    contexts.push(guest);
    const visitor = await guest.newPage();

    await test.step('shared with another team and by link', async () => {
      await lists();
      await page.getByRole('link', { name: 'Production' }).click();
      await page.getByRole('button', { name: 'Share' }).click();
      const dialog = page.getByRole('dialog', { name: 'Share Production' });
      await dialog.getByLabel('Team', { exact: true }).fill('nobody-here');
      await dialog.getByRole('button', { name: 'Share', exact: true }).click();
      await expect(dialog.getByText(/there is no team with this name/)).toBeVisible();
      await dialog.getByLabel('Team', { exact: true }).fill('next-door');
      await dialog.getByLabel('May').selectOption('edit');
      await dialog.getByRole('button', { name: 'Share', exact: true }).click();
      await expect(dialog.getByText('may edit')).toBeVisible();
      await dialog.getByRole('button', { name: 'Make a link' }).click();
      const address = dialog.getByText(/\/shared\/ghl_/);
      secret = (await address.textContent()) ?? '';
      await inspect(page, 'list, sharing');
    });

    const neighbour = await enter(eve.email);
    await test.step('the other team finds it, reads it and edits it; it sees no more', async () => {
      await neighbour.goto(`${dashboard.url}/next-door/lists`);
      await inspect(neighbour, 'lists, shared with us');
      await neighbour.getByRole('link', { name: 'Production' }).click();
      await expect(neighbour.getByRole('link', { name: 'imported' })).toBeVisible();
      await inspect(neighbour, 'shared list');
      await neighbour.getByRole('link', { name: 'imported' }).click();
      const document = neighbour.getByLabel('Document', { exact: true });
      await expect(document).toHaveValue(/httpsPort: 8443/);
      await document.fill((await document.inputValue()).replace('httpsPort: 8443', 'httpsPort: 9443'));
      await inspect(neighbour, 'shared site');
      await neighbour.getByRole('button', { name: 'Save' }).click();
      await expect(neighbour.getByText('Saved as revision 3')).toBeVisible();
      await neighbour.goto(`${dashboard.url}/build/lists`);
      await expect(neighbour.getByRole('heading', { name: 'This page does not exist' })).toBeVisible();
    });

    await test.step('the link shows it to anybody', async () => {
      await visitor.goto(secret);
      await expect(visitor.getByRole('heading', { name: 'Production' })).toBeVisible();
      await expect(visitor.getByText('https://imported.example.com:9443/')).toBeVisible();
      await expect(visitor.getByText('127.0.0.1')).toHaveCount(0);
      await inspect(visitor, 'list by link');
    });

    await test.step('both end at once', async () => {
      const dialog = page.getByRole('dialog', { name: 'Share Production' });
      await dialog.getByRole('button', { name: /^Stop/ }).click();
      await expect(dialog.getByText('may edit')).toHaveCount(0);
      await dialog.getByRole('button', { name: /^Revoke/ }).click();
      await expect(dialog.getByRole('button', { name: /^Revoke/ })).toHaveCount(0);
      await visitor.reload();
      await expect(visitor.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
      await inspect(visitor, 'list by link, ended');
      await neighbour.goto(`${dashboard.url}/next-door/lists`);
      await expect(neighbour.getByRole('heading', { name: 'No lists yet' })).toBeVisible();
      await expect(neighbour.getByText('Shared with us')).toHaveCount(0);
    });

    await test.step('a deleted list comes back', async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Delete list' }).click();
      await inspect(page, 'list, delete');
      await page.getByRole('button', { name: 'Delete Production' }).click();
      await expect(page.getByRole('heading', { name: 'No lists yet' })).toBeVisible();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByRole('link', { name: 'Production' })).toBeVisible();
    });
  });
});
