import type { Tree } from '../tree.js';

/** The lines of the usage that tell of one command. */
const lines = {
  start: `  start [--board NAME] [--sip-port PORT] [--web-port PORT] [--demo] [--log-level LEVEL]
        [--panel-port PORT] [--panel-address ADDRESS] [--no-panel]
                                runs Modcall; --demo sets up a demonstration in a new data folder,
                                with two phones that talk to each other. Browsers reach the page at --web-port
                                instead of the port in the settings.
                                The simulator shows its front panel to a browser of this computer, at port 8090
                                or as told; without it another program has to stand in for the hardware`,
  settings: `  settings check                says whether the settings are valid, and what is wrong with them`,
  audit: `  audit verify [FILE] [--checkpoint FILE] [--table FILE] [--draws] [--json]
                                says whether the audit record, or an exported one, is as it was written, and goes on from a checkpoint;
                                if so, --table writes an exported one as a table for a spreadsheet (CSV), and --draws
                                calculates anew what the box has drawn
  audit countersign CHECKPOINT KEY --output FILE
                                adds a signature of employer or works council to a checkpoint
  audit show [--json]           prints the audit record`,
};

/** How the program that verifies an exported record is used. */
const verifier = `Usage: node modcall-verify.mjs FILE [--checkpoint FILE] [--table FILE] [--draws] [--json]
Says whether an exported audit record is what its box exported, and goes on from a checkpoint. If so,
--table writes it as a table for a spreadsheet (CSV), and --draws calculates anew what the box has drawn.
Exit code 0: it is. 1: it is not. 2: not understood. 3: a file cannot be read.`;

/** What holds for every command. */
const everywhere = `Every command takes --data DIR, the data folder. Without it MODCALL_DATA counts, else "data" in the checkout,
or /var/lib/modcall where Modcall is installed. Without --board MODCALL_BOARD counts, else "simulator".

Exit codes: 0 done; 1 the answer is no (settings not valid, audit record changed, a change, PIN or licence refused);
2 the command was not understood; 3 something went wrong.`;

const usageOf = (line: string): string => `Usage: modcall …\n\n${line}\n\n${everywhere}`;

/** What the commands say. */
export const command = {
  verifier,
  usage: `Usage: modcall COMMAND

${lines.start}
${lines.settings}
  pin set EXTENSION             gives a moderator a PIN; asks for it, or reads it from standard input
${lines.audit}
  hardware-id                   prints the hardware ID of the box, to order a licence with
  licence …                     licence key: show, enter, remove, explain; order sheet
  agreement make-key, sign-document
                                the keys of employer and works council, and their signatures, without a box
  identity backup, restore      what the hardware ID is made from, for a new installation of the same box
  box reset                     makes a stopped box new: without settings and users, but the same box
  backup, restore               settings, users, identity, licence, prompts and boards in one file
  events [KIND …], log          tell what happens in the running box, or is written to its log, until interrupted
  completion bash               prints a script by which bash completes commands
  --help, --version             --help behind a command says more about it

${everywhere}`,
  startUsage: usageOf(lines.start),
  settingsUsage: usageOf(lines.settings),
  auditUsage: usageOf(lines.audit),
  unknown: ({ name, meant }: { name: string; meant: string | null }) =>
    `There is no command "${name}". ${meant === null ? 'See: modcall --help' : `Did you mean: modcall ${meant}`}`,
  notUnderstood: ({ word }: { word: string }) =>
    `This was not understood: ${word}. Add --help to the command to see what it takes.`,
  wordMissing: ({ command, next }: { command: string; next: string }) =>
    `A word is missing: modcall ${command} ${next}. Add --help to see what it does.`,
  noInput: ({ asked }: { asked: string }) =>
    `Nothing was entered for "${asked}". Type it at the terminal, or pass it as the first line of standard input or in a file.`,
  fileFault: ({ folder, reason }: { folder: string; reason: string }) =>
    `A file cannot be read or written (${reason}). Check that the data folder ${folder} is the right one, that it is yours, and that the disk has space and can be written. Nothing has changed.`,
  noDataFolder: 'Name a folder after --data.',
  defect: ({ details }: { details: string }) =>
    `Modcall has failed because of a bug in Modcall. Please report this:\n${details}`,
  wrongPort: ({ option, value }: { option: string; value: string }) =>
    `"${value}" is not a port. Give ${option} a number from 0 to 65535; 0 takes a free one.`,
  wrongAddress: ({ value }: { value: string }) =>
    `"${value}" is not an address. Give --panel-address an IP address, such as 127.0.0.1.`,
  wrongLogLevel: ({ value }: { value: string }) =>
    `"${value}" is not a log level. Levels are trace, debug, info, warn, error and fatal.`,
  stopping: 'Modcall is stopping.',
  stoppedHard: 'Modcall did not stop in time and was killed.',
  settingsValid: (counts: { path: string; extensions: number; groups: number; trunks: number; profiles: number }) =>
    `${counts.path} is valid (extensions: ${counts.extensions}, groups: ${counts.groups}, trunks: ${counts.trunks}, profiles: ${counts.profiles}).`,
  newPin: 'New PIN: ',
  newPinAgain: 'New PIN again: ',
  pinsDiffer: 'The two PINs are not the same. Nothing has changed; please try again.',
  pinSet: ({ extension }: { extension: string }) => `Extension ${extension} has a new PIN. It counts at once.`,
  pinOpensNothing: ({ extension }: { extension: string }) =>
    `Note: ${extension} moderates in no profile yet. Add it to the group named under "moderators" of a profile.`,
  pinFault: {
    wrongLength: 'A PIN is 4 to 10 digits. Nothing has changed.',
    tooSimple:
      'This PIN is too easy to guess: no single repeated digit, no run such as 1234, not the extension. Nothing has changed.',
    taken: 'This PIN cannot be used. Choose another one; nothing has changed.',
    noSuchExtension: 'There is no such extension. Add it under "extensions" in the settings first.',
  },
  licence: {
    usage: `Usage:
  modcall licence show                         what is licensed, and whether it is valid here
  modcall licence enter --file FILE | - | KEY  take a licence key into use
  modcall licence remove                       take the licence key out of use
  modcall licence explain KEY | --file FILE    what is in a key, and whether it would be valid here
  modcall licence order-sheet [--html] [--output FILE]
Option for all but order-sheet: --json. Exit codes: 0 valid, 1 refused, 2 usage, 3 failure.`,
    noKeyGiven:
      'Please give one licence key: with --file FILE (the file from your vendor), pasted into standard input with -, or after the command.',
    accepted: 'The licence key is in use from now on.',
    serverKeyAccepted: 'The server licence key is in use from now on.',
    notTaken: 'The key has not been taken into use; nothing has changed.',
    wouldBeAllowed: 'Valid on this box now:',
    wouldBeRefused: 'Not valid on this box now:',
    nothingToRemove: 'There is no licence key.',
    removed: ({ paths }: { paths: readonly string[] }) =>
      `The licence key has been removed. A copy is kept in ${paths.join(', ')}.`,
    fileTrouble: ({ reason }: { reason: string }) =>
      `A file in the folder "licence" of the data folder cannot be read or written (${reason}). Check its permissions, and the memory card.`,
  },
  hardwareIdUsage: `Usage:
  modcall hardware-id [--json]   the hardware ID, which a licence is made for`,
  pinUsage: `Usage:
  modcall pin set EXTENSION      gives a moderator a PIN of 4 to 10 digits; asks for it, or reads it from standard input`,
  backup: {
    usage: `Usage:
  modcall backup --output FILE [--passphrase-file FILE]   Modcall may run meanwhile
  modcall restore FILE [--passphrase-file FILE] [--now]   a running Modcall restarts with it: once no call runs,
                                                          or with --now at once but for emergency calls;
                                                          modcall box cancel-restart calls it off

The file holds settings with their history, users, identity, licence, own prompts and boards, sealed by a passphrase;
not the audit record, the records of calls and the log.
Option: --json. Exit codes: 0 done, 2 usage, 3 failure.`,
    restored: ({ created, files, hardwareId }: { created: string; files: number; hardwareId: string }) =>
      `The backup of ${created} is restored (${files} files). The hardware ID is ${hardwareId}. Now start Modcall.`,
  },
  agreement: {
    usage: `Usage, on a computer of your own, without a box:
  modcall agreement make-key --output FILE [--passphrase-file FILE]
  modcall agreement sign-document DOCUMENT KEY [--passphrase-file FILE]
DOCUMENT is what "modcall agreement show --json" of the box has printed, KEY the file that make-key has written. Read what you sign: the box shows
in which fields it allows less and more. Without --passphrase-file the passphrase is asked for. Option: --json.`,
    keyMade: ({ path, publicKey }: { path: string; publicKey: string }) =>
      `Your key is in ${path}, sealed by the passphrase. Keep both to yourself: nobody can restore them.\nThe document names your public key: ${publicKey}`,
    signed: ({ version, hash, signature }: { version: number; hash: string; signature: string }) =>
      `You have signed the works agreement no. ${version} with the hash ${hash}. Compare that with what the box shows, then give it the signature:\n${signature}`,
  },
  reset: {
    usage: `Usage:
  modcall box reset   on a stopped box: removes settings with their history, users, forwarding, prompts and an installed certificate

The box then starts as a new one, with a new one-time code. Identity, licence, works agreements, audit record and records of calls stay.
Exit codes: 0 done, 2 usage, 3 failure.`,
    done: 'The box is reset. Start Modcall, and set it up by its one-time code.',
  },
  identity: {
    usage: `Usage:
  modcall identity backup --output FILE [--passphrase-file FILE]
  modcall identity restore FILE [--passphrase-file FILE]
Option: --json. Exit codes: 0 done, 2 usage, 3 failure.`,
    passphrase: 'Passphrase: ',
    passphraseAgain: 'Passphrase again: ',
    passphrasesDiffer: 'The two passphrases are not the same. Please try again.',
    restored: ({ hardwareId }: { hardwareId: string }) =>
      `The identity is restored. The hardware ID is ${hardwareId}. Start Modcall to use it.`,
    restoredOnOtherBoard: ({ before }: { before: string }) =>
      `The backup is of another board (hardware ID ${before}): the host key is the same now, the CPU is not. Ask your vendor for a licence key for this hardware ID.`,
  },
  written: ({ path }: { path: string }) => `Written: ${path}`,
  cannotRead: ({ path }: { path: string }) =>
    `The file ${path} cannot be read. Please check its name and that you may read it.`,
  cannotWrite: ({ path }: { path: string }) =>
    `The file ${path} cannot be written. Its folder must exist and be writable.`,
  alreadyThere: ({ path }: { path: string }) =>
    `The file ${path} exists already, and is not overwritten. Name another one with --output.`,
  tooLarge: ({ path }: { path: string }) => `The file ${path} is too large for this. Please check its name.`,
} satisfies Tree;
