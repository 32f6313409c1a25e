import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { createLab, type Host, type Lab, labAvailable, startEcho } from '#lab/index';
import { addPerson } from './add-person';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import { addHost, applied, createSite, planChanges, pressApply, setUp, signIn } from './person';

const available = labAvailable();
const bob = { name: 'Bob Summer', email: 'bob@example.com', role: 'operator', team: 'build' } as const;

/** Saves another revision of the first site, as a script of the person whose page it is would. */
const saveRevision = (page: Page, description: string) =>
  page.evaluate(async (text) => {
    const teams = '/api/v1/teams/build';
    const { items } = await (await fetch(`${teams}/sites`)).json();
    const response = await fetch(`${teams}/sites/${items[0].id}`);
    const { document, targets } = await response.json();
    const saved = await fetch(`${teams}/sites/${items[0].id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': response.headers.get('etag') ?? '' },
      body: JSON.stringify({
        document: {
          ...document,
          description: text,
          limits: { ...document.limits, bodySizeMib: 100 + text.length },
        },
        targetIds: targets.map(({ targetId }: { targetId: string }) => targetId),
      }),
    });
    return saved.status;
  }, description);

test.describe('two people and one plan', () => {
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

  test('what one plans another approves; it falls with the plan; freezes hold; all of it is on the record', async ({
    page,
    browser,
  }) => {
    const applyButton = page.getByRole('button', { name: /^Apply [0-9a-f]{8}$/ });
    const missing = page.getByRole('list', { name: 'Missing before it can be applied' });
    await setUp(page, dashboard);
    await addPerson(page, dashboard, bob);
    const second = await (await browser.newContext()).newPage();
    await signIn(second, dashboard, bob);
    await expect(second.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();

    await test.step('policies: approvals and a host group', async () => {
      await addHost(page, dashboard, host);
      await createSite(page, dashboard, { hostname: 'ci.example.com', host: 'web1' });
      await page.goto(`${dashboard.url}/build/settings/policies`);
      await expect(page.getByText('No host group')).toBeVisible();
      await inspect(page, 'policies, empty');
      await page.getByLabel('Every apply needs').selectOption('1');
      await page.getByRole('button', { name: 'New group' }).click();
      // It is loaded when it is first asked for.
      await expect(page.getByRole('dialog', { name: 'New host group' })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('button', { name: 'New group' })).toBeFocused();
      await page.keyboard.press('Enter');
      const group = page.getByRole('dialog', { name: 'New host group' });
      await group.getByRole('button', { name: 'Save' }).click();
      await expect(group.getByText('enter a name')).toBeVisible();
      await group.getByLabel('Name').fill('Production');
      await group.getByLabel('Approvals needed').selectOption('0');
      await group.getByLabel('web1').check();
      await group.getByLabel(/^Only chosen operators/).check();
      await group.getByLabel(/Bob Summer/).check();
      await inspect(page, 'policies, host group');
      await group.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('applied by Bob Summer, admins')).toBeVisible();
      await page.goto(`${dashboard.url}/build/hosts`);
      await page.getByLabel('Group').selectOption('Production');
      await expect(page).toHaveURL(/group=/);
      await inspect(page, 'hosts, by group');
    });

    await test.step('a plan without approval says what is missing, and cannot be applied', async () => {
      await page.goto(`${dashboard.url}/build/sites`);
      await page.getByRole('link', { name: 'ci-example-com' }).first().click();
      await planChanges(page, 'Waiting for review');
      await expect(missing).toContainText('approval of one person');
      await expect(applyButton).toBeDisabled();
      await page
        .getByRole('button', { name: /^Comment on .*sites-available\/gatehouse-ci-example-com\.conf$/ })
        .click();
      await page.getByLabel(/^Comment on /).fill('Is this line right? <script>alert(1)</script>');
      await page.getByLabel('Line (optional)').fill('1');
      await page.getByRole('button', { name: 'Send comment' }).click();
      await expect(page.getByText('Is this line right? <script>alert(1)</script>')).toBeVisible();
      await page.getByRole('button', { name: 'Request review' }).click();
      const ask = page.getByRole('dialog', { name: 'Request a review' });
      await ask.getByLabel(/Bob Summer/).check();
      await inspect(page, 'plan, request a review');
      await ask.getByRole('button', { name: 'Ask one person' }).click();
      await expect(page.getByRole('list', { name: 'Reviewers' })).toContainText('Bob Summer was asked');
      await inspect(page, 'plan, approval missing');
    });

    await test.step('the other one answers and approves; the first one sees it without a reload', async () => {
      await second.goto(page.url());
      await expect(second.getByText('Is this line right?')).toBeVisible();
      await second.getByRole('button', { name: 'Comment', exact: true }).click();
      await second.getByLabel('Comment on the plan').fill('It is.');
      await second.getByRole('button', { name: 'Send comment' }).click();
      await expect(page.getByText('It is.', { exact: true })).toBeVisible();
      await second.getByRole('button', { name: 'Review', exact: true }).click();
      const dialog = second.getByRole('dialog', { name: /^Review plan/ });
      await dialog.getByLabel('Comment (optional)').fill('Looks right.');
      await inspect(second, 'plan, review');
      await dialog.getByRole('button', { name: 'Approve' }).click();
      await expect(page.getByText('1 of 1 approval').first()).toBeVisible();
      await expect(page.getByText('Looks right.')).toBeVisible();
      await expect(applyButton).toBeEnabled();
      await inspect(page, 'plan, approved');
    });

    await test.step('the second person watches the apply live', async () => {
      await pressApply(page, 'web1');
      await expect(second.getByRole('link', { name: 'See the apply' })).toBeVisible({ timeout: 60_000 });
      await second.getByRole('link', { name: 'See the apply' }).click();
      await applied(second, 'web1');
      await applied(page, 'web1');
    });

    await test.step('in a freeze an admin needs a reason, and others wait', async () => {
      await page.goto(`${dashboard.url}/build/settings/policies`);
      await page.getByLabel('Every apply needs').selectOption('0');
      const lowering = page.getByRole('alertdialog', { name: 'This lowers a control' });
      await inspect(page, 'policies, a control would be lowered');
      await lowering.getByRole('button', { name: 'Ask for it' }).click();
      const waiting = page.getByRole('list', { name: 'Waiting to be lowered' });
      await expect(waiting).toContainText('Asked for by Ada Winter');
      await inspect(page, 'policies, a control waits to be lowered');
      await waiting.getByRole('button', { name: 'Call off' }).click();
      await expect(waiting).toHaveCount(0);
      await expect(page.getByLabel('Every apply needs')).toHaveValue('1');
      await page.getByRole('button', { name: 'New freeze' }).click();
      const dialog = page.getByRole('dialog', { name: 'New freeze' });
      await dialog.getByLabel('Reason').fill('Release week');
      await inspect(page, 'policies, freeze');
      await dialog.getByRole('button', { name: 'Freeze' }).click();
      await expect(page.getByText('Release week')).toBeVisible();
      await inspect(page, 'policies');
      expect(await saveRevision(page, 'a second version')).toBe(200);
      await page.goto(`${dashboard.url}/build/sites`);
      await page.getByRole('link', { name: 'ci-example-com' }).first().click();
      await planChanges(page, 'Waiting for review');
      await second.goto(page.url());
      await second.getByRole('button', { name: 'Review', exact: true }).click();
      await second
        .getByRole('dialog', { name: /^Review plan/ })
        .getByRole('button', { name: 'Approve' })
        .click();
      await expect(page.getByText('Frozen', { exact: true })).toBeVisible();
      await expect(second.getByText(/are frozen until .*Release week/)).toBeVisible();
      await expect(second.getByRole('button', { name: /^Apply [0-9a-f]{8}$/ })).toBeDisabled();
      await inspect(second, 'plan, frozen');
      await applyButton.click();
      const confirm = page.getByRole('alertdialog', { name: 'Apply to web1?' });
      await expect(confirm.getByRole('button', { name: /^Apply plan/ })).toBeDisabled();
      await confirm.getByLabel('Reason for overriding the freeze').fill('The site is down');
      await inspect(page, 'plan, freeze overridden');
      await confirm.getByRole('button', { name: /^Apply plan/ }).click();
      await applied(page, 'web1');
    });

    await test.step('an approval falls when something overtakes the plan', async () => {
      expect(await saveRevision(page, 'a third version')).toBe(200);
      await page.goto(`${dashboard.url}/build/sites`);
      await page.getByRole('link', { name: 'ci-example-com' }).first().click();
      await planChanges(page, 'Waiting for review');
      await second.goto(page.url());
      await second.getByRole('button', { name: 'Review', exact: true }).click();
      await second
        .getByRole('dialog', { name: /^Review plan/ })
        .getByRole('button', { name: 'Approve' })
        .click();
      await expect(page.getByText('1 of 1 approval').first()).toBeVisible();
      expect(await saveRevision(second, 'a fourth version, of Bob')).toBe(200);
      await expect(page.getByText('This plan was overtaken and can no longer be applied')).toBeVisible();
      await expect(page.getByText('No longer counts: the plan was overtaken.')).toBeVisible();
      await inspect(page, 'plan, approval fallen');
    });

    await test.step('activity: found, unfolded, verified and taken along', async () => {
      await page.goto(`${dashboard.url}/build/activity`);
      for (const words of ['asked for a review of', 'reviewed', 'commented on', 'began a'])
        await expect(page.getByText(words, { exact: true }).first()).toBeVisible();
      await inspect(page, 'activity');
      await page.getByLabel('What', { exact: true }).selectOption('apply');
      await expect(page).toHaveURL(/event=apply/);
      await page.getByLabel('Who', { exact: true }).selectOption({ label: 'Ada Winter' });
      // In the list of names a letter would choose one.
      await page.getByRole('heading', { name: 'Activity', level: 1 }).click();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await expect(page.getByText('apply.succeeded')).toBeVisible();
      await page
        .getByRole('button', { name: /^Details of started/ })
        .first()
        .click();
      await expect(page.getByText('The site is down')).toBeVisible();
      await inspect(page, 'activity, details');
      await page.getByRole('button', { name: 'Verify' }).click();
      await expect(page.getByText(/^The record is intact: \d+ rows/)).toBeVisible();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export' }).click(),
      ]);
      const lines = readFileSync(await download.path(), 'utf8')
        .trimEnd()
        .split('\n');
      const events = lines.map((line) => String(JSON.parse(line).event));
      expect(events.filter((event) => event === 'apply.started')).toHaveLength(2);
      expect(events.every((event) => event.startsWith('apply.'))).toBe(true);
      await page.getByLabel('Search activity').fill('nothing like this');
      await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
      await inspect(page, 'activity, nothing matches');
    });
    await second.context().close();
  });
});
