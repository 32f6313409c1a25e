import type { LucideIcon } from 'lucide-react';
import type { BadgeTone } from '#components/ui/badge';

/** A status as it is shown: its word, colour and shape. Colour is never the only sign. */
export interface Look {
  readonly label: string;
  /** What the word claims, for the tooltip. */
  readonly meaning?: string;
  readonly tone: BadgeTone;
  readonly icon: LucideIcon;
  readonly spins?: true;
}
