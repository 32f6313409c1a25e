import { remember } from '../../../remember';
import type { ResolvedLocation, ResolvedVhost } from '../../../resolve/resolved';
import type { LineOrigin } from '../../../site/origin';
import type { RenderTarget } from '../../../web-server/render-target';
import { rememberLocations } from '../../remember-locations';
import { hiddenLetter, type Spellings, spellingsOf } from '../../spellings';
import { block, type Directive, directive, type Node, pattern, shared, variable } from '../tree';

const origin = {
  path: null,
  why: 'a path that climbs (.., in any encoding) is not what its location makes of it',
};

// `..` between separators, each written plainly or encoded once or more; `;` begins a parameter that some applications cut off first, and a NUL ends the path for others.
const climbing =
  '^[^?]*(?:%(?:25)*00|(?:[/\\\\]|%(?:25)*(?:2f|5c))(?:\\.|%(?:25)*2e){2}(?:[/\\\\;?]|%(?:25)*(?:2f|5c|3b)|$))';

/**
 * nginx picks the location by the decoded and shortened path but sends on the one that was received. `/job/..%2fhook/x` would be taken for a
 * hook that needs no sign-in, while the application sees a job. No browser sends such paths.
 */
export const pathGuard: Directive = block(
  origin,
  'if',
  [variable('request_uri'), '~*', pattern(climbing)],
  [directive(origin, 'return', '400')],
);

/** The path as it came and as nginx decodes it. */
const bothSpellings = variable('gatehouse_spellings');

const refuse = (why: LineOrigin, subject: typeof bothSpellings, expression: string, status: number) =>
  block(why, 'if', [subject, '~', pattern(expression)], [directive(why, 'return', String(status))]);

const hidden: LineOrigin = {
  path: null,
  why: 'a letter that was encoded twice could hide a path with a rule',
};
const both: LineOrigin = { path: null, why: 'rules must not be walked around by another spelling' };

/** Refusals of what an application could read as a strict location's path although it is written otherwise. */
export const spellingGuards: (
  vhost: Pick<ResolvedVhost, 'locations'>,
  target: RenderTarget,
) => readonly Node[] = rememberLocations(
  (locations): readonly Node[] => {
    const refusals = locations.flatMap(refusal);
    return refusals.length === 0
      ? []
      : [
          refuse(hidden, variable('request_uri'), hiddenLetter, 400),
          directive(both, 'set', bothSpellings, [variable('request_uri'), ' ', variable('uri')]),
          ...refusals,
        ];
  },
  (nodes) => (nodes.length === 0 ? nodes : [shared(nodes as readonly Directive[])]),
);

const refusal = remember((location: ResolvedLocation): readonly Directive[] => {
  const spellings = spellingsOf(location);
  if (spellings === null) return [];
  const why = { path: location.origin.path, why: `${location.origin.why}: not in another spelling` };
  return [refuse(why, bothSpellings, expressionOf(spellings), spellings.status)];
});

function expressionOf({ written, decoded, read, denies }: Spellings): string {
  return denies ? `^(?://\\S* /[^/ ]+|\\S* (?!${decoded}))(?i:${read})` : `^(?!${written})\\S* ${read}`;
}
