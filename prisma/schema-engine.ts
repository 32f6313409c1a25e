import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

let loaded: Promise<void> | undefined;

/**
 * The bindings keep views of the memory of the instance that they saw first: a second instance in the same process would read and
 * write the memory of the first, and an upgrade after another one would hang in the middle. One instance serves all engines.
 */
async function load(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = await WebAssembly.compile(await readFile(join(dirname(entry), 'schema_engine_bg.wasm')));
  const wasm = await WebAssembly.instantiate(module, {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  const { __wbg_set_wasm } = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  __wbg_set_wasm(wasm.exports);
  (wasm.exports.__wbindgen_start as () => void)();
}

/**
 * Prisma's own schema engine in its WebAssembly build, bound to one SQLite file. The command line tool would download a native
 * engine at every call; this one comes with the package and works offline.
 */
export async function openSchemaEngine(
  databaseFile: string,
  datamodel: string,
): Promise<bindings.SchemaEngine> {
  loaded ??= load();
  await loaded;
  const factory = new PrismaBetterSqlite3({ url: `file:${databaseFile}` });
  const opened: SqlDriverAdapter[] = [];
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    opened.push(adapter);
    return adapter;
  };
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', datamodel]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  const free = engine.free.bind(engine);
  // The engine leaves its connection open, with an exclusive lock on the file.
  engine.free = () => {
    free();
    for (const adapter of opened) void adapter.dispose();
  };
  return engine;
}
