import type { StartOptions } from '../cli/start-options.js';
import type { Engine, EngineAddress } from '../engine/engine.js';
import { SpokenPrompts } from '../engine/pjsua/load-prompts.js';
import { PjsuaEngine, type PjsuaLiveOptions } from '../engine/pjsua/pjsua-engine.js';
import { Counted } from '../gateway/counted.js';
import type { Message } from '../locales/codes.js';
import { problemText } from '../locales/problem-text.js';
import type { Log } from '../log/log.js';
import { AdminError } from '../store/admin-error.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { inTime, NotInTime } from '../store/in-time.js';
import { checkOwnPrompts } from '../store/settings/prompt-files.js';
import {
  toDirectory,
  toExtensionAccounts,
  toSpokenLanguages,
  toTrunkAccounts,
} from '../store/settings/settings-rules.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { emergencyNumbersAsDialled } from '../switchboard/dial-plan.js';
import { cannotListen, sipPorts } from './cannot-listen.js';
import type { OpenCertificate } from './certificate.js';
import { installation } from './installation.js';
import type { TellLeftOut } from './troubles.js';
import { version } from './version.js';

const clockRate = 8000;
/** Telephony does not wait any longer for a part of the box. */
const patienceMs = 4000;
/** How much of a PJSIP line identifies its kind. */
const kindLength = 48;
/** Longer than a network stalls, and than Opus pauses without a packet (RFC 7587: 400 ms). */
const silenceMs = 10_000;

/** The SIP engine, and what it says to people. */
interface Telephony {
  readonly engine: PjsuaEngine;
  readonly prompts: SpokenPrompts;
}

/** What of the settings the engine goes by while it runs. */
export const engineOptions = (settings: Settings): PjsuaLiveOptions => ({
  digest: settings.sip.digest,
  extensions: toExtensionAccounts(settings),
  trunks: toTrunkAccounts(settings),
  emergencyNumbers: emergencyNumbersAsDialled(toDirectory(settings)),
});

export async function buildEngine(
  { sipPort }: StartOptions,
  folder: DataFolder,
  settings: Settings,
  opening: Promise<OpenCertificate>,
  log: Log,
  onLeftOut: TellLeftOut,
): Promise<Telephony> {
  const { sip } = settings;
  const ports = sipPorts(settings, sipPort);
  const prompts = new SpokenPrompts(await promptFolders(folder, settings, log, onLeftOut), clockRate);
  await prompts.load(toSpokenLanguages(settings));
  const engine = new PjsuaEngine({
    ...engineOptions(settings),
    address: sip.address,
    port: ports.port,
    transports: sip.transports.filter((transport) => transport !== 'tls'),
    ...(sip.transports.includes('tls') ? { tls: tlsListening(ports.tlsPort, opening, onLeftOut) } : {}),
    realm: sip.realm,
    ...(sip.publicAddress === undefined ? {} : { publicAddress: sip.publicAddress }),
    userAgent: `Modcall/${version}`,
    prompts,
    silenceMs,
    onLog: engineLog(log),
  });
  opening.then(
    ({ certificate }) => certificate.onChange((identity) => engine.setTlsIdentity(identity)),
    () => undefined,
  );
  return { engine, prompts };
}

const tlsListening = (port: number, opening: Promise<OpenCertificate>, onLeftOut: TellLeftOut) => ({
  port,
  identity: async () => {
    const leftOut: Message = { code: 'start.leftOut.tls' };
    try {
      return (await inTime(() => opening, patienceMs, leftOut)).certificate.current;
    } catch (cause) {
      onLeftOut(cause instanceof NotInTime ? cause : new NotInTime(leftOut, { cause }));
      return null;
    }
  },
});

/** The folders to look for prompts in. The admin's own are left out while one of them cannot be used: telephony does not wait for that. */
async function promptFolders(
  folder: DataFolder,
  { language }: Settings,
  log: Log,
  onLeftOut: TellLeftOut,
): Promise<readonly string[]> {
  const own = folder.file('prompts');
  try {
    await inTime(() => checkOwnPrompts(own), patienceMs, { code: 'start.leftOut.prompts' });
    return [own, installation.prompts];
  } catch (error) {
    if (error instanceof NotInTime) {
      onLeftOut(error);
      return [installation.prompts];
    }
    const advice = error instanceof AdminError ? problemText(language, error) : String(error);
    log.error({ code: 'ownPromptsUnusable', advice }, 'prompts of your own cannot be used: those of Modcall are');
    return [installation.prompts];
  }
}

/** PJSIP's own lines, for developers. Many concern what strangers send: each kind is logged once, then counted. */
function engineLog(log: Log): (line: { readonly level: number; readonly message: string }) => void {
  const counted = new Counted(({ kind, more }) =>
    log.debug({ engine: kind, more }, 'more lines of this kind from pjsip'),
  );
  return ({ level, message }) => {
    if (!counted.admit(message.replace(/\d+/g, '0').slice(0, kindLength), 'pjsip')) return;
    log[level <= 1 ? 'warn' : level === 2 ? 'debug' : 'trace']({ engine: message }, 'pjsip');
  };
}

export async function listen(
  engine: Engine,
  settings: Settings,
  { sipPort }: StartOptions,
): Promise<readonly EngineAddress[]> {
  return engine.start().catch((error: unknown) => {
    throw cannotListen(settings, sipPorts(settings, sipPort), error);
  });
}
