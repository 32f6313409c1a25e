import { cn } from '#components/ui/cn';

/** The mark: an arch between two towers. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={cn('size-5', className)} aria-hidden fill="none">
      <path
        d="M3 21V5.5h2V7h2V5.5h2V10h6V5.5h2V7h2V5.5h2V21h-5.2v-4.3a3.8 3.8 0 0 0-7.6 0V21z"
        fill="currentColor"
      />
      <path d="M9.4 3.2h5.2" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
    </svg>
  );
}
