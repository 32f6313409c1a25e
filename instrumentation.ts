/** Called once by Next when the server process starts: takes up what an earlier process left unfinished, begins to look at hosts and to send messages. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { offerShutDown } = await import('#server/operation/process/shut-down');
  offerShutDown();
  const { recoverApplies } = await import('#server/changes/applies/recover-applies');
  await recoverApplies();
  const { startDriftChecks } = await import('#server/changes/drift/drift-jobs');
  startDriftChecks();
  const { startNotifications } = await import('#server/messages/notify-jobs');
  startNotifications();
  const { startCertificateWatch } = await import('#server/changes/probes/certificate-watch');
  startCertificateWatch();
  const { startCertificates } = await import('#server/operation/certificate-jobs');
  startCertificates();
  const { startLowerings } = await import('#server/changes/lowerings/lowering-jobs');
  startLowerings();
}
