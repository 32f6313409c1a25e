import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** How far the server's clock is ahead of this browser's, in milliseconds; 0 until it is known. */
function useClockOffset(): number {
  const { data = 0 } = useQuery({
    queryKey: ['clock-offset'],
    queryFn: async ({ signal }) => {
      const askedAt = Date.now();
      const response = await fetch('/api/health', { cache: 'no-store', signal });
      const serverTime = Date.parse(response.headers.get('date') ?? '');
      const middle = (askedAt + Date.now()) / 2;
      // The header counts whole seconds: less than that is no difference.
      const offset = serverTime + 500 - middle;
      return Number.isFinite(offset) && Math.abs(offset) > 1_000 ? offset : 0;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return data;
}

/** The server's time, ticking while `running`: countdowns and durations stay true although this machine's clock is off. */
export function useServerNow(running: boolean, tickMs = 250): number {
  const offset = useClockOffset();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [running, tickMs]);
  return now + offset;
}
