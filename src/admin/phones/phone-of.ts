import { text } from '../../locales/text.js';
import { letInCode } from '../../primitives/busy-lamp.js';
import { modelFacts } from '../../primitives/phone-models.js';
import type { Phone, PhoneButton, PhoneLine, PhoneOffice } from '../../provisioning/phone.js';
import type { TimeZone } from '../../provisioning/time-zone.js';
import type { PhoneSettings, Settings } from '../../store/settings/settings-schema.js';

/** What the box knows of itself that is no setting. */
export interface PhoneFacts {
  /** Where it listens for SIP; null where it does not. */
  readonly sipPort: number | null;
  /** The same over TLS, which may come later. */
  sipTlsPort(): number | null;
  readonly codecs: PhoneOffice['codecs'];
  readonly timeZone: TimeZone | null;
}

/** The phone that an entry of the settings describes. */
export function phoneOf(entry: PhoneSettings, settings: Settings): Phone {
  const { id, model, name, onLift, buttons } = entry;
  const { isAdapter, hasButtons } = modelFacts[model];
  return {
    id,
    model,
    lines: entry.extensions.flatMap((number) => lineOf(number, name, settings)),
    buttons: hasButtons ? buttons.flatMap((button) => buttonOf(button, settings)) : [],
    hotline: isAdapter && onLift.kind === 'call' ? onLift.number : null,
  };
}

function lineOf(number: string, name: string | null, { extensions }: Settings): readonly PhoneLine[] {
  const extension = extensions.find((each) => each.number === number);
  if (!extension) return [];
  const { password, encryption } = extension;
  return [{ number, name: name ?? extension.name, password, encryption }];
}

function buttonOf(button: PhoneSettings['buttons'][number], settings: Settings): readonly PhoneButton[] {
  switch (button.kind) {
    case 'listening':
      return [{ kind: 'blf', number: letInCode, label: text(settings.language, 'phone.listening') }];
    case 'blf': {
      const extension = settings.extensions.find(({ number }) => number === button.extension);
      return extension ? [{ kind: 'blf', number: extension.number, label: extension.name }] : [];
    }
    case 'speedDial':
      return [button];
    case 'monitoring': {
      const profile = settings.profiles.find(({ id }) => id === button.profile);
      return profile ? [{ kind: 'speedDial', number: profile.service, label: profile.name }] : [];
    }
  }
}

/** @param host The name or address by which the phone reaches the box. */
export function officeOf(
  settings: Settings,
  host: string,
  { sipPort, sipTlsPort, codecs, timeZone }: PhoneFacts,
): PhoneOffice {
  const { sip, language, country } = settings;
  return {
    // Where the box listens at one address only, it is not reached at another.
    host: sip.address === '0.0.0.0' ? host : sip.address,
    port: sipPort ?? sip.port,
    transport: sip.transports.includes('udp') ? 'udp' : 'tcp',
    tlsPort: sipTlsPort(),
    realm: sip.realm,
    language,
    country,
    codecs,
    timeZone,
  };
}
