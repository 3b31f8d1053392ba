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
  boxBusy: 'Too many commands are connected to the box already. End some, such as modcall events, or try again later.',
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
  /** What stands in the help for a value; a text, a version and JSON are called the same in both languages. */
  placeholder: { file: 'FILE', number: 'N' },
  entryOf: ({ place, entry }: { place: string; entry: number }) => `${place}, entry ${entry}`,
  columnOf: ({ line, column }: { line: number; column: string }) => `line ${line}, column ${column}`,
  /** What to do about a fault in a value that is typed, where the words for a file would not fit. */
  typed: {
    object: 'Give its parts one by one, as --help shows them.',
    group: 'Give its parts one by one, as --help shows them.',
    list: 'Give the option once for each entry.',
    flag: 'Write yes or no in a table; as an option, it stands alone, or with --no- in front.',
    port: 'Write a whole number from 1 to 65535; usual are 5060 for SIP, and 8443 for web.',
    extensionNumber: 'Write 2 to 8 digits, such as 101.',
    password: 'Write 12 to 128 characters.',
    dialable: "Write 2 to 8 characters of 0-9, * and #, such as '*55'.",
    prefix: "Write up to 8 characters of 0-9, * and #; '' takes every number.",
    onLift: 'Give --on-lift.kind dialTone, or --on-lift.kind call and --on-lift.number.',
    inbound: 'Give --inbound.extension or --inbound.group.',
    outsideNumber: 'Write 1 to 20 digits, with a + in front if need be.',
    excludedNumber: 'Write 3 to 20 digits, with a + in front if need be.',
    notice: 'Write none, toneAtStart, toneEvery or announcement as its kind.',
    noticeSeconds: 'Write 5 to 300 (seconds).',
    ringSeconds: 'Write 5 to 180 (seconds).',
    perCall: 'Write 1 to 16.',
    total: 'Write 1 to 330.',
    privacyMinutes: 'Write 1 to 1440 (minutes), or give --no-privacy-minutes for the time of the board.',
    quota: 'Write how many calls may be monitored per member and month, or give --no-quota for no limit.',
  },
  option: {
    basis: 'refuses the change if what it changes is not at this version any more',
    json: 'answers as JSON, for programs',
    output: 'writes the answer to a new file',
    secret: 'is asked for, or read as a line of standard input',
    made: ({ word }: { word: string }) => `“${word}” lets the box make one`,
  },
} satisfies Tree;
