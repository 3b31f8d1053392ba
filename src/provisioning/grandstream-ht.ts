import { grandstreamFile } from './grandstream.js';
import { type Codec, hotlineDelaySeconds, type Phone, type PhoneLine, type PhoneOffice } from './phone.js';
import { element } from './xml.js';

/** Numbers of the settings of one FXS port. */
interface Port {
  readonly active: number;
  readonly server: number;
  readonly transport: number;
  readonly user: number;
  readonly authentication: number;
  readonly password: number;
  readonly name: number;
  readonly registration: number;
  readonly dtmf: readonly [number, number, number];
  readonly callFeatures: number;
  readonly offhookDial: number;
  readonly offhookDelay: number;
  readonly dialPlan: number;
  readonly vocoders: readonly number[];
}

const ports: readonly Port[] = [
  {
    ...{ active: 271, server: 47, transport: 130, user: 35, authentication: 36, password: 34, name: 3 },
    ...{ registration: 31, dtmf: [850, 851, 852], callFeatures: 191, offhookDial: 71, offhookDelay: 4045 },
    ...{ dialPlan: 4200, vocoders: [57, 58, 59, 60, 61, 62, 46] },
  },
  {
    ...{ active: 401, server: 747, transport: 830, user: 735, authentication: 736, password: 734, name: 703 },
    ...{ registration: 731, dtmf: [860, 861, 862], callFeatures: 751, offhookDial: 771, offhookDelay: 4046 },
    ...{ dialPlan: 4201, vocoders: [757, 758, 759, 760, 761, 762, 814] },
  },
];

const transports = { udp: '0', tcp: '1' } as const;
/** Those that these adapters have: no G.722. */
const vocoders: Readonly<Partial<Record<Codec, string>>> = { PCMU: '0', PCMA: '8', opus: '123' };
/** RFC 2833, which RFC 4733 replaced; SIP INFO; tones. */
const dtmfMethods = ['101', '102', '100'] as const;
/** Whatever is dialled, the box knows what it means. */
const anyNumber = '{x+|*x+}';
const languageSetting = 1362;
const timeZoneSetting = 64;

/**
 * Configuration of Grandstream HT801, HT802 and HT813 (`cfgMAC.xml`), by Grandstream's own template for the HT80x (firmware 1.0.10.6). Their
 * settings have numbers only.
 */
export function grandstreamHt({ id, lines, hotline }: Phone, office: PhoneOffice): string {
  const { language, timeZone } = office;
  const settings: readonly (readonly [number, string])[] = [
    [languageSetting, language],
    ...(timeZone ? [[timeZoneSetting, timeZone.posix] as const] : []),
    ...ports.flatMap((port, index) => {
      const line = lines[index];
      return line ? portSettings(port, line, index === 0 ? hotline : null, office) : [[port.active, '0'] as const];
    }),
  ];
  return grandstreamFile(
    id,
    '1',
    settings.map(([number, value]) => element(`P${number}`, {}, value)),
  );
}

function portSettings(
  port: Port,
  { number, name, password }: PhoneLine,
  hotline: string | null,
  { host, port: sipPort, transport, codecs }: PhoneOffice,
): readonly (readonly [number, string])[] {
  const known = codecs.flatMap((codec) => vocoders[codec] ?? []);
  return [
    [port.active, '1'],
    [port.server, `${host}:${sipPort}`],
    [port.transport, transports[transport]],
    [port.user, number],
    [port.authentication, number],
    [port.password, password],
    [port.name, name],
    [port.registration, '1'],
    ...port.dtmf.map((setting, place) => [setting, dtmfMethods[place] ?? '100'] as const),
    // Services of the adapter's own would take numbers such as *55 before the box hears of them.
    [port.callFeatures, '0'],
    [port.offhookDial, hotline ?? ''],
    [port.offhookDelay, String(hotlineDelaySeconds)],
    [port.dialPlan, anyNumber],
    ...port.vocoders.map((setting, place) => [setting, known[place] ?? known.at(-1) ?? '8'] as const),
  ];
}
