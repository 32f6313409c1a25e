import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { Host } from '#lab/index';
import type { Dashboard } from './dashboard';

export const ada = {
  name: 'Ada Winter',
  email: 'ada@example.com',
  password: 'correct horse battery',
  team: 'Build',
};

/** Follows the printed link and makes the first admin. */
export async function setUp(page: Page, dashboard: Dashboard) {
  await page.goto(dashboard.setupLink);
  await page.getByLabel('Your name').fill(ada.name);
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByLabel('Team').fill(ada.team);
  await page.getByRole('button', { name: 'Create team' }).click();
  await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
}

export async function signIn(
  page: Page,
  dashboard: Dashboard,
  { email = ada.email, password = ada.password } = {},
) {
  await page.goto(`${dashboard.url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The first two steps of the wizard: where the host is, and a new key that may do everything its account may. */
export async function beginHost(
  page: Page,
  dashboard: Dashboard,
  host: { name: string; address: string; user: string },
) {
  await page.goto(`${dashboard.url}/build/hosts/new`);
  await page.getByLabel('Address').fill(host.address);
  await page.getByLabel('Account').fill(host.user);
  await page.getByLabel('Name').fill(host.name);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: /sign in/ })).toBeVisible();
  await page.getByRole('radio', { name: /^Everything, as/ }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Is it really this machine?' })).toBeVisible();
}

/** Compares the fingerprint with what the host's console prints, by the command that the page shows. */
export async function trustKey(page: Page, host: Host) {
  const block = page.getByRole('figure', { name: 'command that prints the fingerprint' });
  const { stdout } = await host.exec((await block.locator('code').textContent()) ?? '');
  await page.getByLabel(/Paste what it printed/).fill(stdout.trim());
  await expect(page.getByText('The same key.')).toBeVisible();
  await page.getByRole('button', { name: /trust this key/ }).click();
  await expect(
    page.getByRole('heading', { name: /^(?:Let the dashboard in|Run the bootstrap script)$/ }),
  ).toBeVisible();
}

/** Downloads the script that locks the key down and runs it on the host as root, as the page says. */
export async function runBootstrap(page: Page, host: Host) {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the script' }).click();
  const script = await readFile(await (await download).path(), 'utf8');
  await host.exec(['sh'], { stdin: script });
}

/** Copies the line that installs the key and runs it on the host as the account itself. */
export async function installKey(page: Page, host: Host) {
  await page.getByRole('button', { name: 'Copy command that installs the key' }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  await host.exec(['su', '-', host.user, '-c', command]);
}

export async function addHost(page: Page, dashboard: Dashboard, host: Host) {
  await beginHost(page, dashboard, host);
  await trustKey(page, host);
  await installKey(page, host);
  await page.getByRole('link', { name: /run the checks/ }).click();
  await expect(page.getByText('All that is needed is there.')).toBeVisible({ timeout: 60_000 });
}

interface SiteFields {
  hostname: string;
  /** Name of the host it should run on; none when absent. */
  host?: string;
  upstreamPort?: string;
  httpsPort?: string;
}

/** Chooses the CI server in the form of a site, by typing its name. */
export async function choosePreset(page: Page, title: string) {
  await page
    .getByRole('region', { name: 'CI server' })
    .getByRole('button', { name: /^CI server/ })
    .click();
  await page.getByRole('combobox', { name: 'CI server' }).fill(title);
  await page.getByRole('option', { name: new RegExp(`^${title}`) }).click();
}

/** Fills the form of a new site with a self-signed certificate; does not save. */
export async function fillSite(page: Page, dashboard: Dashboard, fields: SiteFields) {
  await page.goto(`${dashboard.url}/build/sites/new?preset=generic`);
  await page.getByLabel('Host names, canonical').fill(fields.hostname);
  await page.getByLabel('Address', { exact: true }).fill('127.0.0.1');
  await page.getByLabel('Port', { exact: true }).fill(fields.upstreamPort ?? '9000');
  if (fields.httpsPort) await page.getByLabel('HTTPS port').fill(fields.httpsPort);
  if (fields.host) await page.getByRole('checkbox', { name: new RegExp(fields.host) }).click();
}

export async function createSite(page: Page, dashboard: Dashboard, fields: SiteFields) {
  await fillSite(page, dashboard, fields);
  await page.getByRole('button', { name: 'Create site' }).click();
  await expect(page.getByText('Revision 1 is saved.')).toBeVisible();
}

export async function planChanges(page: Page, outcome = 'Ready to apply') {
  await page.getByRole('button', { name: 'Plan changes' }).click();
  await expect(page.getByText(outcome, { exact: true }).first()).toBeVisible({ timeout: 60_000 });
}

/** From the review to a started apply. */
export async function pressApply(page: Page, hostName: string, hold?: string) {
  await page.getByRole('button', { name: /^Apply [0-9a-f]{8}$/ }).click();
  const dialog = page.getByRole('alertdialog', { name: `Apply to ${hostName}?` });
  await expect(dialog).toBeVisible();
  if (hold) await dialog.getByRole('radio', { name: new RegExp(`^${hold}`) }).click();
  await dialog.getByRole('button', { name: /^Apply plan/ }).click();
  await expect(page.getByRole('heading', { name: `Apply to ${hostName}` })).toBeVisible();
}

export async function applied(page: Page, hostName: string) {
  await expect(page.getByText(`The new configuration serves on ${hostName}.`)).toBeVisible({
    timeout: 90_000,
  });
}
