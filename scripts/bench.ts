/**
 * `npm run bench [-- NAME…]`: what things cost, side by side in one run. Times depend on the machine and on what else runs there; processor
 * time and the ratios depend on it less.
 */
const benches: Readonly<Record<string, () => Promise<{ readonly bench: () => void | Promise<void> }>>> = {
  render: () => import('./bench/render'),
  bundle: () => import('./bench/bundle'),
  preview: () => import('./bench/preview'),
  apply: () => import('./bench/apply'),
  'apply-fleet': () => import('./bench/apply-fleet'),
  drift: () => import('./bench/drift'),
  memory: () => import('./bench/memory'),
  'largest-input': () => import('./bench/largest-input'),
};
/** What needs neither root nor a browser. */
const usual = ['render', 'bundle'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : usual) await (await benches[name]?.())?.bench();
