'use client';
import { CopyButton } from './copy-button';

/** A value in full, with a button that copies it. */
export function CopyBox({ value, label }: { value: string; label: string }) {
  return (
    <div className="flex items-center gap-2 rounded-md border bg-code py-1 pr-1 pl-3">
      <code className="min-w-0 flex-1 text-xs [overflow-wrap:anywhere]">{value}</code>
      <CopyButton value={value} label={label} variant="outline">
        Copy
      </CopyButton>
    </div>
  );
}
