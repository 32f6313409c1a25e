'use client';
import { KeyRound, ShieldCheck, ShieldOff, Smartphone, UserCheck, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PersonDetail } from '#api/contract/people';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu';
import type { PersonChange } from '#queries/people';

interface Props {
  trigger: ReactNode;
  person: PersonDetail;
  /** The signed-in person's own row. */
  self: boolean;
  onChange: (change: PersonChange) => void;
  onReset: () => void;
}

/** What an administrator does with a person now and then. */
export function PersonMenu({ trigger, person, self, onChange, onReset }: Props) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {!person.disabledAt && (
          <DropdownMenuItem onSelect={onReset}>
            <KeyRound />
            Link for a new password
          </DropdownMenuItem>
        )}
        <DropdownMenuItem onSelect={() => onChange('clearFactors')}>
          <Smartphone />
          Remove second factor and passkeys
        </DropdownMenuItem>
        {person.administrator ? (
          <DropdownMenuItem onSelect={() => onChange('unmakeAdministrator')}>
            <ShieldOff />
            Remove as administrator
          </DropdownMenuItem>
        ) : (
          <DropdownMenuItem onSelect={() => onChange('makeAdministrator')}>
            <ShieldCheck />
            Make administrator
          </DropdownMenuItem>
        )}
        {person.disabledAt ? (
          <DropdownMenuItem onSelect={() => onChange('enable')}>
            <UserCheck />
            Enable
          </DropdownMenuItem>
        ) : (
          !self && (
            <DropdownMenuItem variant="destructive" onSelect={() => onChange('disable')}>
              <UserX />
              Disable
            </DropdownMenuItem>
          )
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
