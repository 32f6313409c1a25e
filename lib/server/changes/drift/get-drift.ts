import 'server-only';
import type { contract } from '#api/contract/index';
import { Fingerprint } from '#core/change/file-state';
import { withoutTokens } from '#core/servers/block-tokens';
import type { Handler } from '../../door/route';
import { describeDrift, findDrift } from './describe-drift';
import { type DriftTexts, loadTexts } from './load-texts';

/** One drifted file three ways, with what can be done about it. Asks no host. */
export const getDrift: Handler<typeof contract.drift.get> = async ({ db, params }) => {
  const row = await findDrift(db, params.id);
  const [file] = await describeDrift(db, [row]);
  if (!file) throw new Error('a drift file could not be described');
  const texts = await loadTexts(db, row);
  const { lastApplied, live, planned, unapplied } = texts;
  return {
    ...file,
    lastApplied,
    live,
    planned,
    unapplied,
    adopted:
      unapplied !== null &&
      planned !== null &&
      live !== null &&
      withoutTokens(planned) === withoutTokens(live),
    liveState: Fingerprint.parse(row.live),
    leftState: leftState(texts.left),
    fields: texts.fields.map((field) => ({ ...field, path: [...field.path] })),
    adoption: texts.adoption
      ? {
          kind: 'exact' as const,
          values: texts.adoption.values.map((value) => ({ ...value, path: [...value.path] })),
        }
      : { kind: 'none' as const },
    revertible: texts.siteId !== null,
  };
};

function leftState(left: DriftTexts['left']) {
  if (left === null) return null;
  switch (left.kind) {
    case 'file':
      return { kind: left.kind, mode: left.mode };
    case 'link':
      return { kind: left.kind, target: left.target };
    case 'lines':
      return { kind: left.kind, lines: left.lines };
  }
}
