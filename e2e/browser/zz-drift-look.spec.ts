import { expect, test } from '@playwright/test';
import { createLab, startEcho, type Host } from '#lab/index';
import { startDashboard } from './dashboard';
import { addHost, setUp, fillSite } from './person';
const out = process.env.SHOTS ?? '';
test('look', async ({ page }) => {
  const lab = await createLab();
  const dashboard = await startDashboard();
  const hosts: Host[] = [];
  try {
    const shot = async (name: string) => {
      for (const [look, scheme, size] of [['light','light',{width:1280,height:900}],['dark','dark',{width:1280,height:900}],['phone','light',{width:360,height:740}]] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize(size);
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${out}/${name}-${look}.png`, fullPage: true });
      }
      await page.emulateMedia({ colorScheme: null });
      await page.setViewportSize({ width: 1280, height: 900 });
    };
    await setUp(page, dashboard);
    for (const name of ['web1', 'web2', 'web3']) {
      const host = await lab.host({ name });
      hosts.push(host);
      await startEcho({ host });
      await addHost(page, dashboard, { ...host, name, address: host.address, user: host.user, exec: host.exec.bind(host) } as never);
    }
    await fillSite(page, dashboard, { hostname: 'ci.example.com', host: 'web1' });
    await page.getByRole('checkbox', { name: /web2/ }).click();
    await page.getByRole('checkbox', { name: /web3/ }).click();
    await page.getByRole('button', { name: 'Create site' }).click();
    await expect(page.getByText('Revision 1 is saved.')).toBeVisible();
    await page.getByRole('button', { name: 'Plan changes' }).click();
    await expect(page.getByText('Ready to apply', { exact: true })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: /^Apply [0-9a-f]{8}$/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: /^Apply plan/ }).click();
    await expect(page.getByRole('button', { name: /Cancel the/ })).toBeVisible();
    await shot('apply-running');
    await expect(page.getByText(/3 of 3 done/)).toBeVisible({ timeout: 90_000 });
    await shot('apply-done');
    const conf = '/etc/nginx/sites-available/gatehouse-ci-example-com.conf';
    const [a, b, c] = hosts as [Host, Host, Host];
    await a.writeFile(conf, (await a.readFile(conf)).replace('server_name ci.example.com;', 'server_name ci.example.com www.by-hand.example;').replace('client_max_body_size 16m;', 'client_max_body_size 48m; # for big uploads'));
    await a.exec(['rm', '/etc/nginx/sites-enabled/gatehouse-ci-example-com.conf']);
    await a.writeFile('/etc/nginx/conf.d/gatehouse-other.conf', '# other\n');
    await b.writeFile(conf, (await b.readFile(conf)).replace('client_max_body_size 16m;', 'client_max_body_size 48m;'));
    await b.exec(['chmod', '600', '/etc/nginx/sites-available/gatehouse-ci-example-com.conf']);
    await b.exec(['chmod', '644', '/etc/nginx/sites-available/gatehouse-ci-example-com.conf']);
    await c.powerCut();
    await page.goto(`${dashboard.url}/build/drift`);
    await page.getByRole('button', { name: 'Check all now' }).click();
    await expect(page.getByText(/^No comparison since/)).toBeVisible({ timeout: 90_000 });
    await shot('inbox');
    await page.getByRole('link', { name: /^Changed by hand.*on web1/ }).click();
    await expect(page.getByRole('region', { name: /^Three-way/ })).toBeVisible();
    await shot('three-way');
    await page.goto(`${dashboard.url}/build/drift`);
    await page.getByRole('link', { name: /^Missing.*on web1/ }).click();
    await expect(page.getByRole('button', { name: 'Revert…' })).toBeVisible();
    await shot('missing');
    await page.goto(`${dashboard.url}/build/drift`);
    await page.getByRole('link', { name: /^Changed by hand.*on web2/ }).click();
    await expect(page.getByText('The form can say this.')).toBeVisible();
    await page.getByRole('button', { name: 'Ignore…' }).click();
    await shot('ignore');
    await page.keyboard.press('Escape');
    await shot('adopt');
    await page.goto(`${dashboard.url}/build/sites`);
    await expect(page.getByRole('row', { name: /ci-example-com/ }).getByText('Drifted')).toBeVisible();
    await shot('sites');
    await page.goto(`${dashboard.url}/build/hosts`);
    await page.waitForTimeout(1500);
    await shot('hosts');
  } finally {
    await dashboard.stop();
    await lab.stop();
  }
});
