import type { ConfigDirective, ParsedConfig } from '../config-directive';
import type { InventoryGap } from '../server-inventory';
import { matchPaths, pathsBelow, type SourceTree } from '../source-tree';
import { parseApache } from './parse-apache';

const maxDepth = 32;

interface Macro {
  readonly parameters: readonly string[];
  readonly body: readonly ConfigDirective[];
}

/**
 * Everything that httpd reads, in order: includes replaced by what they take in, conditions by what holds, macros by what they stand for,
 * variables by their values. Conditions on files and versions count as true: they cannot be asked here.
 */
export function expandApache(tree: SourceTree): {
  readonly directives: readonly ConfigDirective[];
  readonly gaps: readonly InventoryGap[];
} {
  const expansion = new Expansion(tree);
  if (tree.main !== null && !tree.files.has(tree.main))
    expansion.gaps.push({
      path: tree.main,
      line: null,
      message: 'the main configuration is missing or was not read',
    });
  return { directives: tree.main === null ? [] : expansion.file(tree.main, 0), gaps: expansion.gaps };
}

class Expansion {
  readonly gaps: InventoryGap[] = [];
  private readonly defined: Map<string, string>;
  private readonly macros = new Map<string, Macro>();
  private readonly parsed = new Map<string, ParsedConfig>();

  constructor(private readonly tree: SourceTree) {
    this.defined = new Map(tree.defines.map((name) => [name, '']));
  }

  file(path: string, depth: number): ConfigDirective[] {
    const file = this.tree.files.get(path);
    if (!file) return [];
    if (depth > maxDepth) {
      this.gaps.push({ path, line: null, message: 'includes are nested too deeply' });
      return [];
    }
    const known = this.parsed.get(path);
    const config = known ?? parseApache(file.text, path);
    if (!known) {
      this.parsed.set(path, config);
      if (config.error) this.gaps.push({ path, ...config.error });
    }
    return this.all(config.directives, depth);
  }

  private all(directives: readonly ConfigDirective[], depth: number): ConfigDirective[] {
    return directives.flatMap((directive) => this.one(directive, depth));
  }

  private one(directive: ConfigDirective, depth: number): ConfigDirective[] {
    const words = directive.words.map((word) => this.resolved(word));
    const [name = '', first = '', ...rest] = words;
    switch (name.toLowerCase()) {
      case 'define':
        this.defined.set(first, rest[0] ?? '');
        return [];
      case 'undefine':
        this.defined.delete(first);
        return [];
      case 'include':
      case 'includeoptional':
        return words.slice(1).flatMap((pattern) => this.included(pattern, depth));
      case 'ifdefine':
        return this.when(directive, first, (word) => this.defined.has(word), depth);
      case 'ifmodule':
        return this.when(directive, first, (word) => this.hasModule(word), depth);
      case 'ifversion':
      case 'iffile':
      case 'ifdirective':
      case 'ifsection':
        return this.all(directive.block ?? [], depth);
      case 'macro':
        this.macros.set(first.toLowerCase(), { parameters: rest, body: directive.block ?? [] });
        return [];
      case 'use':
        return this.used(directive, first, rest, depth);
      default:
        return [
          { ...directive, words, block: directive.block === null ? null : this.all(directive.block, depth) },
        ];
    }
  }

  private included(pattern: string, depth: number): ConfigDirective[] {
    const path = pattern.startsWith('/') ? pattern : `${this.tree.base}/${pattern}`;
    const direct = matchPaths(this.tree, path.replace(/\/+$/, ''));
    const paths = direct.length > 0 ? direct : pathsBelow(this.tree, path);
    return paths.flatMap((each) => this.file(each, depth + 1));
  }

  private when(
    { block }: ConfigDirective,
    word: string,
    holds: (word: string) => boolean,
    depth: number,
  ): ConfigDirective[] {
    const wanted = word.startsWith('!') ? !holds(word.slice(1)) : holds(word);
    return wanted ? this.all(block ?? [], depth) : [];
  }

  /** `ssl_module` or `mod_ssl.c`. Where the modules are not known, everything counts. */
  private hasModule(word: string): boolean {
    const { modules } = this.tree;
    if (modules === null) return true;
    const name = word.replace(/^mod_|\.c$|_module$/g, '');
    return modules.includes(name) || (name === 'so' && modules.length > 0);
  }

  private used(
    directive: ConfigDirective,
    name: string,
    values: readonly string[],
    depth: number,
  ): ConfigDirective[] {
    const macro = this.macros.get(name.toLowerCase());
    if (!macro || depth > maxDepth) {
      this.gaps.push({ path: directive.file, line: directive.line, message: `there is no macro ${name}` });
      return [];
    }
    const put = (text: string) =>
      macro.parameters.reduce(
        (word, parameter, index) => word.replaceAll(parameter, values[index] ?? ''),
        text,
      );
    const filled = (body: readonly ConfigDirective[]): ConfigDirective[] =>
      body.map((each) => ({
        ...each,
        words: each.words.map(put),
        block: each.block === null ? null : filled(each.block),
      }));
    return this.all(filled(macro.body), depth + 1);
  }

  private resolved(word: string): string {
    if (!word.includes('${')) return word;
    return word.replace(
      /\$\{([^}]+)\}/g,
      (whole, name: string) => this.defined.get(name) ?? this.tree.variables.get(name) ?? whole,
    );
  }
}
