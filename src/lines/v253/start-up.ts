import type { Country } from '../../primitives/country.js';
import type { Line } from '../line.js';
import type { HatDialogue } from './hat-dialogue.js';
import { CommandRefused, LineTrouble } from './line-trouble.js';

/** What a HAT reported about itself. */
export interface Hat {
  /** Maker, model and revision. */
  readonly hardware: string;
  /** Whether it detects DTMF digits itself. */
  readonly detectsDigits: boolean;
}

type LineKind = Line['kind'];

/** Major number of PROTOCOL.md's version that this driver speaks. */
const profileMajor = 1;

/** Codes of ITU-T T.35, as +GCI wants them. A line has to go by some country before anybody has chosen one: emergency calls go out on it. */
const countryCodes: Record<Country, string> = { de: '42', gb: 'B4', us: 'B5', unknown: '42' };

const dtmfEvent = 0x08000000;

/** The value of +VLS for each kind of line: local phone or telephone line. */
const choiceOf: Record<LineKind, string> = { fxs: '2,"L"', fxo: '1,"T"' };

/** Brings a HAT into service from any state (PROTOCOL.md, 6), or rejects with a LineTrouble that says what is wrong. */
export async function startUp(dialogue: HatDialogue, kind: LineKind, country: Country): Promise<Hat> {
  await dialogue.ask('ATZ');
  await dialogue.ask('ATE0');
  await checkProfile(dialogue);
  const [maker, model, revision] = [
    await textOf(dialogue, 'AT+GMI'),
    await textOf(dialogue, 'AT+GMM'),
    await textOf(dialogue, 'AT+GMR'),
  ];
  const mask = await eventsOf(dialogue, kind);
  await dialogue.ask('AT+FCLASS=8');
  await dialogue.ask(`AT+GCI=${countryCodes[country]}`);
  await dialogue.ask(`AT+VEM=${mask.toString(16).toUpperCase().padStart(8, '0')}`);
  return { hardware: `${maker} ${model} ${revision}`, detectsDigits: (mask & dtmfEvent) !== 0 };
}

async function checkProfile(dialogue: HatDialogue): Promise<void> {
  const lines = await dialogue.ask('AT#HAT?').catch((error: unknown) => {
    if (error instanceof CommandRefused) return [];
    throw error;
  });
  const version = lines.map((line) => /^#HAT: (\d+)\.(\d+)$/.exec(line)).find((match) => match !== null);
  if (!version)
    throw new LineTrouble(
      'what answers is not a HAT for Modcall: it does not know the command AT#HAT?',
      'advice.line.notAHat',
    );
  if (Number(version[1]) !== profileMajor) {
    const spoken = `${version[1]}.${version[2]}`;
    throw new LineTrouble(
      `the HAT speaks version ${spoken} of the profile, and ${profileMajor}.x is needed`,
      'advice.line.otherVersion',
    );
  }
}

async function textOf(dialogue: HatDialogue, command: string): Promise<string> {
  const [text = ''] = await dialogue.ask(command);
  return text;
}

/** The events that the HAT can report, as a mask. */
async function eventsOf(dialogue: HatDialogue, kind: LineKind): Promise<number> {
  const choices = await dialogue.ask('AT+VLS=?');
  const choice = choices.find((line) => line.startsWith(`${choiceOf[kind]},`));
  const other = kind === 'fxs' ? 'fxo' : 'fxs';
  if (choice === undefined && choices.some((line) => line.startsWith(`${choiceOf[other]},`))) {
    throw new LineTrouble(
      `this is an ${other.toUpperCase()} line, and the board file says ${kind.toUpperCase()}`,
      'advice.line.otherKind',
    );
  }
  const mask = /,([0-9A-F]{8})$/.exec(choice ?? '')?.[1];
  if (mask === undefined) throw new LineTrouble('the HAT does not say what line it has (AT+VLS=?)');
  return Number.parseInt(mask, 16);
}
