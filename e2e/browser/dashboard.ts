import { removeDataDir, startServerProcess, temporaryDataDir } from '../process/server-process';

/** A dashboard as `npm start` runs it, with data of its own. */
export interface Dashboard {
  readonly url: string;
  /** The one-time link that it printed. */
  readonly setupLink: string;
  stop(): Promise<void>;
}

/** `settings`: more of the environment. */
export async function startDashboard(settings: Record<string, string> = {}): Promise<Dashboard> {
  const dataDir = temporaryDataDir();
  try {
    const server = await startServerProcess(dataDir, settings);
    const stop = async () => {
      await server.stop();
      removeDataDir(dataDir);
    };
    return { url: server.url, setupLink: await server.setupLink, stop };
  } catch (error) {
    removeDataDir(dataDir);
    throw error;
  }
}
