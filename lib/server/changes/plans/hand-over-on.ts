import 'server-only';
import type { Change } from '#core/change/change';
import type { LiveFile } from '#core/change/file-state';
import { blockId, handOver } from '#core/inventory/hand-over';
import type { ServedBlock } from '#core/inventory/server-inventory';
import type { SourceTree } from '#core/inventory/source-tree';
import type { Issue } from '#core/issue';
import { bringBack } from '#core/plan/bring-back';
import type { BuiltPlan } from '#core/plan/build-plan';
import { handOverChanges } from '#core/plan/hand-over-changes';
import type { IncludeLine } from '#core/servers/types';
import { readState } from '#server/hosts/helper/host';
import type { Transport } from '#server/hosts/ssh/transport';
import { sha256 } from '../../platform/sha256';
import type { PlanTargetInput } from './load-plan-targets';
import type { lookAround } from './look-around';

type Looked = ReturnType<typeof lookAround>;

interface Given {
  readonly built: BuiltPlan;
  readonly build: (live: ReadonlyMap<string, LiveFile>) => BuiltPlan;
  readonly live: ReadonlyMap<string, LiveFile>;
  readonly input: Pick<PlanTargetInput, 'server' | 'takeOver' | 'bringBack'>;
  readonly includes: readonly IncludeLine[];
  readonly tree: SourceTree | undefined;
  readonly look: (changes: readonly Change[], handed: readonly ServedBlock[]) => Looked;
  readonly signal: AbortSignal;
}

/** One block taken away may uncover another one that a person named as well. */
const rounds = 20;

/** What a plan does to files of others besides ours: blocks that it takes over, and those that an undone apply had taken. */
export async function handOverOn(
  transport: Transport,
  { built, build, live, input, includes, tree, look, signal }: Given,
): Promise<
  Looked & { changes: readonly Change[]; takenOver: readonly string[]; handIssues: readonly Issue[] }
> {
  const read = async (paths: readonly string[]) => {
    const asked = { servers: [], paths: [...new Set(paths)], exists: [], contents: true };
    const { files } = await readState(transport, asked, { signal });
    return new Map(files.map((file) => [file.path, file]));
  };
  const back = await broughtBack(input, includes, read);
  const start = together(built.changes, back.changes);
  let changes = start;
  let issues: readonly Issue[] = back.issues;
  let handed: readonly ServedBlock[] = [];
  let looked = look(changes, handed);
  for (let round = 0; tree && looked.found.wanted.length > 0 && round < rounds; round++) {
    const blocks = [...handed, ...looked.found.wanted];
    const { files } = handOver(input.server, tree, blocks);
    const paths = files.flatMap(({ path, blocks: taken }) => [path, ...taken.map(({ real }) => real)]);
    const found = await read(paths.filter((path) => path.startsWith('/etc/')));
    const rest = files.flatMap(({ path, rest: content }): [string, LiveFile][] => {
      const file = live.get(path) ?? found.get(path);
      return content === null || !file ? [] : [[path, { ...file, content }]];
    });
    const again = build(new Map([...live, ...rest]));
    const result = handOverChanges({
      changes: together(again.changes, back.changes),
      files,
      live: found,
      sha256,
    });
    issues = [...back.issues, ...result.issues];
    changes = result.changes;
    if (result.issues.length > 0)
      return { ...look(start, []), changes: start, takenOver: [], handIssues: issues };
    handed = blocks;
    looked = look(changes, handed);
  }
  return { ...looked, changes, takenOver: [...new Set(handed.map(blockId))], handIssues: issues };
}

/** What is brought back has the lines of ours in it that belong there. */
function together(changes: readonly Change[], back: readonly Change[]): readonly Change[] {
  const paths = new Set(back.map(({ path }) => path));
  return [...changes.filter(({ path }) => !paths.has(path)), ...back].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

async function broughtBack(
  input: Pick<PlanTargetInput, 'server' | 'bringBack'>,
  includes: readonly IncludeLine[],
  read: (paths: readonly string[]) => Promise<ReadonlyMap<string, LiveFile>>,
): Promise<{ changes: readonly Change[]; issues: readonly Issue[] }> {
  if (input.bringBack.length === 0) return { changes: [], issues: [] };
  const found = await read(input.bringBack.map(({ change }) => change.path));
  const results = input.bringBack.map(({ change, applyId }) =>
    bringBack({ change, applyId, live: found.get(change.path), includes, server: input.server, sha256 }),
  );
  return {
    changes: results.flatMap((each) => ('change' in each ? [each.change] : [])),
    issues: results.flatMap((each) => ('issue' in each ? [each.issue] : [])),
  };
}
