import type { Tree } from '../tree.js';

/** What commands say that ask the running box. */
export const client = {
  usage: 'Usage:',
  table: 'Commands for the running box; each says more with --help behind it:',
  fromFile:
    'A value can stand in a file, too: --OPTION-file FILE; - is standard input.\n--no-OPTION leaves it empty or switches it off.',
  more: 'Each of them says more with --help behind it.',
  done: 'Done.',
  nothing: 'There is nothing to show.',
  ask: ({ name }: { name: string }) => `Value for --${name} (is not shown): `,
  again: ({ name }: { name: string }) => `--${name} once more: `,
  secretsDiffer: 'The two are not the same. Nothing has changed; please try again.',
  secretInWords: ({ option }: { option: string }) =>
    `A secret must not stand on the command line, where everybody on this machine can see it. Give --${option} alone, as the last word, and type the value when asked, or use --${option}-file FILE. If you have typed a real secret, change it.`,
  placeMissing: ({ place }: { place: string }) =>
    `A word is missing: ${place}. Add --help to see what the command takes.`,
  optionMissing: ({ option }: { option: string }) =>
    `An option is missing: --${option}. Add --help to see what the command takes.`,
  notJson: ({ option }: { option: string }) =>
    `The value of --${option} begins like JSON, but is none. Put it in quotation marks for the shell, as in '{"kind":"none"}', or in a file for --${option}-file.`,
  notVersion: ({ value }: { value: string }) =>
    `"${value}" is not a version. Give --basis the number that the box showed.`,
  boxNotRunning: ({ command }: { command: string }) =>
    `Modcall is not running on this data folder, and "${command}" takes the running box. Start it with: modcall start`,
  boxSilent: ({ path }: { path: string }) =>
    `Modcall is running, but cannot be reached at ${path}. If it has just been started, try again; otherwise look into its log, and restart it when no call is up.`,
  boxGone:
    'Modcall ended before it had answered. Whether it did what it was asked is not known: start it, and look before you repeat the command.',
  boxEnded: 'Modcall has ended.',
  cut: 'The box has stopped telling, since what it told was not read fast enough. Start the command again.',
  watch: `Usage:
  modcall events [KIND …] [--json]   tells what happens in the running box, until interrupted;
                                     kinds are calls, monitors, registrations, lamps, licence and log
  modcall log [--json]               the log as it is written`,
  completion: `Usage: modcall completion bash
prints a script by which bash completes commands. Switch it on with:
  source <(modcall completion bash)
or for always, as root:
  modcall completion bash > /etc/bash_completion.d/modcall`,
  notYours: ({ path }: { path: string }) =>
    `You may not use ${path}. Run the command as the user that Modcall runs as, or as root (sudo).`,
  changedMeanwhile: 'What was changed meanwhile:',
  changesForgotten: 'What was changed meanwhile is not kept any more.',
  option: {
    basis: 'refuses the change if what it changes is not at this version any more',
    json: 'answers as JSON, for programs',
    output: 'writes the answer to a new file',
    secret: 'is asked for, or read as a line of standard input',
  },
} satisfies Tree;
