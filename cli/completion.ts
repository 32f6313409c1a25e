import { Argument, Command } from 'commander';

interface Node {
  /** Words that lead here: `sites list`. */
  readonly path: string;
  /** What may follow: subcommands and options. */
  readonly words: readonly string[];
}

function nodesOf(command: Command, path: readonly string[]): Node[] {
  const children = command.commands.map((child) => child.name());
  const options = command.options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? '');
  return [
    { path: path.join(' '), words: [...children, ...options, '--help'].filter(Boolean) },
    ...command.commands.flatMap((child) => nodesOf(child, [...path, child.name()])),
  ];
}

/** A shell `case` over the words typed so far: the deepest command that they name decides. */
const cases = (nodes: readonly Node[], line: (node: Node) => string) =>
  [...nodes]
    .sort((a, b) => b.path.length - a.path.length)
    .map(line)
    .join('\n');

const scripts: Readonly<Record<string, (nodes: readonly Node[]) => string>> = {
  bash: (nodes) => `# eval "$(gatehouse completion bash)"
_gatehouse() {
  local typed=() word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do [[ $word == -* ]] || typed+=("$word"); done
  local words
  case "\${typed[*]} " in
${cases(nodes, ({ path, words }) => `    ${path === '' ? '*' : `'${path} '*`}) words='${words.join(' ')}' ;;`)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _gatehouse gatehouse
`,
  zsh: (nodes) => `#compdef gatehouse
# eval "$(gatehouse completion zsh)"
_gatehouse() {
  local -a typed found
  typed=(\${\${words[2,CURRENT-1]}:#-*})
  case "\${typed[*]} " in
${cases(nodes, ({ path, words }) => `    ${path === '' ? '*' : `'${path} '*`}) found=(${words.join(' ')}) ;;`)}
  esac
  compadd -- $found
  [[ $PREFIX == -* ]] || _files
}
compdef _gatehouse gatehouse
`,
  fish: (nodes) => `# gatehouse completion fish | source
${nodes
  .map(({ path, words }) => {
    const seen =
      path === ''
        ? '__fish_use_subcommand'
        : path
            .split(' ')
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join('; and ');
    const own = words.filter((word) => !word.startsWith('--'));
    const options = words.filter((word) => word.startsWith('--'));
    return [
      ...(own.length > 0 ? [`complete -c gatehouse -n '${seen}' -a '${own.join(' ')}'`] : []),
      ...options.map((option) => `complete -c gatehouse -n '${seen}' -l ${option.slice(2)}`),
    ].join('\n');
  })
  .join('\n')}
`,
};

/** `gatehouse completion`: what a shell needs to complete the commands, made from the commands themselves. */
export const completionCommand = (program: Command): Command =>
  new Command('completion')
    .description('print what a shell needs to complete these commands')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      `
Examples:
  eval "$(gatehouse completion bash)"                                   # in ~/.bashrc
  eval "$(gatehouse completion zsh)"                                    # in ~/.zshrc
  gatehouse completion fish > ~/.config/fish/completions/gatehouse.fish`,
    )
    .action((shell: string) => {
      process.stdout.write(scripts[shell]?.(nodesOf(program, [])) ?? '');
    });
