'use client';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ServerKind } from '#core/web-server/render-target';
import { contains, pathKey } from '../editor/marks';
import { useMarks } from '../editor/marks-context';
import { goTo, pointAt } from '../editor/show-field';
import { PreviewLineRow } from './preview-line';
import type { PreviewFile, PreviewLine } from './preview-model';
import { chunkLines, stableChunks } from './stable-chunks';

// Lines of one field share its path object, and most lines keep theirs from one keystroke to the next.
const keys = new WeakMap<readonly (string | number)[], string>();

/** How long the pointer must rest on a line before the form moves to its field. */
const restMs = 220;

/** The lines of one file. Pointing at a line lights up the field it came from, and a field with the focus lights up its lines. */
export function PreviewCode({ file, server }: { file: PreviewFile; server: ServerKind }) {
  const marks = useMarks();
  const box = useRef<HTMLDivElement>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [current, setCurrent] = useState(1);
  const [reason, setReason] = useState<{ number: number; why: string; field: string | null } | null>(null);
  const focused = useSyncExternalStore(marks.subscribe, marks.focused, () => null);
  const lit = useMemo(() => linesOf(file, focused), [file, focused]);

  const chunks = useRef<readonly (readonly PreviewLine[])[]>([]);
  chunks.current = stableChunks(chunks.current, file.lines);
  // What is in sight follows in the keystroke's own frame, the rest when the browser has time.
  const settled = useDeferredValue(chunks.current);
  const sight = useRef<ReadonlySet<number> | null>(null);
  const look = useCallback(() => {
    sight.current = box.current && chunksInSight(box.current);
  }, []);
  // Told of its size, and asked when it scrolls: asking after every keystroke would cost a layout of its own.
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(look);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [look]);
  // The type is of one width, so that the widest line is known without laying out all of them.
  const longest = useMemo(() => Math.max(...file.lines.map(({ text }) => text.length)), [file]);
  const reachable = Math.min(current, file.lines.length);

  // Where the focused field's lines are out of sight, the code moves to them; the page itself stays.
  const firstLit = lit.size > 0 ? Math.min(...lit) : null;
  useEffect(() => {
    const row =
      firstLit === null ? null : box.current?.querySelector<HTMLElement>(`[data-line="${firstLit}"]`);
    if (!row || !box.current) return;
    const [top, height] = [topOf(row, box.current), box.current.clientHeight];
    if (top < box.current.scrollTop || top > box.current.scrollTop + height - 40)
      box.current.scrollTo({ top: Math.max(0, top - height / 3), behavior: 'smooth' });
  }, [firstLit]);

  useEffect(
    () => () => {
      clearTimeout(resting.current);
      marks.light(null);
    },
    [marks],
  );

  const point = (target: EventTarget, scroll: boolean) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
    clearTimeout(resting.current);
    if (!row) return leave();
    const number = Number(row.dataset.line);
    const origin = file.lines[number - 1]?.origin ?? null;
    const field = marks.fieldFor(origin?.path ?? null);
    marks.light(field);
    setReason(origin ? { number, why: origin.why, field: origin.path ? pathKey(origin.path) : null } : null);
    if (origin?.path && scroll) {
      const { path } = origin;
      resting.current = setTimeout(() => pointAt(marks, path), restMs);
    }
  };
  const leave = () => {
    clearTimeout(resting.current);
    marks.light(null);
    setReason(null);
  };
  const onClick = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const row = button?.closest<HTMLElement>('[data-line]');
    if (!row) return;
    const path = file.lines[Number(row.dataset.line) - 1]?.origin?.path;
    if (path) goTo(marks, path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 15,
      PageUp: -15,
      Home: -file.lines.length,
      End: file.lines.length,
    };
    const step = steps[event.key];
    if (step === undefined || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const from = Number(event.target.closest<HTMLElement>('[data-line]')?.dataset.line ?? current);
    const next = Math.max(1, Math.min(file.lines.length, from + step));
    setCurrent(next);
    box.current?.querySelector<HTMLElement>(`[data-line="${next}"] button`)?.focus();
  };

  const tip = reason && box.current?.querySelector<HTMLElement>(`[data-line="${reason.number}"]`);
  return (
    <div ref={box} onScroll={look} className="relative h-full overflow-auto bg-code">
      <section
        aria-label={`Lines of ${file.path}; arrow keys move, Enter goes to the field`}
        className="min-w-full py-2 font-mono text-xs leading-5"
        style={{ width: `calc(${longest}ch + 4.5rem)` }}
        onMouseOver={(event) => point(event.target, true)}
        onFocus={(event: FocusEvent) => point(event.target, true)}
        onMouseLeave={leave}
        onBlur={leave}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        {chunks.current.map((now, index) => {
          const lines = sight.current?.has(index) === false ? (settled[index] ?? now) : now;
          return (
            <PreviewChunk
              key={now[0]?.number}
              server={server}
              lines={lines}
              lit={lines.flatMap(({ number }) => (lit.has(number) ? [number] : [])).join()}
              current={lines.some(({ number }) => number === reachable) ? reachable : null}
            />
          );
        })}
      </section>
      {reason && tip && box.current && (
        <div
          role="status"
          className="pointer-events-none absolute z-10 max-w-[min(28rem,calc(100%-4rem))] rounded-md bg-primary px-2 py-1 text-primary-foreground text-xs shadow-lg"
          style={{ top: topOf(tip, box.current) + 22, left: box.current.scrollLeft + 56 }}
        >
          {reason.why}
          {reason.field && <code className="ml-2 opacity-70">{reason.field}</code>}
        </div>
      )}
    </div>
  );
}

interface ChunkProps {
  server: ServerKind;
  lines: readonly PreviewLine[];
  /** Numbers of its lines that are lit, as a text: equal ones are the same. */
  lit: string;
  current: number | null;
}

const PreviewChunk = memo(function PreviewChunk({ server, lines, lit, current }: ChunkProps) {
  const litNumbers = new Set(lit === '' ? [] : lit.split(',').map(Number));
  return (
    <ol
      aria-label={`Lines ${lines[0]?.number} to ${lines.at(-1)?.number}`}
      // What is out of sight is neither laid out nor painted, but found by the browser's own search; its height is known without.
      className="relative [content-visibility:auto]"
      style={{ containIntrinsicHeight: `${lines.length * lineRem}rem` }}
    >
      {lines.map((line) => (
        <PreviewLineRow
          key={line.number}
          server={server}
          number={line.number}
          text={line.text}
          why={line.origin?.why ?? null}
          changed={line.changed}
          removedBefore={line.removedBefore}
          lit={litNumbers.has(line.number)}
          current={line.number === current}
        />
      ))}
    </ol>
  );
});

const lineRem = 1.25;

/** Which pieces of the file its box shows. */
function chunksInSight(box: HTMLElement): ReadonlySet<number> {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const chunkPx = chunkLines * lineRem * rem;
  const first = Math.floor(box.scrollTop / chunkPx);
  const last = Math.floor((box.scrollTop + box.clientHeight) / chunkPx);
  return new Set(Array.from({ length: last - first + 1 }, (_, index) => first + index));
}

/** Where a line begins, from the top of the whole file. */
const topOf = (row: HTMLElement, box: HTMLElement) =>
  row.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;

/** Numbers of the lines that a field made: its own and those of its parts, else those of what it is part of. */
function linesOf(file: PreviewFile, field: string | null): ReadonlySet<number> {
  if (field === null) return new Set();
  const fields = file.lines.map(({ origin }) =>
    origin?.path && origin.path.length > 0 ? keyOf(origin.path) : null,
  );
  const own = fields.flatMap((key, index) => (key !== null && contains(field, key) ? [index + 1] : []));
  if (own.length > 0) return new Set(own);
  const around = fields.flatMap((key, index) => (key !== null && contains(key, field) ? [index + 1] : []));
  return new Set(around);
}

function keyOf(path: (string | number)[]): string {
  const known = keys.get(path) ?? pathKey(path);
  keys.set(path, known);
  return known;
}
