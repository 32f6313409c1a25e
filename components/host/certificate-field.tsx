import { FormField } from '#components/kit/form-field';
import { Textarea } from '#components/ui/textarea';

/** The text of a `-cert.pub` file. */
export function CertificateField(props: {
  value: string;
  onChange: (text: string) => void;
  error: string | undefined;
  hint: string;
}) {
  return (
    <FormField label="Certificate" error={props.error} hint={props.hint}>
      {(control) => (
        <Textarea
          {...control}
          rows={3}
          value={props.value}
          autoComplete="off"
          spellCheck={false}
          placeholder="ssh-ed25519-cert-v01@openssh.com AAAA…"
          className="font-mono text-xs"
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </FormField>
  );
}
