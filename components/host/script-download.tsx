'use client';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { CodeBlock } from '#components/kit/code-block';
import { Button } from '#components/ui/button';

/** A script that a person is to read and run: to download, and to read here. */
export function ScriptDownload({ fileName, text, label }: { fileName: string; text: string; label: string }) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Button asChild variant="outline" size="sm">
          <a href={`data:text/x-shellscript;charset=utf-8,${encodeURIComponent(text)}`} download={fileName}>
            <Download />
            Download the script
          </a>
        </Button>
        <Button variant="ghost" size="sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide it' : 'Read it here'}
        </Button>
      </div>
      {shown && <CodeBlock code={text} label={label} caption={fileName} maxLines={130} />}
    </>
  );
}
