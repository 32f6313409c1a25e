/** Called once by Next when the server process starts: takes up what an earlier process left unfinished, and begins to look at hosts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { recoverApplies } = await import('#server/applies/recover-applies');
  await recoverApplies();
  const { startDriftChecks } = await import('#server/jobs/drift-jobs');
  startDriftChecks();
}
