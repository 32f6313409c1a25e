import { type CDPSession, chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import type { ServerKind } from '#core/web-server/render-target';
import { startDashboard } from '../../e2e/browser/dashboard';
import { setUp } from '../../e2e/browser/person';
import { printTable } from './print-table';
import { median, quantile } from './quantile';
import { largeSite } from './sample-sites';

const kinds: readonly ServerKind[] = ['nginx', 'apache', 'caddy'];
const keystrokes = 200;
const warmUp = 40;
const pauseMs = 60;
const frameMs = 16;

interface Watched {
  /** From the key event to the changed lines in the document, and to the end of the frame that shows them. */
  readonly inDocument: number;
  readonly painted: number;
}

declare global {
  interface Window {
    benchSamples: Watched[];
  }
}

/** Runs in the page: notes for every keystroke when the preview has followed. */
function watchPreview(): void {
  window.benchSamples = [];
  let pressedAt: number | null = null;
  window.addEventListener(
    'keydown',
    (event) => {
      pressedAt = event.timeStamp;
    },
    { capture: true },
  );
  const preview = document.querySelector('section[aria-label="Preview"]');
  if (!preview) throw new Error('there is no preview on this page');
  new MutationObserver(() => {
    if (pressedAt === null) return;
    const began = pressedAt;
    pressedAt = null;
    const inDocument = performance.now() - began;
    requestAnimationFrame(() => {
      const afterPaint = new MessageChannel();
      afterPaint.port1.onmessage = () =>
        window.benchSamples.push({ inDocument, painted: performance.now() - began });
      afterPaint.port2.postMessage(null);
    });
  }).observe(preview, { subtree: true, childList: true, characterData: true });
}

/** Processor time of the page's main thread, in ms. */
async function threadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

async function type(page: Page, count: number): Promise<void> {
  for (let stroke = 0; stroke < count; stroke += 1) {
    await page.keyboard.press(stroke % 2 === 0 ? 'a' : 'Backspace');
    await page.waitForTimeout(pauseMs);
  }
}

/** Types into the host name of the stored site, which is in most of its files' lines. */
async function typeHostname(page: Page, url: string, server: ServerKind) {
  await page.goto(`${url}?server=${server}`);
  const field = page.getByLabel('Host names, canonical');
  await field.focus();
  await page.keyboard.press('Home');
  await page.getByRole('region', { name: /^Lines of / }).waitFor();
  await page.evaluate(watchPreview);
  await type(page, warmUp);
  await page.evaluate(() => {
    window.benchSamples = [];
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await threadMs(session);
  await type(page, keystrokes);
  const samples = await page.evaluate(() => window.benchSamples);
  if (samples.length < keystrokes * 0.9)
    throw new Error(`the preview followed only ${samples.length} of ${keystrokes} keystrokes`);
  return { samples, threadMs: ((await threadMs(session)) - before) / keystrokes };
}

const summary = (values: readonly number[]) => ({
  p50: median(values).toFixed(1),
  p95: quantile(values, 0.95).toFixed(1),
  p99: quantile(values, 0.99).toFixed(1),
});

/** What happens between the form's values and the lines to draw, alone, in the same browser. */
const alone = `
import { analyse } from './components/site/editor/analyse';
import { toValues } from './components/site/editor/editor-values';
import { previewOf, savedTexts } from './components/site/preview/preview-model';
globalThis.benchAlone = (site, server, rounds) => {
  const target = { server, version: null, openssl: null, layout: 'debian', modules: null };
  const saved = savedTexts(site, target);
  const values = toValues(site, []);
  const times = { analyse: [], render: [] };
  for (let round = -rounds / 4; round < rounds; round += 1) {
    const hostnames = [{ value: round % 2 === 0 ? 'large.example.com' : 'alarge.example.com' }];
    const start = performance.now();
    const { site: checked } = analyse({ ...values, hostnames });
    const between = performance.now();
    previewOf(checked ?? site, saved, target);
    if (round < 0) continue;
    times.analyse.push(between - start);
    times.render.push(performance.now() - between);
  }
  return times;
};`;

async function computeAlone(page: Page): Promise<Map<ServerKind, { analyse: number[]; render: number[] }>> {
  const { outputFiles } = await build({
    stdin: { contents: alone, resolveDir: process.cwd(), sourcefile: 'alone.ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  await page.goto('about:blank');
  await page.addScriptTag({ type: 'module', content: outputFiles[0]?.text ?? '' });
  await page.waitForFunction('globalThis.benchAlone');
  const found = new Map<ServerKind, { analyse: number[]; render: number[] }>();
  for (const server of kinds)
    found.set(
      server,
      await page.evaluate(`benchAlone(${JSON.stringify(largeSite)}, ${JSON.stringify(server)}, 400)`),
    );
  return found;
}

/** Typing in the form of a site with 40 locations, in Chromium on the built dashboard. */
export async function bench(): Promise<void> {
  const dashboard = await startDashboard();
  const browser = await chromium.launch({
    executablePath: process.env.GATEHOUSE_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await setUp(page, dashboard);
    const id = await page.evaluate(async (document) => {
      const answer = await fetch('/api/v1/teams/build/sites', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ document, targetIds: [], message: '' }),
      });
      const body = await answer.json();
      if (!answer.ok) throw new Error(JSON.stringify(body));
      return body.id as string;
    }, largeSite);
    const typed = [];
    for (const server of kinds)
      typed.push({
        server,
        ...(await typeHostname(page, `${dashboard.url}/build/sites/${id}/edit`, server)),
      });
    printTable(
      `keystroke → preview, ms, ${keystrokes} keystrokes in the form of a site with 40 locations`,
      typed.flatMap(({ server, samples, threadMs }) => [
        {
          server,
          until: 'lines are in the document',
          ...summary(samples.map(({ inDocument }) => inDocument)),
          'within a frame': `${share(samples.map(({ inDocument }) => inDocument))} %`,
          'processor ms': '',
        },
        {
          server,
          until: 'the frame is painted',
          ...summary(samples.map(({ painted }) => painted)),
          'within a frame': '',
          'processor ms': threadMs.toFixed(1),
        },
      ]),
    );
    const computed = await computeAlone(page);
    printTable(
      'the same work alone, ms: no form and nothing to draw',
      [...computed].flatMap(([server, times]) => [
        { server, what: 'check the document', ...summary(times.analyse) },
        { server, what: 'render and compare', ...summary(times.render) },
      ]),
    );
  } finally {
    await browser.close();
    await dashboard.stop();
  }
}

const share = (values: readonly number[]) =>
  Math.round((values.filter((value) => value <= frameMs).length / values.length) * 100);
