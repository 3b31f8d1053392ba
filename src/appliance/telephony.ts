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
import { NotInTime } from '../store/in-time.js';
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
import type { LeftOut } from './troubles.js';
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
  leftOut: LeftOut,
): Promise<Telephony> {
  const { sip } = settings;
  const ports = sipPorts(settings, sipPort);
  const prompts = new SpokenPrompts([installation.prompts], clockRate);
  await useOwnPrompts(prompts, folder, settings, log, leftOut);
  await prompts.load(toSpokenLanguages(settings));
  const identity = () =>
    leftOut
      .orLate(
        opening.then(({ certificate }) => certificate.current),
        patienceMs,
        withoutTls,
        async (late) => log.info({ address: await engine.listenOverTls(late) }, 'phones can register over TLS'),
      )
      .catch((cause: unknown) => {
        leftOut.tell(new NotInTime(withoutTls, { cause }));
        return undefined;
      });
  const engine: PjsuaEngine = new PjsuaEngine({
    ...engineOptions(settings),
    address: sip.address,
    port: ports.port,
    transports: sip.transports.filter((transport) => transport !== 'tls'),
    ...(sip.transports.includes('tls') ? { tls: { port: ports.tlsPort, identity } } : {}),
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

const withoutTls: Message = { code: 'start.leftOut.tls' };

/** Speaks the admin's own prompts where they can be used; where the disk takes too long to show that, from then on: telephony does not wait for it. */
async function useOwnPrompts(
  prompts: SpokenPrompts,
  folder: DataFolder,
  { language }: Settings,
  log: Log,
  leftOut: LeftOut,
): Promise<void> {
  const own = folder.file('prompts');
  const checking = checkOwnPrompts(own).then(
    () => true,
    (error: unknown) => {
      const advice = error instanceof AdminError ? problemText(language, error) : String(error);
      log.error({ code: 'ownPromptsUnusable', advice }, 'prompts of your own cannot be used: those of Modcall are');
      return false;
    },
  );
  const use = async (areUsable: boolean | undefined) => {
    if (areUsable) await prompts.use([own, installation.prompts]);
  };
  await use(await leftOut.orLate(checking, patienceMs, { code: 'start.leftOut.prompts' }, use));
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
