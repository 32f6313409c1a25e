import { type RefObject, useEffect, useState } from 'react';

interface Options {
  /** Element that holds all rows, in the page's own scrolling. */
  list: RefObject<HTMLElement | null>;
  count: number;
  rowHeightPx: number;
  /** Rows kept above and below what can be seen. */
  overscan: number;
}

/** First and last row to render, when every row is equally high and the page itself scrolls. */
export function useRowWindow({ list, count, rowHeightPx, overscan }: Options): {
  first: number;
  last: number;
} {
  const [range, setRange] = useState({ first: 0, last: Math.min(count, 2 * overscan) - 1 });
  useEffect(() => {
    const measure = () => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      const first = Math.max(0, Math.floor(-top / rowHeightPx) - overscan);
      const last = Math.min(count - 1, Math.ceil((window.innerHeight - top) / rowHeightPx) + overscan);
      setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    measure();
    window.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => {
      window.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [list, count, rowHeightPx, overscan]);
  return range;
}
