'use client';
import { useWatch } from 'react-hook-form';
import type { EditorValues } from './editor-values';
import { ExtraHostsEditor } from './extra-hosts-editor';
import { LocationsEditor } from './locations-editor';
import { FoldedSection } from './section';

// One list for all renders: the section registers it.
const sectionFields = ['locations', 'extraHosts'];

const counted = (list: unknown, one: string, several: string) => {
  const count = Array.isArray(list) ? list.length : 0;
  return count > 0 && `${count} ${count === 1 ? one : several}`;
};

/** Rules for single paths, and names with a purpose of their own. */
export function PathsSection() {
  const [locations, extraHosts] = useWatch<EditorValues, ['document.locations', 'document.extraHosts']>({
    name: ['document.locations', 'document.extraHosts'],
  });
  const summary = [counted(locations, 'path', 'paths'), counted(extraHosts, 'name', 'names')].filter(Boolean);
  return (
    <FoldedSection
      id="paths"
      title="Paths and other names"
      fields={sectionFields}
      summary={summary.join(', ') || 'none of your own'}
    >
      <LocationsEditor />
      <ExtraHostsEditor />
    </FoldedSection>
  );
}
