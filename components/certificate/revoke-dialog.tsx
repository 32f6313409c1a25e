'use client';
import { useForm } from 'react-hook-form';
import type { Certificate } from '#api/contract/certificates';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { NativeSelect } from '#components/ui/native-select';
import { useRevokeCertificate } from '#queries/certificates';

type Reason = 'unspecified' | 'key-compromise' | 'superseded' | 'cessation';

/** Asks why, and has the CA revoke what is served. */
export function RevokeDialog({ certificate, onClose }: { certificate: Certificate; onClose: () => void }) {
  const team = useTeam();
  const revoke = useRevokeCertificate(team.slug, certificate.id);
  const form = useForm({ defaultValues: { reason: 'unspecified' as Reason } });
  return (
    <FormDialog
      title={`Revoke the certificate of ${certificate.name}?`}
      text={`The issuer takes back the certificate that ${certificate.target.hostName} serves. This cannot be undone. Another one with another key is obtained at once.`}
      action="Revoke"
      pending={revoke.isPending}
      onSubmit={form.handleSubmit((body) =>
        revoke.mutate(body, {
          onSuccess: () => {
            toast.success(`The certificate of ${certificate.name} is revoked`);
            onClose();
          },
        }),
      )}
      onClose={onClose}
    >
      {revoke.error && <ErrorState error={revoke.error} />}
      <FormField label="Reason">
        {(control) => (
          <NativeSelect {...control} {...form.register('reason')}>
            <option value="unspecified">Not given</option>
            <option value="key-compromise">The key may be in other hands</option>
            <option value="superseded">Another certificate took its place</option>
            <option value="cessation">The name is not used any longer</option>
          </NativeSelect>
        )}
      </FormField>
    </FormDialog>
  );
}
