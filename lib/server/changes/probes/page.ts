import 'server-only';
import type { ProbeSpec } from '#core/presets/probe-spec';
import { explainStatus } from './exchange';
import type { Finding, ProbedSite } from './probed-site';

/** A page answers as the right application would. */
export async function probePage(
  site: ProbedSite,
  spec: Extract<ProbeSpec, { kind: 'page' }>,
  signal: AbortSignal,
): Promise<Finding> {
  const { status, headers, body, via } = await site.ordinary(spec.path, signal);
  const contentType = headers['content-type'] ?? null;
  const detail = { status, contentType, location: headers.location ?? null, via };
  const failed = (message: string): Finding => ({ status: 'failed', message, detail });
  if (!spec.statuses.includes(status)) {
    return failed(`${spec.path} answers ${explainStatus(status)} instead of ${spec.statuses.join(' or ')}.`);
  }
  if (spec.contentType && !contentType?.toLowerCase().startsWith(spec.contentType.toLowerCase())) {
    return failed(`${spec.path} answers ${contentType ?? 'without a type'} instead of ${spec.contentType}.`);
  }
  if (spec.bodyIncludes && !body.includes(spec.bodyIncludes)) {
    return failed(
      `${spec.path} answers, but it is not the expected application: “${spec.bodyIncludes}” is not on the page.`,
    );
  }
  return { status: 'passed', message: `${spec.path} answers ${status}.`, detail };
}
