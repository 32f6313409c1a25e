import 'server-only';
import { writeFileSync } from 'node:fs';

/** What was expected of each actor at each operation, and seen; `WALK_TABLE=file` writes it as Markdown. */
export class WalkTable {
  readonly #rows = new Map<string, Map<string, string>>();
  readonly #columns: string[] = [];

  seen(operation: string, actor: string, status: string): void {
    if (!this.#columns.includes(actor)) this.#columns.push(actor);
    const row = this.#rows.get(operation) ?? new Map<string, string>();
    this.#rows.set(operation, row.set(actor, status));
  }

  text(): string {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    const rows = [...this.#rows].map(([operation, row]) =>
      line([`\`${operation}\``, ...this.#columns.map((actor) => row.get(actor) ?? '–')]),
    );
    const head = [
      line(['operation', ...this.#columns]),
      line(['operation', ...this.#columns].map(() => '---')),
    ];
    return `${[...head, ...rows].join('\n')}\n`;
  }

  writeWhereAsked(): void {
    const file = process.env.WALK_TABLE;
    if (file) writeFileSync(file, this.text());
  }
}
