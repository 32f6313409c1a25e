import { chromium, expect, test } from '@playwright/test';
import { type Buildbot, createLab, type Host, type Lab, labAvailable, startBuildbot } from '#lab/index';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import { ada, applied, choosePreset, planChanges, pressApply, runBootstrap, trustKey } from './person';

const available = labAvailable();
const hostname = 'ci.example.com';

test.describe('from the setup link to a real CI server over https', () => {
  test.skip(available !== true, String(available));
  let dashboard: Dashboard;
  let lab: Lab;
  let host: Host;
  let buildbot: Buildbot;

  test.beforeAll(async () => {
    lab = await createLab();
    host = await lab.host({ name: 'web1' });
    buildbot = await startBuildbot({ host, buildbotUrl: `https://${hostname}/` });
    dashboard = await startDashboard();
  });
  test.afterAll(async () => {
    await dashboard?.stop();
    await lab?.stop();
  });

  test('a newcomer fills in forms, reviews a diff, presses Apply, and Buildbot answers', async ({ page }) => {
    await test.step('the setup link makes the first admin', async () => {
      await page.goto(dashboard.setupLink);
      await inspect(page, 'setup');
      await page.getByLabel('Your name').fill(ada.name);
      await page.getByLabel('E-mail').fill(ada.email);
      await page.getByLabel('Password', { exact: true }).fill(ada.password);
      await page.getByLabel('Team').fill(ada.team);
      await page.getByRole('button', { name: 'Create team' }).click();
      await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
      await inspect(page, 'sites, empty');
    });

    await test.step('the wizard: address', async () => {
      await page.getByRole('link', { name: 'Add host' }).click();
      await page.getByLabel('Address').fill(host.address);
      await page.getByLabel('Account').fill(host.user);
      await page.getByLabel('Name').fill('web1');
      await inspect(page, 'add host, address');
      await page.reload();
      await expect(page.getByLabel('Address'), 'a reload keeps what was typed').toHaveValue(host.address);
      await page.getByRole('button', { name: 'Continue' }).click();
    });

    await test.step('the wizard: a new key, and the fingerprint compared with the console', async () => {
      await expect(page.getByRole('heading', { name: /sign in/ })).toBeVisible();
      await inspect(page, 'add host, key');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByText(await host.hostKeyFingerprint())).toBeVisible();
      await inspect(page, 'add host, fingerprint');
      await trustKey(page, host);
    });

    await test.step('the wizard: the script locks the key down, run as root', async () => {
      await inspect(page, 'add host, run the script');
      await runBootstrap(page, host);
      await page.getByRole('link', { name: /run the checks/ }).click();
    });

    await test.step('the check list is green', async () => {
      await expect(page.getByText('All that is needed is there.')).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/nginx 1\.22\.1/)).toBeVisible();
      await inspect(page, 'add host, checks');
      await page.getByRole('link', { name: 'Finish' }).click();
      await expect(page.getByRole('heading', { name: 'web1 is ready' })).toBeVisible();
      await inspect(page, 'add host, done');
      await page.getByRole('link', { name: 'Add a site' }).click();
    });

    await test.step('a Buildbot site by the form, with its preview', async () => {
      await choosePreset(page, 'Buildbot');
      await page.getByLabel('Host names, canonical').fill(hostname);
      await page.getByLabel('Address', { exact: true }).fill('127.0.0.1');
      await page.getByLabel('Port', { exact: true }).fill('8010');
      await page.getByRole('checkbox', { name: /web1/ }).click();
      await page.getByRole('radio', { name: /Self-signed/ }).click();
      await expect(page.getByText('127.0.0.1:8010').first()).toBeVisible();
      await inspect(page, 'new site');
      await page.getByRole('button', { name: 'Create site' }).click();
      await expect(page.getByText('Revision 1 is saved.')).toBeVisible();
    });

    await test.step('plan', () => planChanges(page));
    await test.step('the review shows what will be written, tested on the host', async () => {
      await expect(page.getByText(/own test on web1 passed/)).toBeVisible();
      await expect(page.getByText(/self-signed certificate is made/)).toBeVisible();
      await expect(page.getByRole('region', { name: /^Changes in .*sites-available/ })).toContainText(
        'proxy_pass',
      );
      await inspect(page, 'plan');
      await page.getByRole('button', { name: /^Apply [0-9a-f]{8}$/ }).click();
      await inspect(page, 'apply, asked');
      await page.keyboard.press('Escape');
      // Until it is gone the keys belong to the dialog.
      await expect(page.locator('[role=dialog],[role=alertdialog]')).toHaveCount(0);
      await page.keyboard.press('j');
      await expect(page.locator('[data-review-file]').first()).toBeFocused();
      await page.keyboard.press('v');
      await expect(page.getByRole('checkbox', { name: 'Viewed' }).first()).toBeChecked();
    });

    await test.step('apply', async () => {
      await pressApply(page, 'web1');
      await applied(page, 'web1');
    });
    await test.step('a reload shows the same', async () => {
      await page.reload();
      await expect(page.getByText('Prove that the new configuration serves')).toBeVisible();
      await inspect(page, 'apply, succeeded');
    });

    await test.step('the real Buildbot over https through nginx, WebSocket and event stream alive', () =>
      visitBuildbot(host, buildbot));

    await test.step('what answers a request, and why, without sending one', async () => {
      await page.getByRole('link', { name: 'ci-example-com', exact: true }).last().click();
      await inspect(page, 'site');
      await page.getByRole('tab', { name: 'Try a request' }).click();
      await page.getByLabel('Address or path').fill('/ws?x=1');
      await expect(page.getByText('gets GET /ws?x=1')).toBeVisible();
      await page.getByText('Headers of the client').click();
      await page.getByLabel('One to a line').fill('X_Forwarded_For: 203.0.113.9');
      await expect(page.getByText('kept back')).toBeVisible();
      await inspect(page, 'site, try a request');
      await page.getByLabel('Address or path').fill('https://other.example.com/');
      await expect(page.getByText('This site does not answer it.')).toBeVisible();
    });

    await test.step('a palette that does what it is told', async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Go to, or do' }).fill('edit ci-example');
      await expect(page.getByRole('option', { name: 'Edit ci-example-com' })).toBeVisible();
      await inspect(page, 'palette');
      await page.keyboard.press('Escape');
    });

    await test.step('an edit makes revision 2', async () => {
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByRole('heading', { name: 'Timeouts and sizes' }).click();
      await page.getByLabel('Largest request body').fill('64');
      await page.getByLabel('What changed (optional)').fill('Larger uploads');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('Revision 2 is saved.')).toBeVisible();
    });

    await test.step('plan', () => planChanges(page));
    await test.step('the diff shows that edit and nothing else', async () => {
      const files = page.locator('[data-review-file]');
      await expect(files).toHaveCount(1);
      await expect(files.getByRole('row', { name: /added.*client_max_body_size 64m/ }).first()).toBeVisible();
      await expect(page.getByText('revision 1 → 2')).toBeVisible();
      await page.getByRole('button', { name: 'Split' }).click();
      await expect(page).toHaveURL(/diff=split/);
      await inspect(page, 'plan, split');
    });

    await test.step('apply', async () => {
      await pressApply(page, 'web1');
      await applied(page, 'web1');
    });
    await test.step('the revision history shows both', async () => {
      await page.getByRole('link', { name: 'ci-example-com', exact: true }).last().click();
      await page.getByRole('tab', { name: /Revisions/ }).click();
      await expect(page.getByRole('button', { name: 'Larger uploads' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'First version' })).toBeVisible();
      await expect(page.getByText('runs on web1')).toBeVisible();
      await inspect(page, 'site, revisions');
    });
    await test.step('nothing to change: the plan says so', async () => {
      await page.getByRole('button', { name: 'Plan changes' }).click();
      await expect(page.getByText('Nothing to change')).toBeVisible({ timeout: 60_000 });
      await inspect(page, 'plan, empty');
    });
    await test.step('the other screens', async () => {
      for (const name of ['Sites', 'Hosts', 'Applies', 'Activity', 'Settings']) {
        await page.getByRole('link', { name, exact: true }).first().click();
        await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
        await inspect(page, name);
      }
    });
  });
});

/** As a visitor: a browser that finds the name at the lab host and accepts its self-signed certificate. */
async function visitBuildbot(host: Host, buildbot: Buildbot) {
  const browser = await chromium.launch({
    executablePath: process.env.GATEHOUSE_CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--ignore-certificate-errors',
      `--host-resolver-rules=MAP ${hostname} ${host.address}`,
    ],
  });
  try {
    const page = await browser.newPage();
    const socket = page.waitForEvent('websocket');
    const answer = await page.goto(`http://${hostname}/`);
    expect(page.url(), 'http goes to https').toBe(`https://${hostname}/`);
    expect(answer?.status()).toBe(200);
    expect((await socket).url()).toBe(`wss://${hostname}/ws`);
    await expect(page.locator('#ws'), 'the socket is open and answers').toHaveText('open, pong');
    await expect(page.locator('#sse')).toHaveAttribute('data-state', 'open');
    await expect(page.locator('#url-warning'), 'Buildbot sees its own public address').toBeHidden();
    await buildbot.triggerEvent();
    await expect(page.locator('#events [data-source=ws]').first()).toBeVisible();
    await expect(page.locator('#events [data-source=sse]').first()).toBeVisible();
  } finally {
    await browser.close();
  }
}
