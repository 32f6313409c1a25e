'use client';
import type { ReactNode } from 'react';
import type { ControlProps } from '#components/kit/form-field';
import { cn } from '#components/ui/cn';
import { Label } from '#components/ui/label';
import { IssueNote } from './issue-note';
import { useFieldMarks } from './marks-context';

/** Id of the control of a field, by which links and the preview find it. */
export const controlId = (field: string) => `site-${field.replaceAll('.', '-')}`;

interface Props {
  /** Path of the field in the site document, with dots. */
  field: string;
  label: string;
  /** Beside the label at the right edge. */
  aside?: ReactNode;
  hint?: ReactNode;
  /** `hidden`: for screen readers only, where a heading says it already. `beside`: after the control, for switches and boxes. */
  labelling?: 'above' | 'hidden' | 'beside';
  /** The control is a group of its own, named by the label. */
  group?: boolean;
  className?: string | undefined;
  children: (control: ControlProps) => ReactNode;
}

/** A field of the site form: label, control, hint, findings; lights up when a line of the preview came from it. */
export function SiteField({
  field,
  label,
  aside,
  hint,
  labelling = 'above',
  group = false,
  className,
  children,
}: Props) {
  const id = controlId(field);
  const { issues, revealed, lit } = useFieldMarks(field, label);
  const shown = issues.filter((issue) => revealed || issue.severity !== 'error');
  const faulty = shown.some((issue) => issue.severity === 'error');
  const described = [hint ? `${id}-hint` : '', shown.length > 0 ? `${id}-issues` : '']
    .filter(Boolean)
    .join(' ');
  const control = children({
    id,
    'aria-describedby': described || undefined,
    'aria-invalid': faulty ? true : undefined,
    'aria-required': undefined,
  });
  const text = group ? (
    <span
      id={`${id}-label`}
      className={cn('font-medium text-sm leading-5', labelling === 'hidden' && 'sr-only')}
    >
      {label}
    </span>
  ) : (
    <Label htmlFor={id} className={cn(labelling === 'hidden' && 'sr-only')}>
      {label}
    </Label>
  );
  return (
    <div
      data-field={field}
      data-lit={lit || undefined}
      className={cn(
        'flex min-w-0 scroll-mt-24 scroll-mb-28 flex-col gap-1 rounded-md transition-[background-color,box-shadow] data-lit:bg-code-lit data-lit:shadow-[0_0_0_5px_var(--code-lit)]',
        className,
      )}
    >
      {labelling === 'beside' ? (
        <div className="flex items-center gap-2">
          {control}
          {text}
          {aside}
        </div>
      ) : (
        <>
          <div
            className={cn(
              'flex min-h-5 items-center justify-between gap-2',
              labelling === 'hidden' && !aside && 'contents',
            )}
          >
            {text}
            {aside}
          </div>
          {control}
        </>
      )}
      {hint && (
        <div
          id={`${id}-hint`}
          className={cn('text-muted-foreground text-xs', labelling === 'beside' && 'pl-10')}
        >
          {hint}
        </div>
      )}
      {shown.length > 0 && (
        <div id={`${id}-issues`} className="flex flex-col gap-1">
          {shown.map((issue) => (
            <IssueNote
              key={`${issue.code} ${issue.path.join('.')} ${issue.where ?? ''}`}
              issue={issue}
              prefix={itemPrefix(field, issue.path)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** A field for a whole list says which entry is meant. */
function itemPrefix(field: string, path: readonly (string | number)[]): string | undefined {
  const next = path[field.split('.').length];
  return typeof next === 'number' ? `Entry ${next + 1}: ` : undefined;
}
