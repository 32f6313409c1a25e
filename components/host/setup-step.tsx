const steps = ['fingerprint', 'install', 'checks', 'done'] as const;

/** A step of the wizard for a host that exists already. */
export type SetupStep = (typeof steps)[number];

export function isSetupStep(step: string): step is SetupStep {
  return (steps as readonly string[]).includes(step);
}
