import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerDriver } from '../driver';
import { demandsOf } from './demands';
import { matrixTable } from './matrix-table';
import { type CellMode, cellModes, cellNames, type PresetCell } from './preset-cell';
import { type PresetStage, startPresetStage } from './preset-stage';

/** What a web server cannot do at all, by the issue that must say so. Everything else has to work on all three. */
const withoutGrpc: Readonly<Partial<Record<ServerDriver['kind'], string>>> = { apache: 'apache.h2-upstream' };

/**
 * Every preset in every prefix mode behind the real web server; all sites of a mode share one configuration, as on a team's host. Each cell asks
 * for what its CI server demands. Call it inside a `describe` of a `*.servers.test.ts` file.
 */
export function describePresets(driver: ServerDriver): void {
  const outcomes = new Map<string, string>();
  afterAll(() => console.info(matrixTable(driver.kind, outcomes)));

  describe.each(cellModes)('%s', (mode: CellMode) => {
    let stage: PresetStage;
    beforeAll(async () => {
      stage = await startPresetStage(driver, mode);
    });
    afterAll(() => stage?.stop());

    test.each(cellNames(mode))(
      '%s gets what it demands, or is told what this web server cannot do',
      async (name) => {
        outcomes.set(name, 'FAILED');
        const cell = stage.cell(name);
        const issues = await stage.errors(cell);
        expect([...new Set(issues.map(({ code }) => code))]).toEqual(expectedIssues(driver, cell));
        if (issues.length === 0) {
          for (const { what, ask } of demandsOf(cell, stage)) {
            await ask().catch((problem: unknown) => {
              throw new Error(`${what}: ${problem instanceof Error ? problem.message : problem}`, {
                cause: problem,
              });
            });
          }
        }
        outcomes.set(name, issues[0]?.code ?? 'pass');
      },
    );
  });
}

function expectedIssues(driver: ServerDriver, { site }: PresetCell): string[] {
  const classes = [...(site.locations ?? []), ...(site.extraHosts ?? [])].map((part) => part.class);
  const code = withoutGrpc[driver.kind];
  return code !== undefined && classes.includes('grpc') ? [code] : [];
}
