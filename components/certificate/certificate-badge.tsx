import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  ClockAlert,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import type { Certificate } from '#api/contract/certificates';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { cn } from '#components/ui/cn';

const looks: Readonly<Record<Certificate['status'], { label: string; tone: BadgeTone; icon: LucideIcon }>> = {
  waiting: { label: 'Not issued yet', tone: 'neutral', icon: CircleDashed },
  ordering: { label: 'On its way', tone: 'info', icon: LoaderCircle },
  valid: { label: 'Valid', tone: 'ok', icon: CircleCheck },
  failing: { label: 'Failing', tone: 'warning', icon: TriangleAlert },
  late: { label: 'Late', tone: 'warning', icon: ClockAlert },
  serious: { label: 'Ends soon', tone: 'danger', icon: ClockAlert },
  expired: { label: 'Expired', tone: 'danger', icon: CircleX },
  revoked: { label: 'Revoked', tone: 'danger', icon: Ban },
};

/** The state of a certificate. */
export function CertificateBadge({ status }: Pick<Certificate, 'status'>) {
  const { label, tone, icon: Icon } = looks[status];
  return (
    <Badge tone={tone}>
      <Icon className={cn(status === 'ordering' && 'animate-spin motion-reduce:animate-none')} aria-hidden />
      {label}
    </Badge>
  );
}
