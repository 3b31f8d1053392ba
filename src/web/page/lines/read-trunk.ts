import { readEncryption } from '../kit/form/encryption-field.js';
import { shortName } from '../kit/form/short-name.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import { readInbound } from './inbound-field.js';
import type { Trunk } from './lines-data.js';
import { readNumbers } from './number-fields.js';
import { readRegistration } from './registration-fields.js';
import { readTold } from './told-fields.js';

export type TrunkKind = Trunk['kind'];

/** What a form says of a trunk; what it does not say stays as it is. */
export function readTrunk(data: FormData, before: Trunk | null) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const kind = before?.kind ?? (text('kind') as TrunkKind);
  return {
    id: before?.id ?? shortName(text('name')),
    kind,
    name: text('name'),
    prefix: text('prefix'),
    inbound: readInbound(data, 'inbound'),
    ...(kind === 'analog' ? { fxo: text('fxo') } : sipPart(kind, text, data)),
  };
}

const transports = ['udp', 'tcp', 'tls'] as const;

function sipPart(kind: TrunkKind, text: (name: string) => string, data: FormData) {
  const password = String(data.get('password') ?? '');
  const transport = transports.find((each) => each === text('transport')) ?? 'udp';
  return {
    host: text('host'),
    port: text('port') === '' ? null : wholeNumber(text('port')),
    transport,
    numbers: [...readNumbers(data)],
    callerId: text('callerId') === '' ? null : text('callerId'),
    trusted: data.has('trusted'),
    ...readTold(data),
    encryption: readEncryption(data),
    ...(kind === 'address'
      ? {
          addresses: text('addresses')
            .split(/[\s,;]+/)
            .filter((each) => each !== ''),
        }
      : {}),
    ...(kind === 'registering'
      ? { username: text('username'), ...(password === '' ? {} : { password }), ...readRegistration(text) }
      : {}),
  };
}
