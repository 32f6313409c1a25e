import { once } from 'node:events';
import { expect, type Page, test } from '@playwright/test';
import { createLab, type Echo, type Host, type Lab, labAvailable, startEcho } from '#lab/index';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import {
  ada,
  addHost,
  applied,
  beginHost,
  createSite,
  fillSite,
  installKey,
  planChanges,
  pressApply,
  setUp,
  signIn,
  trustKey,
} from './person';

const available = labAvailable();

// Each journey goes wrong in one way; none may leave anything half done, and what was typed stays.
test.describe('bad input and trouble on the way', () => {
  test.skip(available !== true, String(available));
  let dashboard: Dashboard;
  let lab: Lab;
  let host: Host;
  let echo: Echo;

  test.beforeAll(async ({ browser }) => {
    lab = await createLab();
    host = await lab.host({ name: 'web1' });
    echo = await startEcho({ host });
    dashboard = await startDashboard();
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await setUp(page, dashboard);
    await addHost(page, dashboard, host);
    await context.close();
  });
  test.afterAll(async () => {
    await dashboard?.stop();
    await echo?.stop();
    await lab?.stop();
  });
  test.beforeEach(async ({ page }) => {
    await signIn(page, dashboard);
    await expect(page.getByRole('heading', { name: 'Sites', level: 1 })).toBeVisible();
  });

  const managed = ['/etc/nginx', '/etc/gatehouse'];
  const tree = () =>
    host.exec(['sh', '-c', `cat $(find ${managed.join(' ')} -type f 2>/dev/null | sort) | sha256sum`]);

  test('a wrong password says so, and the address stays', async ({ browser }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, dashboard, { password: 'not the password' });
    await expect(page.getByRole('alert').first()).toBeVisible();
    await expect(page).toHaveURL(/sign-in/);
    await expect(page.getByLabel('E-mail')).toHaveValue(ada.email);
    await inspect(page, 'sign in, refused');
    await context.close();
  });

  test('an address, port, account and name that cannot be are marked, and stay as typed', async ({
    page,
  }) => {
    await page.goto(`${dashboard.url}/build/hosts/new`);
    await page.getByLabel('Address').fill('web one.example.com');
    await page.getByLabel('SSH port').fill('70000');
    await page.getByLabel('Account').fill('Root; reboot');
    await page.getByLabel('Name').fill('web one');
    await page.getByRole('button', { name: 'Continue' }).click();
    for (const label of ['Address', 'SSH port', 'Account', 'Name']) {
      await expect(page.getByLabel(label)).toHaveAttribute('aria-invalid', 'true');
    }
    await expect(page.getByLabel('Address')).toBeFocused();
    await expect(page.getByLabel('SSH port')).toHaveValue('70000');
    await inspect(page, 'add host, refused');
  });

  test('a host that does not answer is told as such, and its address can be corrected', async ({ page }) => {
    const nowhere = host.address.replace(/\d+$/, '250');
    await beginHost(page, dashboard, { name: 'nowhere', address: nowhere, user: 'deploy' });
    await expect(page.getByRole('alert').first()).toContainText(nowhere, { timeout: 60_000 });
    await inspect(page, 'add host, unreachable');
    await page.getByRole('link', { name: 'Change the address' }).click();
    await expect(page.getByLabel('Address')).toHaveValue(nowhere);
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'Hosts', exact: true }).first().click();
    await expect(page.getByRole('listitem').filter({ hasText: 'nowhere' })).toContainText('Unreachable');
  });

  test('a refused key is a red line with the command that fixes it; then all is green', async ({ page }) => {
    const stranger = await lab.host({ name: 'web2' });
    await beginHost(page, dashboard, stranger);
    await trustKey(page, stranger);
    await page.getByRole('link', { name: /run the checks/ }).click();
    const line = page.getByRole('listitem').filter({ hasText: 'The key is accepted' });
    await expect(line).toContainText('Failed', { timeout: 60_000 });
    await expect(line).toContainText('authorized_keys');
    await inspect(page, 'add host, key refused');
    await page.getByRole('link', { name: /Install key/ }).click();
    await installKey(page, stranger);
    await page.getByRole('link', { name: /run the checks/ }).click();
    await page.getByRole('button', { name: 'Run the checks again' }).click();
    await expect(page.getByText('All that is needed is there.')).toBeVisible({ timeout: 60_000 });
  });

  test('a changed host key stops everything until a person decides', async ({ page }) => {
    const moved = await lab.host({ name: 'web3' });
    await addHost(page, dashboard, moved);
    const before = await moved.hostKeyFingerprint();
    await moved.rotateHostKey();
    // An open connection was made with the old key, to the same machine; a new one has to be made.
    await moved.killSshSessions();
    await page.getByRole('button', { name: 'Run again' }).click();
    const panel = page.getByRole('alert').filter({ hasText: 'shows another key' });
    await expect(panel).toContainText(before, { timeout: 60_000 });
    await expect(panel).toContainText(await moved.hostKeyFingerprint());
    await inspect(page, 'host key changed');
    await panel.getByRole('button', { name: /Trust the new key/ }).click();
    await page.getByRole('button', { name: /trust it/ }).click();
    await expect(panel).toBeHidden();
    await page.getByRole('button', { name: /Run/ }).click();
    await expect(page.getByText('All that is needed is there.')).toBeVisible({ timeout: 60_000 });
  });

  test('a host name with a space, or with a line break, never reaches a document', async ({ page }) => {
    await fillSite(page, dashboard, { hostname: 'ci.example.com evil;', host: 'web1' });
    await page.getByRole('button', { name: 'Create site' }).click();
    const name = page.getByLabel('Host names, canonical');
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await expect(name).toHaveValue(/evil/);
    await expect(page).toHaveURL(/sites\/new/);
    await inspect(page, 'new site, host name refused');
    // What was copied with a line break is two names, and each has to be one.
    await name.fill('');
    await paste(page, 'ci.example.com\nserver_name evil');
    await expect(page.getByLabel('Host names, 2')).toBeVisible();
    await page.getByRole('button', { name: 'Create site' }).click();
    await expect(page).toHaveURL(/sites\/new/);
  });

  test('upstream port 70000 is marked at its field and stays as typed', async ({ page }) => {
    await fillSite(page, dashboard, { hostname: 'port.example.com', host: 'web1', upstreamPort: '70000' });
    await page.getByRole('button', { name: 'Create site' }).click();
    const port = page.getByLabel('Port', { exact: true });
    await expect(port).toHaveAttribute('aria-invalid', 'true');
    await expect(port).toHaveValue('70000');
    await expect(page.getByText(/1 to 65535/).first()).toBeVisible();
  });

  test('a host name that another site has is refused, naming that site', async ({ page }) => {
    await createSite(page, dashboard, { hostname: 'twice.example.com', host: 'web1' });
    await fillSite(page, dashboard, { hostname: 'twice.example.com', host: 'web1' });
    await page.getByLabel('Name', { exact: true }).fill('another');
    await page.getByRole('button', { name: 'Create site' }).click();
    await expect(page.getByText(/twice-example-com/).first()).toBeVisible();
    await expect(page).toHaveURL(/sites\/new/);
    await expect(page.getByLabel('Host names, canonical')).toHaveValue('twice.example.com');
  });

  test('a certificate that is not on the host blocks the plan and leads to its field', async ({ page }) => {
    await fillSite(page, dashboard, { hostname: 'cert.example.com', host: 'web1' });
    await page.getByRole('radio', { name: /Files on the host/ }).click();
    await page.getByLabel('Certificate, with intermediates').fill('/etc/ssl/nowhere/fullchain.pem');
    await page.getByLabel('Key', { exact: true }).fill('/etc/ssl/nowhere/privkey.pem');
    await page.getByRole('button', { name: 'Create site' }).click();
    await expect(page.getByText('Revision 1 is saved.')).toBeVisible();
    await planChanges(page, 'Blocked');
    await expect(page.getByRole('button', { name: /^Apply/ })).toHaveCount(0);
    await inspect(page, 'plan, blocked');
    await page.getByRole('link', { name: 'Go to the field TLS, certificate' }).first().click();
    await expect(page).toHaveURL(/edit\?field=tls\.certificate/);
    await expect(page.getByLabel('Certificate, with intermediates')).toBeFocused();
  });

  test('a manual edit between review and apply stops it: nothing is written, and the new plan shows it', async ({
    page,
  }) => {
    await createSite(page, dashboard, { hostname: 'hand.example.com', host: 'web1' });
    await planChanges(page);
    await pressApply(page, 'web1');
    await applied(page, 'web1');
    await page.getByRole('link', { name: 'hand-example-com', exact: true }).last().click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Port', { exact: true }).fill('9001');
    await page.getByRole('button', { name: 'Save' }).click();
    await planChanges(page);
    const file = '/etc/nginx/sites-available/gatehouse-hand-example-com.conf';
    await host.exec(`echo '# by hand' >> ${file}`);
    const before = await tree();
    await pressApply(page, 'web1');
    await expect(page.getByText(/is not as you reviewed it/).first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/Nothing was written/).first()).toBeVisible();
    expect((await tree()).stdout).toBe(before.stdout);
    await inspect(page, 'apply, stopped');
    await page.getByRole('button', { name: 'Make a new plan' }).click();
    await expect(page.getByText('Somebody changed this file on the host since our last apply')).toBeVisible({
      timeout: 60_000,
    });
    await page.getByRole('button', { name: 'Three-way' }).click();
    await expect(page.getByRole('columnheader', { name: 'Last applied' })).toBeVisible();
    await inspect(page, 'plan, drifted, three-way');
  });

  test('a plan that somebody overtook says who, and offers a new one', async ({ page }) => {
    await createSite(page, dashboard, { hostname: 'late.example.com', host: 'web1' });
    await planChanges(page);
    const plan = page.url();
    await page.getByRole('link', { name: 'late-example-com', exact: true }).first().click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Port', { exact: true }).fill('9001');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Revision 2 is saved.')).toBeVisible();
    await page.goto(plan);
    await expect(
      page.getByText('Ada Winter saved revision 2 of late-example-com after this plan was made.'),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: /^Apply/ })).toHaveCount(0);
    await inspect(page, 'plan, out of date');
    await page.getByRole('button', { name: 'Make a new plan' }).click();
    await expect(page.getByText('Ready to apply')).toBeVisible({ timeout: 60_000 });
  });

  test('a port taken between review and apply is undone, and the page says which and why', async ({
    page,
  }) => {
    await createSite(page, dashboard, { hostname: 'taken.example.com', host: 'web1', httpsPort: '8443' });
    await planChanges(page);
    const before = await tree();
    const release = await takePort(host, 8443);
    try {
      await pressApply(page, 'web1');
      await expect(page.getByText('Rolled back').first()).toBeVisible({ timeout: 120_000 });
      await expect(page.getByText(/8443/).first()).toBeVisible();
      await expect(page.getByText(/web1 is as it was\./)).toBeVisible();
      await expect(page.getByRole('region', { name: 'Rollback' })).toBeVisible();
      expect((await tree()).stdout).toBe(before.stdout);
      await inspect(page, 'apply, rolled back');
      await page.getByRole('button', { name: 'Try again when the port is free' }).click();
      await expect(page.getByText(/Port 8443\/tcp is taken by perl/)).toBeVisible({ timeout: 60_000 });
      await inspect(page, 'apply, waiting for the port');
      release();
      await expect(page.getByText('Ready to apply', { exact: true })).toBeVisible({ timeout: 90_000 });
      await page.goBack();
      await page.getByRole('link', { name: /Go to the field HTTPS port/ }).click();
      await expect(page.getByLabel('HTTPS port')).toBeFocused();
    } finally {
      release();
    }
  });

  test('on trial: who does not like it undoes it, and the old state is back', async ({ page }) => {
    await createSite(page, dashboard, { hostname: 'trial.example.com', host: 'web1' });
    await planChanges(page);
    const before = await tree();
    await pressApply(page, 'web1', '5 minutes on trial');
    await expect(page.getByRole('timer')).toHaveText(/^[0-4]:\d\d$/, { timeout: 90_000 });
    await inspect(page, 'apply, on trial');
    await page.reload();
    await page.getByRole('button', { name: 'Undo now' }).click();
    await expect(page.getByText('Rolled back').first()).toBeVisible({ timeout: 60_000 });
    expect((await tree()).stdout).toBe(before.stdout);
    await page.getByRole('button', { name: 'Make a new plan' }).click();
    await expect(page.getByText('Ready to apply')).toBeVisible({ timeout: 60_000 });
    await pressApply(page, 'web1', '5 minutes on trial');
    await page.getByRole('button', { name: 'Keep it' }).click({ timeout: 90_000 });
    await applied(page, 'web1');
  });
});

/** Pastes into what has the focus, as people do. */
async function paste(page: Page, text: string) {
  await page.getByLabel('Host names, canonical').focus();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
}

/** Another program of the host takes a port; the answer ends it. */
async function takePort(host: Host, port: number): Promise<() => void> {
  const program = `$| = 1; my $s = IO::Socket::INET->new(LocalPort => ${port}, Listen => 1) or die; print "taken\\n"; sleep 600`;
  const child = host.spawn(['perl', '-MIO::Socket::INET', '-e', program]);
  if (child.stdout) await once(child.stdout, 'data');
  let held = true;
  return () => {
    if (child.pid && held) process.kill(-child.pid, 'SIGKILL');
    held = false;
  };
}
