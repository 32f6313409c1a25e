export { labAvailable } from '#lab/available';
export type { Host, HostKeyType, HostProcess, HostService } from '#lab/host';
export { createLab, type HostOptions, type Lab } from '#lab/lab';
export { prepareLab, type Release, releases, type ServerName, serverNames } from '#lab/root-layers';
export type { RunOptions, RunResult } from '#lab/run';
export { createSshKey, type SshKey } from '#lab/ssh-key';
