'use client';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { later } from '#components/kit/lazy-component';
import { Button } from '#components/ui/button';
import { useMarks } from './marks-context';
import { goTo } from './show-field';

const SettingList = later(() => import('./setting-list').then((module) => module.SettingList));

/** Any setting by its words: the section that holds it opens, and the cursor is in its field. */
export function FindSetting() {
  const marks = useMarks();
  const [open, setOpen] = useState(false);
  return (
    <div className="-my-1 flex justify-end">
      <Button variant="ghost" size="sm" onClick={() => setOpen(true)}>
        <Search />
        Find a setting
      </Button>
      {open && (
        <SettingList
          onClose={() => setOpen(false)}
          onChoose={(path) => {
            setOpen(false);
            // The dialog gives the focus back first.
            setTimeout(() => goTo(marks, path), 50);
          }}
        />
      )}
    </div>
  );
}
