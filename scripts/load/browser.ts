import { chromium } from '@playwright/test';
import { teamSlug } from './seed';

export interface Scrolled {
  readonly scriptKb: number;
  readonly biggest: readonly { readonly url: string; readonly kb: number }[];
  readonly scrolledPx: number;
  /** Milliseconds of each task over 50 ms while it was scrolled. */
  readonly longTasks: readonly number[];
}

/** Opens the sites list in a real browser, counts the scripts of the first load as they came over the wire, and scrolls it to the end. */
export async function scrollSites(origin: string, email: string, password: string): Promise<Scrolled> {
  const browser = await chromium.launch({
    executablePath: process.env.GATEHOUSE_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, baseURL: origin });
    const signedIn = await page.request.post('/api/v1/session', {
      data: { email, password },
      headers: { origin },
    });
    if (!signedIn.ok()) throw new Error(`sign-in: ${signedIn.status()} ${await signedIn.text()}`);
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    const scripts = new Map<string, string>();
    const sizes: { url: string; kb: number }[] = [];
    wire.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type === 'Script') scripts.set(requestId, new URL(response.url).pathname);
    });
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const url = scripts.get(requestId);
      if (url) sizes.push({ url, kb: encodedDataLength / 1000 });
    });
    await page.goto(`/${teamSlug}/sites`);
    await page.getByText('ci-0', { exact: false }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => {
      const seen: number[] = [];
      Object.assign(window, { longTasks: seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.push(Math.round(entry.duration));
      }).observe({ type: 'longtask' });
    });
    await page.mouse.move(640, 600);
    let scrolledPx = 0;
    for (let step = 0; step < 300; step += 1) {
      await page.mouse.wheel(0, 400);
      scrolledPx += 400;
      await page.waitForTimeout(16);
    }
    const longTasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
    sizes.sort((a, b) => b.kb - a.kb);
    return {
      scriptKb: sizes.reduce((sum, { kb }) => sum + kb, 0),
      biggest: sizes.slice(0, 5),
      scrolledPx,
      longTasks,
    };
  } finally {
    await browser.close();
  }
}
