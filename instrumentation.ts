/** Called once by Next when the server process starts: takes up what an earlier process left unfinished, begins to look at hosts and to send messages. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { offerShutDown } = await import('#server/process/shut-down');
  offerShutDown();
  const { recoverApplies } = await import('#server/applies/recover-applies');
  await recoverApplies();
  const { startDriftChecks } = await import('#server/jobs/drift-jobs');
  startDriftChecks();
  const { startNotifications } = await import('#server/jobs/notify-jobs');
  startNotifications();
  const { startCertificates } = await import('#server/jobs/certificate-jobs');
  startCertificates();
  const { startLowerings } = await import('#server/jobs/lowering-jobs');
  startLowerings();
}
