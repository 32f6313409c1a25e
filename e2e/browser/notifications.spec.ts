import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { SMTPServer } from 'smtp-server';
import { type Dashboard, startDashboard } from './dashboard';
import { inspect } from './inspect';
import { ada, setUp } from './person';

const portOf = (server: { address(): AddressInfo | string | null } | null): number => {
  const address = server?.address();
  if (!address || typeof address === 'string') throw new Error('no port was given');
  return address.port;
};

test.describe('the team is told what happens', () => {
  let dashboard: Dashboard;
  let chat: Server;
  let mail: SMTPServer;
  /** Status that the receiver answers. */
  let answer = 204;
  const received: { path: string; id: string; body: string }[] = [];

  test.beforeAll(async () => {
    chat = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      received.push({ path: request.url ?? '', id: String(request.headers['webhook-id'] ?? ''), body });
      response.writeHead(answer).end(answer < 300 ? '' : 'the receiver is <b>having lunch</b>');
    }).listen(0, '127.0.0.1');
    await once(chat, 'listening');
    mail = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] });
    const listener = mail.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    dashboard = await startDashboard({
      GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
      GATEHOUSE_SMTP_URL: `smtp://127.0.0.1:${portOf(listener)}`,
      GATEHOUSE_MAIL_FROM: 'Gatehouse <gatehouse@example.com>',
    });
  });
  test.afterAll(async () => {
    await dashboard?.stop();
    chat?.close();
    mail?.close();
  });

  test('webhooks are added, tested, watched and fixed; e-mail is chosen', async ({ page }) => {
    const settings = () => page.goto(`${dashboard.url}/build/settings/notifications`);
    const messages = page.getByRole('list', { name: 'Messages' }).getByRole('listitem');

    await test.step('nothing is set up: the page says what could be', async () => {
      await setUp(page, dashboard);
      await settings();
      await expect(page.getByRole('heading', { name: 'No webhooks' })).toBeVisible();
      await expect(page.getByText(`To ${ada.email}, about Build only.`)).toBeVisible();
      await inspect(page, 'notifications, none');
    });

    await test.step('e-mail: what is chosen is there after a reload', async () => {
      const save = page.getByRole('button', { name: 'Save' });
      await expect(page.getByRole('checkbox', { name: 'Approval asked' })).toBeChecked();
      await expect(save).toBeDisabled();
      await page.getByRole('checkbox', { name: 'Apply failed' }).check();
      await page.getByRole('checkbox', { name: 'Drift found' }).check();
      await save.click();
      await expect(page.getByText('Your choice is saved')).toBeVisible();
      await page.reload();
      await expect(page.getByRole('checkbox', { name: 'Drift found' })).toBeChecked();
      await expect(page.getByRole('checkbox', { name: 'Apply finished' })).not.toBeChecked();
    });

    await test.step('a form that is not filled in says what is missing, by keyboard', async () => {
      await page.getByRole('button', { name: 'Add webhook' }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Add webhook' });
      await dialog.getByRole('button', { name: 'Add webhook' }).press('Enter');
      await expect(dialog.getByText('Enter a name.')).toBeVisible();
      await expect(dialog.getByText(/^Enter an address/)).toBeVisible();
      await inspect(page, 'notifications, add webhook');
    });

    await test.step('an internal address is refused with the reason', async () => {
      const dialog = page.getByRole('dialog', { name: 'Add webhook' });
      await dialog.getByLabel('Name').fill('Operations');
      await dialog.getByLabel('Address').fill('http://169.254.169.254/latest/meta-data');
      await dialog.getByRole('button', { name: 'Add webhook' }).click();
      await expect(dialog.getByText(/internal address/)).toBeVisible();
    });

    await test.step('the signing secret is shown once', async () => {
      const dialog = page.getByRole('dialog', { name: 'Add webhook' });
      await dialog.getByLabel('Address').fill(`http://127.0.0.1:${portOf(chat)}/hook?key=not-to-be-shown`);
      await dialog.getByRole('button', { name: 'Add webhook' }).click();
      const shown = page.getByRole('dialog', { name: '“Operations” is added' });
      await expect(shown.getByText(/^whsec_/)).toBeVisible();
      await inspect(page, 'notifications, signing secret');
      await shown.getByRole('button', { name: 'I have copied it' }).click();
      await page.reload();
      await expect(page.getByRole('link', { name: 'Operations' })).toBeVisible();
      await expect(page.getByText(/whsec_|not-to-be-shown/)).toHaveCount(0);
      await inspect(page, 'notifications, one webhook');
    });

    await test.step('a test arrives, and the log says so', async () => {
      await page.getByRole('link', { name: 'Operations' }).click();
      await expect(page.getByRole('heading', { name: 'Nothing has been sent yet' })).toBeVisible();
      const section = page
        .getByRole('navigation', { name: 'Settings' })
        .getByRole('link', { name: 'Notifications' });
      await expect(section).toHaveAttribute('aria-current', 'true');
      await page.getByRole('button', { name: 'Send a test' }).click();
      await expect(messages.first().getByText('Delivered · 204')).toBeVisible();
      expect(received).toHaveLength(1);
      expect(received[0]?.path).toBe('/hook?key=not-to-be-shown');
      await messages.first().getByRole('button', { name: 'Show body' }).click();
      await expect(messages.first().getByText('"type": "webhook.test"')).toBeVisible();
      await inspect(page, 'notifications, delivered');
    });

    await test.step('one that fails shows the receiver’s answer as text; sent again it arrives under its id', async () => {
      answer = 503;
      await page.getByRole('button', { name: 'Send a test' }).click();
      await expect(messages).toHaveCount(2);
      await expect(messages.first().getByText('Failed · 503')).toBeVisible();
      await expect(messages.first().getByText('having lunch')).toContainText('<b>having lunch</b>');
      await inspect(page, 'notifications, failed');
      answer = 204;
      await messages.first().getByRole('button', { name: 'Send again' }).click();
      await expect(messages.first().getByText('Delivered · 204')).toBeVisible();
      expect(received).toHaveLength(3);
      expect(received[2]?.id).toBe(received[1]?.id);
      expect(received[2]?.body).toBe(received[1]?.body);
    });

    await test.step('changed, switched off, removed', async () => {
      await page.getByRole('button', { name: 'Change' }).click();
      const dialog = page.getByRole('dialog', { name: 'Change “Operations”' });
      await dialog.getByLabel('Name').fill('Night shift');
      await dialog.getByRole('checkbox', { name: 'Apply finished' }).check();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('heading', { name: /^Night shift/ })).toBeVisible();
      await page.getByRole('switch').click();
      await expect(page.getByText('Off: nothing is sent')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Send a test' })).toBeDisabled();
      await page.getByRole('button', { name: 'Remove' }).click();
      await inspect(page, 'notifications, remove');
      await page.getByRole('button', { name: 'Remove webhook' }).click();
      await expect(page.getByRole('heading', { name: 'No webhooks' })).toBeVisible();
    });

    await test.step('all of it is on the record', async () => {
      await page.goto(`${dashboard.url}/build/activity`);
      for (const words of ['sent a message again to', 'webhook Night shift', 'notifications by e-mail'])
        await expect(page.getByText(words).first()).toBeVisible();
    });
  });
});
