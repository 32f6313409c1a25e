import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const wide = { width: 1280, height: 900 };
// The dark look differs in colours only, the phone in everything but them.
const looks = [
  { name: 'light', colorScheme: 'light', size: wide, limit: (axe: AxeBuilder) => axe.withTags(rules) },
  {
    name: 'dark',
    colorScheme: 'dark',
    size: wide,
    limit: (axe: AxeBuilder) => axe.withRules(['color-contrast']),
  },
  {
    name: 'phone',
    colorScheme: 'light',
    size: { width: 360, height: 740 },
    limit: (axe: AxeBuilder) => axe.withTags(rules).disableRules(['color-contrast']),
  },
] as const;

/**
 * Every screen must be usable by everybody: no finding of axe in light, in dark and on a phone, and nothing that sticks out of
 * the window. Leaves the page as it was. With `PICTURES=DIR` in the environment it also leaves a picture of each look there.
 */
export async function inspect(page: Page, screen: string): Promise<void> {
  // A page on its way in has no title yet, and nothing to look at.
  await expect(page).toHaveTitle(/\S/);
  await expect(page.locator('h1').first()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^Loading/ })).toHaveCount(0);
  const size = page.viewportSize();
  const findings: string[] = [];
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize(look.size);
    if (process.env.PICTURES) {
      const name = `${screen.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${look.name}.png`;
      await page.screenshot({ path: join(process.env.PICTURES, name), fullPage: true });
    }
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (tooWide > 0) findings.push(`${look.name}: the page is ${tooWide} px wider than the window`);
    const { violations } = await look.limit(new AxeBuilder({ page })).analyze();
    for (const { id, help, nodes } of violations) {
      const places = nodes
        .slice(0, 3)
        .map((node) => `${node.target.join(' ')}\n      ${node.failureSummary}`);
      findings.push(`${look.name}: ${id}, ${help}\n    ${places.join('\n    ')}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (size) await page.setViewportSize(size);
  expect(findings, `findings on the screen “${screen}”`).toEqual([]);
}
