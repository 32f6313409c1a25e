'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from '#components/kit/toast';
import { Button, type ButtonProps } from '#components/ui/button';
import { copyText } from './copy-text';

interface Props extends Omit<ButtonProps, 'value' | 'onClick'> {
  value: string | (() => string);
  /** What is copied, for screen readers: "Copy public key". */
  label: string;
}

export function CopyButton({ value, label, children, variant = 'ghost', size, ...props }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const done = await copyText(typeof value === 'function' ? value() : value);
    if (done) setCopied(true);
    else
      toast.error('The browser did not allow copying', {
        description: 'Select the text and copy it by hand.',
      });
  };
  const Icon = copied ? Check : Copy;
  return (
    <Button
      variant={variant}
      size={size ?? (children ? 'sm' : 'icon-xs')}
      aria-label={children ? undefined : copied ? 'Copied' : label}
      title={children ? undefined : label}
      onClick={copy}
      {...props}
    >
      <Icon className={copied ? 'text-ok' : undefined} />
      {children && (copied ? 'Copied' : children)}
      <span className="sr-only" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  );
}
