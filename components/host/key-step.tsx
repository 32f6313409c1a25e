'use client';
import { ArrowLeft, ArrowRight, Fingerprint, KeyRound, Lock, LockOpen, Upload } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import type { Host } from '#api/contract/hosts';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { Textarea } from '#components/ui/textarea';
import { useCreateHost } from '#queries/hosts';
import { focusFirstError } from '../kit/focus-first-error';
import { sentence } from '../kit/sentence';
import { TextField } from '../kit/text-field';
import { type AddressErrors, addressErrorsOf, readAddress } from './address-errors';
import { CertificateField } from './certificate-field';
import { KeyFileButton } from './key-file-button';
import { newHostSearch, useNewHostQuery } from './new-host-query';
import { WizardActions, WizardFrame } from './wizard-frame';

const sources = ['generate', 'upload', 'agent'] as const;

/** Second step: how the dashboard signs in. */
export function KeyStep() {
  const team = useTeam();
  const router = useRouter();
  const [typed] = useNewHostQuery();
  const [access, setAccess] = useState<Host['access']>('enrolled');
  const [source, setSource] = useState<(typeof sources)[number]>('generate');
  const [privateKey, setPrivateKey] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [certificate, setCertificate] = useState('');
  const [keyError, setKeyError] = useState<string>();
  const create = useCreateHost(team.slug);
  const back = `/${team.slug}/hosts/new?${newHostSearch(typed)}`;
  const issues = create.error instanceof ProblemError ? create.error.problem.issues : [];
  const keyIssue = (name: string) => issues.find((issue) => issue.path.join('.') === `key.${name}`)?.message;
  const refusedSource = issues.find((issue) => issue.path.join('.') === 'key.source');
  const [readErrors, setReadErrors] = useState<AddressErrors>({});
  const addressErrors = Object.entries({ ...addressErrorsOf(create.error), ...readErrors });
  const reading = useRef(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (source === 'upload' && privateKey.trim() === '') {
      setKeyError('Paste the private key or choose its file.');
      focusFirstError(form);
      return;
    }
    setKeyError(undefined);
    // Reading may have to load something: a second press meanwhile must not make a second host.
    if (reading.current) return;
    reading.current = true;
    const address = await readAddress(typed).finally(() => {
      reading.current = false;
    });
    setReadErrors(address.ok ? {} : address.errors);
    if (!address.ok) return;
    create.mutate(
      {
        transport: 'ssh',
        ...address.value,
        access,
        key:
          source !== 'upload'
            ? { source }
            : {
                source,
                privateKey,
                ...(passphrase && { passphrase }),
                ...(access === 'direct' && certificate.trim() && { certificate }),
              },
      },
      {
        onSuccess: (host) => router.push(`/${team.slug}/hosts/${host.id}/setup/fingerprint`),
        onError: () => focusFirstError(form),
      },
    );
  };

  // The step before has read it in full; this is for people who come here without it.
  if (typed.name.trim() === '' || typed.address.trim() === '' || typed.user.trim() === '') {
    return (
      <WizardFrame step="key" title="How should the dashboard sign in?" hrefOf={() => back}>
        <Alert tone="warning" title="The address is not complete yet" />
        <WizardActions>
          <Button asChild>
            <Link href={back}>
              <ArrowLeft />
              Back to the address
            </Link>
          </Button>
        </WizardActions>
      </WizardFrame>
    );
  }
  return (
    <WizardFrame step="key" title="How should the dashboard sign in?" hrefOf={() => back}>
      <p className="text-muted-foreground text-sm">
        To{' '}
        <strong className="font-medium text-foreground">{`${access === 'enrolled' ? 'gatehouse' : typed.user.trim()}@${typed.address.trim()}`}</strong>
        {source === 'agent'
          ? '. The agent signs; no key is kept here.'
          : ', with a key of its own. The private key is kept encrypted and never shown again.'}
      </p>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <RadioGroup
          aria-label="What the key may do"
          value={access}
          onValueChange={(value) => {
            setAccess(value === 'enrolled' ? 'enrolled' : 'direct');
            // A key that is locked down has to be the dashboard's own.
            if (value === 'enrolled' && source === 'agent') setSource('generate');
          }}
          className="sm:grid-cols-2"
        >
          <RadioCard value="enrolled" className="flex flex-col justify-start">
            <span className="flex items-center gap-2 font-medium text-sm">
              <Lock className="size-4 text-muted-foreground" aria-hidden />
              Run the helper, nothing else
            </span>
            <span className="mt-0.5 block text-muted-foreground text-xs">
              You run a script there once, as root. A stolen key is worth little. Recommended.
            </span>
          </RadioCard>
          <RadioCard value="direct" className="flex flex-col justify-start">
            <span className="flex items-center gap-2 font-medium text-sm">
              <LockOpen className="size-4 text-muted-foreground" aria-hidden />
              Everything, as {typed.user.trim()}
            </span>
            <span className="mt-0.5 block text-muted-foreground text-xs">
              Nothing is installed: for a first try. It can be locked down later.
            </span>
          </RadioCard>
        </RadioGroup>
        <RadioGroup
          aria-label="Key"
          value={source}
          onValueChange={(value) => setSource(sources.find((each) => each === value) ?? 'generate')}
          className="sm:grid-cols-3"
        >
          <RadioCard value="generate" className="flex flex-col justify-start">
            <span className="flex items-center gap-2 font-medium text-sm">
              <KeyRound className="size-4 text-muted-foreground" aria-hidden />
              Make a new key
            </span>
            <span className="mt-0.5 block text-muted-foreground text-xs">
              ed25519, for this host alone. Recommended.
            </span>
          </RadioCard>
          <RadioCard value="upload" className="flex flex-col justify-start">
            <span className="flex items-center gap-2 font-medium text-sm">
              <Upload className="size-4 text-muted-foreground" aria-hidden />
              Use a key that I have
            </span>
            <span className="mt-0.5 block text-muted-foreground text-xs">
              OpenSSH or PEM, with or without passphrase.
            </span>
          </RadioCard>
          <RadioCard value="agent" disabled={access === 'enrolled'} className="flex flex-col justify-start">
            <span className="flex items-center gap-2 font-medium text-sm">
              <Fingerprint className="size-4 text-muted-foreground" aria-hidden />
              Ask the SSH agent
            </span>
            <span className="mt-0.5 block text-muted-foreground text-xs">
              Of the dashboard’s own account, where GATEHOUSE_SSH_AGENT is on.
            </span>
          </RadioCard>
        </RadioGroup>
        {source === 'upload' && (
          <>
            <FormField
              label="Private key"
              error={keyError ?? keyIssue('privateKey')}
              aside={<KeyFileButton onText={setPrivateKey} onError={setKeyError} />}
            >
              {(control) => (
                <Textarea
                  {...control}
                  rows={7}
                  value={privateKey}
                  autoComplete="off"
                  spellCheck={false}
                  placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
                  className="font-mono text-xs"
                  onChange={(event) => setPrivateKey(event.target.value)}
                />
              )}
            </FormField>
            <TextField
              label="Passphrase"
              type="password"
              autoComplete="off"
              hint="Leave it empty if the key has none."
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
              error={keyIssue('passphrase')}
            />
            {access === 'direct' && (
              <CertificateField
                value={certificate}
                onChange={setCertificate}
                error={keyIssue('certificate')}
                hint="Only where the host trusts an authority instead of single keys."
              />
            )}
          </>
        )}
        {refusedSource ? (
          <Alert tone="danger" title={sentence(refusedSource.message)}>
            {refusedSource.hint}
          </Alert>
        ) : (
          create.isError && <ErrorState error={create.error} />
        )}
        {addressErrors.length > 0 && (
          <ul className="list-disc pl-5 text-danger text-sm">
            {addressErrors.map(([field, message]) => (
              <li key={field}>
                {field}: {message} —{' '}
                <Link href={back} className="font-medium underline underline-offset-4">
                  change it
                </Link>
              </li>
            ))}
          </ul>
        )}
        <WizardActions>
          <Button type="submit" pending={create.isPending}>
            Continue
            <ArrowRight />
          </Button>
          <Button asChild variant="ghost">
            <Link href={back}>Back</Link>
          </Button>
        </WizardActions>
      </form>
    </WizardFrame>
  );
}
