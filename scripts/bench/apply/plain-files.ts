import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderTarget } from '#core/servers/render';
import { Site } from '#core/site/schema';
import type { RenderTarget } from '#core/web-server/render-target';
import { benchSite } from './bench-site';

const target: RenderTarget = {
  server: 'nginx',
  version: '1.22.1',
  openssl: '3.0.15',
  layout: 'debian',
  modules: null,
};

/** The same files as the dashboard's, under names of their own; every call makes them differ from those of the call before. */
export class PlainFiles {
  #call = 0;

  constructor(
    readonly directory: string,
    private readonly way: string,
  ) {}

  async write(count: number): Promise<void> {
    this.#call += 1;
    await rm(this.directory, { recursive: true, force: true });
    await mkdir(this.directory, { recursive: true });
    for (let index = 0; index < count; index += 1) {
      const document = Site.parse(benchSite(this.way, index, 10 + (this.#call % 2)));
      const file = renderTarget([document], target).files.find(({ role }) => role === 'site');
      if (file?.kind === 'file')
        await writeFile(join(this.directory, `${this.way}-${index}.conf`), file.content);
    }
  }
}
