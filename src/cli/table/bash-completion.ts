import { isTyped, mayBeFile, mayBeLeft } from './arguments.js';
import type { Field } from './field.js';
import type { Usage } from './usage.js';

/** A command as it is completed. */
export interface CommandWords {
  /** One word, or a noun and a verb. */
  readonly words: string;
  /** With their dashes. */
  readonly options: readonly string[];
  /** What an option may be, where that is a choice. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

/** A command that is made from the table, as it is completed. */
export function wordsOf({ operation, options, isVersioned }: Usage): CommandWords {
  const own = ['--json', '--output', '--help', ...(isVersioned ? ['--basis'] : [])];
  const withChoices = options.filter(({ choices, secret }) => choices.length > 0 && secret === 'no');
  return {
    words: operation.name,
    options: [...options.flatMap(namesOf), ...own],
    choices: new Map(withChoices.map(({ option, choices }) => [`--${option}`, choices])),
  };
}

function namesOf(field: Field): readonly string[] {
  return [
    ...(field.secret === 'inside' ? [] : [`--${field.option}`]),
    ...(mayBeFile(field) && (isTyped(field) || field.secret === 'inside') ? [`--${field.option}-file`] : []),
    ...(mayBeLeft(field) ? [`--no-${field.option}`] : []),
  ];
}

/** A script for bash. It has all it needs in itself: nobody waits for a program at each press of the tabulator. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const verbs = new Map<string, string[]>();
  for (const { words } of commands) {
    const [noun = '', verb] = words.split(' ');
    verbs.set(noun, [...(verbs.get(noun) ?? []), ...(verb === undefined ? [] : [verb])]);
  }
  const choices = commands.flatMap(({ words, choices: all }) =>
    [...all].map(([option, values]): Case => [`${words} ${option}`, values]),
  );
  const ofTwoWords = commands.filter(({ words }) => words.includes(' '));
  const ofOneWord = commands.filter(({ words }) => !words.includes(' '));
  return `# Completes the commands of modcall in bash. Made by: modcall completion bash
_modcall() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words=() index list=
  for ((index = 1; index < COMP_CWORD; index++)); do
    if [[ \${COMP_WORDS[index]} == --data ]]; then ((index++))
    elif [[ \${COMP_WORDS[index]} != -* ]]; then words+=("\${COMP_WORDS[index]}"); fi
  done
  if [[ $previous == --data || $previous == --output || $previous == --*-file ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
    return
  fi
  case "\${words[0]} \${words[1]} $previous" in
${casesOf(choices)}
  esac
  if [[ -z $list && \${#words[@]} == 0 ]]; then
    list=${quoted([...verbs.keys(), 'help', '--data', '--help', '--version'])}
  elif [[ -z $list && \${#words[@]} == 1 && $current != -* ]]; then
    case "\${words[0]}" in
${casesOf([...verbs].filter(([, all]) => all.length > 0))}
    esac
  fi
  if [[ -z $list ]]; then
    case "\${words[0]} \${words[1]}" in
${casesOf(ofTwoWords.map(({ words, options }): Case => [words, options]))}
    *)
      case "\${words[0]}" in
${casesOf(ofOneWord.map(({ words, options }): Case => [words, options]))}
      esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$list" -- "$current"))
}
complete -F _modcall modcall`;
}

type Case = readonly [string, readonly string[]];

const casesOf = (cases: readonly Case[]): string =>
  cases.map(([words, list]) => `    ${quoted([words])}) list=${quoted(list)} ;;`).join('\n');

const quoted = (words: readonly string[]): string => `'${words.join(' ').replaceAll("'", `'\\''`)}'`;
