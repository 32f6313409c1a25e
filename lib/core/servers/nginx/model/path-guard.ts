import { block, type Directive, directive, pattern, variable } from '../tree';

const origin = {
  path: null,
  why: 'a path that climbs (.., in any encoding) is not what its location makes of it',
};

// `..` between separators, each written plainly or encoded once or more; `;` begins a parameter that some applications cut off first.
const climbing =
  '^[^?]*(?:[/\\\\]|%(?:25)*(?:2f|5c))(?:\\.|%(?:25)*2e){2}(?:[/\\\\;?]|%(?:25)*(?:2f|5c|3b)|$)';

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
