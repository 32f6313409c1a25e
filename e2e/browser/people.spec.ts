import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { TOTP } from 'otpauth';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import { ada, setUp, signIn } from './person';

const grace = { name: 'Grace Summer', email: 'grace@example.com', password: 'another long password' };
const periodMs = 30_000;

test.describe('people share a team', () => {
  let dashboard: Dashboard;
  const contexts: BrowserContext[] = [];

  test.beforeEach(async () => {
    dashboard = await startDashboard();
  });
  test.afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    await dashboard?.stop();
  });

  /** Another person's browser. */
  async function elsewhere(browser: Browser): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    contexts.push(context);
    return context.newPage();
  }
  const settings = (page: Page, section: string) => page.goto(`${dashboard.url}/build/settings/${section}`);

  /** Grace becomes a viewer, by a link that Ada made over the API. */
  async function join(page: Page, other: Page) {
    const made = await page.request.post(`${dashboard.url}/api/v1/teams/build/invitations`, {
      headers: { origin: dashboard.url },
      data: { email: grace.email, role: 'viewer' },
    });
    const { id, secret } = (await made.json()) as { id: string; secret: string };
    await other.goto(`${dashboard.url}/invite#${id}.${secret}`);
    await other.getByLabel('Your name').fill(grace.name);
    await other.getByLabel('Password', { exact: true }).fill(grace.password);
    await other.getByRole('button', { name: 'Join', exact: true }).click();
  }

  test('invited, joined, given another role, removed: each seen by the other at their next click', async ({
    page,
    browser,
  }) => {
    const other = await elsewhere(browser);
    let link = '';

    await test.step('an admin makes a link, which is shown once', async () => {
      await setUp(page, dashboard);
      await settings(page, 'members');
      await expect(page.getByText('No open invitations')).toBeVisible();
      await inspect(page, 'members, one person');
      await page.getByRole('button', { name: 'Invite' }).click();
      const dialog = page.getByRole('dialog');
      await inspect(page, 'members, invite');
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      await expect(dialog.getByText('Enter an e-mail address.')).toBeVisible();
      await dialog.getByLabel('E-mail').fill('not an address');
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      await expect(dialog.getByText('Must be an e-mail address.')).toBeVisible();
      await dialog.getByLabel('E-mail').fill(grace.email);
      await dialog.getByRole('radio', { name: /^viewer/i }).click();
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      await expect(dialog.getByText(`Send ${grace.email} this link`)).toBeVisible();
      link = (await dialog.locator('code').textContent()) ?? '';
      await inspect(page, 'members, link');
      await dialog.getByRole('button', { name: 'I have copied it' }).click();
      await expect(page.getByText(grace.email, { exact: true })).toBeVisible();
      await inspect(page, 'members, open invitation');
    });

    await test.step('a link that was cut short says so', async () => {
      await other.goto(`${dashboard.url}/invite#cut`);
      await expect(other.getByRole('heading', { name: 'This link is incomplete' })).toBeVisible();
      await inspect(other, 'invitation, cut short');
    });

    await test.step('the invited person joins and sees the team', async () => {
      await other.goto('about:blank');
      await other.goto(link);
      await expect(other.getByRole('heading', { name: 'Join Build' })).toBeVisible();
      await inspect(other, 'invitation');
      await other.getByRole('button', { name: 'Join', exact: true }).click();
      await expect(other.getByText('Enter a name.')).toBeVisible();
      await other.getByLabel('Your name').fill(grace.name);
      await other.getByLabel('Password', { exact: true }).fill(grace.password);
      await other.getByRole('button', { name: 'Join', exact: true }).click();
      await expect(other.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
      await expect(other.getByRole('link', { name: 'New site' })).toHaveCount(0);
    });

    await test.step('the link is used up', async () => {
      const third = await elsewhere(browser);
      await third.goto(link);
      await expect(third.getByText('This invitation is not valid.')).toBeVisible();
      await inspect(third, 'invitation, used');
    });

    await test.step('a new role counts at the next look', async () => {
      await page.reload();
      await page.getByRole('combobox', { name: `Role of ${grace.name}` }).selectOption('editor');
      await expect(page.getByText(`${grace.name} is editor now`)).toBeVisible();
      await inspect(page, 'members, two people');
      await other.reload();
      await expect(other.getByRole('link', { name: 'New site' }).first()).toBeVisible();
      await settings(other, 'members');
      await expect(other.getByRole('button', { name: 'Invite' })).toHaveCount(0);
      await inspect(other, 'members, as editor');
    });

    await test.step('the last admin cannot leave', async () => {
      await page.getByRole('button', { name: 'Leave Build' }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: 'Leave team' }).click();
      await expect(dialog.getByText('The team would be left without an admin.')).toBeVisible();
      await inspect(page, 'members, last admin leaves');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    });

    await test.step('a removed member is thrown out at their next click', async () => {
      await page.getByRole('button', { name: `Remove ${grace.name}` }).click();
      await inspect(page, 'members, remove');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove member' }).click();
      await expect(page.getByText(`${grace.name} is no longer a member`)).toBeVisible();
      await other.getByRole('link', { name: 'Hosts' }).click();
      await expect(other.getByRole('heading', { name: 'This page does not exist' })).toBeVisible();
      await page.goto(`${dashboard.url}/build/activity`);
      for (const words of ['joined as', 'changed the role of', 'removed'])
        await expect(page.getByText(words).first()).toBeVisible();
    });
  });

  test('an administrator looks after people and teams', async ({ page, browser }) => {
    const other = await elsewhere(browser);

    await test.step('a second team, and its new name', async () => {
      await setUp(page, dashboard);
      await page.getByRole('button', { name: /Switch team/ }).click();
      await page.getByRole('menuitem', { name: 'New team' }).click();
      await page.getByLabel('Name').fill('Releases');
      await inspect(page, 'new team');
      await page.getByRole('button', { name: 'Create team' }).click();
      await expect(page.getByText('Members of Releases')).toBeVisible();
      await page.getByRole('link', { name: 'Team', exact: true }).click();
      await page.getByLabel('Name').fill('Release crew');
      await page.getByRole('button', { name: 'Rename' }).click();
      await expect(page.getByText('The team is now called Release crew')).toBeVisible();
      await inspect(page, 'team settings');
      await page.getByRole('button', { name: /Switch team/ }).click();
      await page.getByRole('menuitemradio', { name: /Build/ }).click();
      await expect(page).toHaveURL(/\/build\/sites/);
    });

    await test.step('somebody joins, is shut out, and let in again', async () => {
      await join(page, other);
      await expect(other.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
      await other.goto(`${dashboard.url}/build/settings/people`);
      await expect(other.getByText('This page is for administrators of the installation')).toBeVisible();
      await inspect(other, 'people, as viewer');

      await settings(page, 'people');
      await expect(page.getByText(grace.email)).toBeVisible();
      await inspect(page, 'people');
      const menu = page.getByRole('button', { name: `What to do with ${grace.name}` });
      await menu.click();
      await page.getByRole('menuitem', { name: 'Disable' }).click();
      await inspect(page, 'people, disable');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
      await expect(page.getByText('disabled', { exact: true })).toBeVisible();
      await other.getByRole('link', { name: 'Hosts' }).click();
      await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await menu.click();
      await page.getByRole('menuitem', { name: 'Enable' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Enable' }).click();
      await expect(page.getByText('disabled', { exact: true })).toHaveCount(0);
    });

    await test.step('a link for a new password', async () => {
      await page.getByRole('button', { name: `What to do with ${grace.name}` }).click();
      await page.getByRole('menuitem', { name: 'Link for a new password' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      await expect(dialog.getByText(`Give ${grace.name} this link`)).toBeVisible();
      await inspect(page, 'people, password link');
      const link = (await dialog.locator('code').textContent()) ?? '';
      await other.goto(link);
      await other.getByLabel('New password').fill('short');
      await other.getByRole('button', { name: 'Set password' }).click();
      await expect(other.getByText('Use at least 12 characters.')).toBeVisible();
      await inspect(other, 'new password');
      await other.getByLabel('New password').fill('a wholly new password');
      await other.getByRole('button', { name: 'Set password' }).click();
      await expect(other.getByRole('heading', { name: 'Your new password is set' })).toBeVisible();
      await inspect(other, 'new password, set');
    });
  });

  test('second factor and passkey', async ({ page, browser }) => {
    let secret = '';
    let recoveryCode = '';
    let usedStep = 0;
    /** A code of a time step that was not used yet: each counts once. */
    const nextCode = async () => {
      await expect
        .poll(() => Math.floor(Date.now() / periodMs) > usedStep, { timeout: 2 * periodMs })
        .toBe(true);
      usedStep = Math.floor(Date.now() / periodMs);
      return new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: periodMs / 1000 }).generate();
    };

    await test.step('set up with password, QR code and a first code', async () => {
      await setUp(page, dashboard);
      await settings(page, 'sessions');
      await expect(page.getByText('No passkeys')).toBeVisible();
      await inspect(page, 'your sign-in');
      await page.getByRole('button', { name: 'Set up' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Your password').fill('wrong');
      await dialog.getByRole('button', { name: 'Continue' }).click();
      await expect(dialog.getByText('This is not your password.')).toBeVisible();
      await inspect(page, 'second factor, password');
      await dialog.getByLabel('Your password').fill(ada.password);
      await dialog.getByRole('button', { name: 'Continue' }).click();
      await expect(dialog.getByRole('img', { name: /^QR code/ })).toBeVisible();
      await inspect(page, 'second factor, QR code');
      secret = (await dialog.locator('code').textContent()) ?? '';
      await dialog.getByRole('textbox', { name: 'Code' }).fill(await nextCode());
      await dialog.getByRole('button', { name: 'Turn on' }).click();
      await expect(dialog.getByRole('listitem')).toHaveCount(10);
      recoveryCode = (await dialog.getByRole('listitem').first().textContent()) ?? '';
      await inspect(page, 'second factor, recovery codes');
      await dialog.getByRole('button', { name: 'I have kept them' }).click();
      await expect(page.getByText('10 of 10 recovery codes left')).toBeVisible();
      await inspect(page, 'second factor, on');
    });

    await test.step('the team asks for it', async () => {
      await settings(page, 'team');
      await page.getByRole('button', { name: 'Turn on' }).click();
      await expect(page.getByText('On: members without one have no access')).toBeVisible();
      await inspect(page, 'team, second factor needed');
      const other = await elsewhere(browser);
      await join(page, other);
      await expect(other.getByRole('heading', { name: 'Build asks for a second factor' })).toBeVisible();
      await inspect(other, 'team asks for a second factor');
    });

    const leave = async () => {
      await page.context().clearCookies();
      await page.goto(`${dashboard.url}/sign-in`);
    };

    await test.step('sign-in in two steps, by app and by recovery code', async () => {
      await leave();
      await signIn(page, dashboard);
      await expect(page.getByRole('heading', { name: 'Second factor' })).toBeVisible();
      await page.getByRole('textbox', { name: 'Code' }).fill('000000');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByText(/^This code is wrong/)).toBeVisible();
      await inspect(page, 'sign-in, second factor');
      await page.getByRole('textbox', { name: 'Code' }).fill(await nextCode());
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
      await leave();
      await signIn(page, dashboard);
      await page.getByRole('textbox', { name: 'Code' }).fill(recoveryCode);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
    });

    await test.step('a passkey signs in by itself, where the dashboard is opened by a name', async () => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
      const named = dashboard.url.replace('127.0.0.1', 'localhost');
      const byName = { ...dashboard, url: named };
      await page.context().clearCookies();
      await signIn(page, byName);
      await page.getByRole('textbox', { name: 'Code' }).fill(await nextCode());
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
      await page.goto(`${named}/build/settings/sessions`);
      await page.getByRole('button', { name: 'Add' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Work laptop');
      await dialog.getByLabel('Your password').fill(ada.password);
      await inspect(page, 'passkey, add');
      await dialog.getByRole('button', { name: 'Add passkey' }).click();
      await expect(page.getByText('never used')).toBeVisible();
      await inspect(page, 'passkeys');
      await page.context().clearCookies();
      await page.goto(`${named}/sign-in`);
      await inspect(page, 'sign-in with passkey');
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
    });
  });
});
