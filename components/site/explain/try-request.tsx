'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import { Segmented } from '#components/diff/segmented';
import { FormField } from '#components/kit/form-field';
import { Input } from '#components/ui/input';
import { NativeSelect } from '#components/ui/native-select';
import { Textarea } from '#components/ui/textarea';
import { explainRequest } from '#core/explain/explain-request';
import { readRequest } from '#core/explain/request';
import type { Issue } from '#core/issue';
import { resolve } from '#core/resolve/resolve';
import { publicOrigin, publicPrefix } from '#core/site/public-url';
import type { Site } from '#core/site/schema';
import { ServerKind } from '#core/web-server/render-target';
import { sentence } from '../../kit/sentence';
import { serverTitle } from '../../kit/server-title';
import { ExplanationView } from './explanation-view';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Type an address, and see which block and rule answer, and each header that is sent on, with its reason. */
export function TryRequest({ site, server: first }: { site: Site; server: ServerKind }) {
  const [address, setAddress] = useState<string | null>(null);
  const [method, setMethod] = useState('GET');
  const [headers, setHeaders] = useState('');
  const [server, setServer] = useState(first);
  const shown = useDeferredValue(site);
  const origin = publicOrigin(shown);
  const typed = address ?? origin + publicPrefix(shown.prefix);
  const request = useMemo(
    () => readRequest({ address: typed, method, headers: linesOf(headers), origin }),
    [typed, method, headers, origin],
  );
  const told = useMemo(() => {
    if (!request.ok) return null;
    const resolved = resolve(shown);
    return ServerKind.options.map((kind) => ({ kind, told: explainRequest(resolved, request.value, kind) }));
  }, [request, shown]);
  const faults = request.ok ? [] : request.error;
  const here = told?.find(({ kind }) => kind === server)?.told;
  const others = (told ?? [])
    .filter((each) => each.kind !== server && !isSame(each.told, here))
    .map(({ kind }) => serverTitle(kind));
  return (
    <div className="flex min-w-0 flex-col gap-3 text-sm">
      <div className="grid min-w-0 gap-2 sm:grid-cols-[7rem_minmax(0,1fr)]">
        <FormField label="Method">
          {(control) => (
            <NativeSelect {...control} value={method} onChange={({ target }) => setMethod(target.value)}>
              {methods.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </NativeSelect>
          )}
        </FormField>
        <FormField
          label="Address or path"
          error={messageFor(faults, 'address')}
          hint="Nothing is sent: this is what the configuration says."
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={typed}
              onChange={({ target }) => setAddress(target.value)}
            />
          )}
        </FormField>
      </div>
      <details>
        <summary className="w-fit text-muted-foreground text-xs">Headers of the client</summary>
        <FormField label="One to a line" error={messageFor(faults, 'headers')} className="mt-2">
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              spellCheck={false}
              placeholder="X-Forwarded-For: 203.0.113.9"
              className="font-mono text-xs"
              value={headers}
              onChange={({ target }) => setHeaders(target.value)}
            />
          )}
        </FormField>
      </details>
      {here && (
        <>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Segmented
              label="Web server"
              value={server}
              onValue={setServer}
              options={ServerKind.options.map((value) => ({ value, title: serverTitle(value) }))}
            />
            <p className="text-muted-foreground text-xs">
              {others.length === 0 ? 'The same on all three.' : `Not the same on ${others.join(' and ')}.`}
            </p>
          </div>
          <ExplanationView explanation={here} />
        </>
      )}
    </div>
  );
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

function messageFor(faults: readonly Issue[], field: string): string | undefined {
  const fault = faults.find(({ path }) => path[0] === field);
  if (fault === undefined) return undefined;
  const line = typeof fault.path[1] === 'number' ? `Line ${fault.path[1] + 1} ` : '';
  return line === '' ? sentence(fault.message) : `${line}${fault.message}.`;
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
