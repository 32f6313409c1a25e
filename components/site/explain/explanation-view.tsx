import { ArrowRight, Ban, CornerUpRight, FileText, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '#components/ui/badge';
import { answerWords } from '#core/explain/answer-words';
import type { Answer, Explanation, SentHeader } from '#core/explain/explanation';
import { matchWords } from '#core/explain/match-words';
import { formatPath } from '#core/format-path';
import type { LineOrigin } from '#core/site/origin';
import { pathWords } from '#core/site/path-words';

const icons: Readonly<Record<Answer['kind'], typeof Ban>> = {
  nobody: SearchX,
  refused: Ban,
  denied: Ban,
  redirect: CornerUpRight,
  file: FileText,
  application: ArrowRight,
};

/** The answer on top, then who is asked what, then each header with its reason. */
export function ExplanationView({ explanation }: { explanation: Explanation }) {
  const { vhost, location, answer, conditions, requestHeaders, responseHeaders, limits } = explanation;
  const Icon = icons[answer.kind];
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div role="status" className="flex items-start gap-2 rounded-md border bg-muted/40 px-3 py-2">
        <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
        <div className="min-w-0">
          <p className="font-medium [overflow-wrap:anywhere]">{answerWords(answer)}</p>
          {answer.kind === 'application' && (
            <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
              at {answer.servers.join(', ')}
              {answer.upgrades && ' · may become a WebSocket'}
            </p>
          )}
        </div>
      </div>
      <dl className="grid min-w-0 gap-x-4 gap-y-1.5 sm:grid-cols-[8rem_minmax(0,1fr)]">
        {answer.why.why !== location?.origin.why && <Row term="Why" origin={answer.why} />}
        {vhost && (
          <Row term="Block" origin={vhost.origin}>
            {vhost.hostnames.map(({ value }) => value).join(', ')} on port {vhost.listen.port.value}
          </Row>
        )}
        {location && (
          <Row term="Rule" origin={location.origin}>
            {matchWords(location.match)}
          </Row>
        )}
        {location && conditions.length === 0 && (
          <>
            <dt className="text-muted-foreground">Who may</dt>
            <dd>everybody</dd>
          </>
        )}
        {conditions.map(({ text, origin }, index) => (
          <Row key={text} term={index === 0 ? 'Who may' : ''} origin={origin}>
            {text}
          </Row>
        ))}
        {limits.map(({ label, value, origin }) => (
          <Row key={label} term={label} origin={origin}>
            {value}
          </Row>
        ))}
      </dl>
      <Headers title="Headers that the application gets" headers={requestHeaders} />
      <Headers title="Headers that are set in the answer" headers={responseHeaders} />
    </div>
  );
}

function Row({ term, origin, children }: { term: string; origin: LineOrigin; children?: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{term}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        {children && <>{children} · </>}
        <Reason origin={origin} muted={children !== undefined} />
      </dd>
    </>
  );
}

function Reason({ origin: { path, why }, muted }: { origin: LineOrigin; muted: boolean }) {
  return (
    <span className={muted ? 'text-muted-foreground text-xs' : undefined}>
      {why}
      {path !== null && path.length > 0 && ` (${pathWords(formatPath(path))})`}
    </span>
  );
}

function Headers({ title, headers }: { title: string; headers: readonly SentHeader[] }) {
  if (headers.length === 0) return null;
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1 font-medium text-xs">{title}</h3>
      <ul className="divide-y rounded-md border">
        {headers.map(({ name, value, state, instead, origin }) => (
          <li key={name} className="px-3 py-1.5">
            <p className="flex flex-wrap items-baseline gap-x-2 font-mono text-xs">
              <span className={state === 'removed' ? 'line-through' : 'font-medium'}>{name}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">{value ?? instead}</span>
              {state === 'removed' && <Badge tone="outline">kept back</Badge>}
              {state === 'set' && instead !== null && <Badge tone="outline">instead of {instead}</Badge>}
            </p>
            <p className="text-xs">
              <Reason origin={origin} muted />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
