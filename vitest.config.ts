import { defineConfig } from 'vitest/config';

/** Suites by what they need: nothing at all, nothing but Node, real web servers, real hosts (root), real hosts with injected faults. */
const suites = {
  core: ['lib/core/**/*.test.ts'],
  unit: ['**/*.test.ts'],
  servers: ['**/*.servers.test.ts'],
  lab: ['**/*.lab.test.ts', 'e2e/lab/lab.test.ts'],
  faults: ['**/*.faults.test.ts'],
};
/** Hosts are networks and processes of their own and mostly wait; web servers on the machine itself share its ports. */
const workers = { servers: 1, lab: 2, faults: 3 };
const special = [...suites.servers, ...suites.lab, ...suites.faults];
const elsewhere = { core: special, unit: [...special, ...suites.core] };

export default defineConfig({
  test: {
    projects: Object.entries(suites).map(([name, include], groupOrder) => ({
      resolve: {
        alias: { 'server-only': new URL('./scripts/server-only-stub.ts', import.meta.url).pathname },
      },
      test: {
        name,
        include,
        exclude: ['node_modules/**', '.next/**', ...(elsewhere[name as keyof typeof elsewhere] ?? [])],
        // Code without I/O keeps nothing that another file could find.
        isolate: name !== 'core',
        environment: 'node' as const,
        setupFiles: ['./scripts/property-seed.ts'],
        testTimeout: name === 'unit' ? 90_000 : 180_000,
        hookTimeout: 300_000,
        ...(name in workers && { maxWorkers: workers[name as keyof typeof workers] }),
        sequence: { groupOrder },
      },
    })),
  },
});
