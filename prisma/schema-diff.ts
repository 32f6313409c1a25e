import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSchemaEngine } from './schema-engine';

/** The SQL that leads from one datamodel (the text of a schema file, or `null` for an empty database) to another; empty when equal. */
export async function schemaDiff(from: string | null, to: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-diff-'));
  const engine = await openSchemaEngine(join(dir, 'scratch.db'), to);
  const target = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  });
  try {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout?.includes('This is an empty migration') ? '' : (stdout ?? '');
  } finally {
    engine.free();
    await rm(dir, { recursive: true, force: true });
  }
}
