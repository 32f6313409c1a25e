import { CircleHelp, FileQuestion, FileX2, KeyRound, type LucideIcon, Pencil } from 'lucide-react';
import { Badge, type BadgeTone } from '#components/ui/badge';
import type { DriftState } from '#core/plan/drift-state';
import { driftTitles } from './drift-words';

const looks = {
  changed: { icon: Pencil, tone: 'warning' },
  missing: { icon: FileX2, tone: 'danger' },
  permissions: { icon: KeyRound, tone: 'warning' },
  replaced: { icon: FileQuestion, tone: 'danger' },
  stray: { icon: CircleHelp, tone: 'neutral' },
} as const satisfies Record<DriftState, { icon: LucideIcon; tone: BadgeTone }>;

/** How a file differs. Colour is never the only sign. */
export function DriftBadge({ state }: { state: DriftState }) {
  const { icon: Icon, tone } = looks[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {driftTitles[state]}
    </Badge>
  );
}
