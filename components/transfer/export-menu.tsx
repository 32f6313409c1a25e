'use client';
import type { ReactNode } from 'react';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu';

interface Props {
  trigger: ReactNode;
  onFormat: (format: 'yaml' | 'json') => void;
}

export function ExportMenu({ trigger, onFormat }: Props) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => onFormat('yaml')}>As YAML, with comments</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onFormat('json')}>As JSON</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
