import { Lock } from 'lucide-react';
import { EmptyState } from '#components/kit/empty-state';

/** A page for those who look after the installation. */
export function AdministratorsOnly() {
  return (
    <EmptyState icon={Lock} title="Only administrators of the installation come here" className="pt-24">
      The first person is one, and can make others. Ask whoever set Gatehouse up.
    </EmptyState>
  );
}
