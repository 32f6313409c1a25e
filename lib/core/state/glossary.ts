import { stateWords } from './state-words';

const titles = {
  plan: 'Plans',
  apply: 'Applies',
  sync: 'Sync of a site',
  health: 'Health of a site',
  host: 'Hosts',
} as const satisfies Record<keyof typeof stateWords, string>;

/** The tables of the guide's glossary, in Markdown: every state by the word that screens and command line use. */
export const glossaryTables = (): string =>
  (Object.keys(titles) as (keyof typeof stateWords)[])
    .map((kind) => {
      const rows = Object.entries(stateWords[kind]).map(
        ([state, { label, meaning }]) => `| **${label}** | \`${state}\` | ${meaning} |`,
      );
      return [
        `### ${titles[kind]}`,
        '',
        '| State | In the API | What it claims |',
        '|---|---|---|',
        ...rows,
      ].join('\n');
    })
    .join('\n\n');
