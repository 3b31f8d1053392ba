import type { StartOptions } from '../cli/start-options.js';
import type { EngineAddress } from '../engine/engine.js';
import { PjsuaEngine } from '../engine/pjsua/pjsua-engine.js';
import { loadPrompts } from '../engine/pjsua/prompts.js';
import type { Log } from '../log/log.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { checkOwnPrompts } from '../store/settings/prompt-files.js';
import { toExtensionAccounts, toSpokenLanguages, toTrunkAccounts } from '../store/settings/settings-rules.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { cannotListen } from './cannot-listen.js';
import { installation } from './installation.js';
import { version } from './version.js';

const clockRate = 8000;
/** Longer than a network stalls, and than Opus is quiet without a word (RFC 7587: 400 ms). */
const silenceMs = 10_000;

export async function buildEngine(
  { sipPort }: StartOptions,
  folder: DataFolder,
  settings: Settings,
  log: Log,
): Promise<PjsuaEngine> {
  await checkOwnPrompts(folder.file('prompts'));
  const { sip } = settings;
  return new PjsuaEngine({
    address: sip.address,
    port: sipPort ?? sip.port,
    transports: sip.transports,
    realm: sip.realm,
    digest: sip.digest,
    ...(sip.publicAddress === undefined ? {} : { publicAddress: sip.publicAddress }),
    userAgent: `Modcall/${version}`,
    extensions: toExtensionAccounts(settings),
    trunks: toTrunkAccounts(settings),
    prompts: loadPrompts([folder.file('prompts'), installation.prompts], toSpokenLanguages(settings), clockRate),
    silenceMs,
    onLog: ({ level, message }) =>
      log[level <= 1 ? 'warn' : level === 2 ? 'debug' : 'trace']({ engine: message }, 'pjsip'),
  });
}

export async function listen(
  engine: PjsuaEngine,
  { sip }: Settings,
  { sipPort }: StartOptions,
): Promise<readonly EngineAddress[]> {
  return engine.start().catch((error: unknown) => {
    throw cannotListen(`${sip.address}:${sipPort ?? sip.port}`, error);
  });
}
