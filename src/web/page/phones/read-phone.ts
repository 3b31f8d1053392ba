import type { Button, Phone, SentPhone } from './phones-data.js';

/** What the form says of a phone. Fields that its model does not have are not in the form. */
export function readPhone(data: FormData, before: Phone | null): SentPhone {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const all = (name: string) => data.getAll(name).map(String);
  const number = text('onLift');
  return {
    id: before?.id ?? idIn(text('id')),
    // The box says what is wrong with any other.
    model: text('model') as Phone['model'],
    extensions: all('line').map(text),
    name: text('name') === '' ? null : text('name'),
    onLift: number === '' ? { kind: 'dialTone' } : { kind: 'call', number },
    buttons: all('button').map((name) => readButton(name, text)),
  };
}

/** As it stands on the phone: with colons or hyphens, in capitals. */
function idIn(text: string): string {
  const bare = text.replaceAll(/[\s:.-]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(bare) ? bare : text.toLowerCase();
}

function readButton(name: string, text: (name: string) => string): Button {
  const kind = text(`${name}.kind`);
  if (kind === 'blf') return { kind, extension: text(`${name}.extension`) };
  if (kind === 'monitoring') return { kind, profile: text(`${name}.profile`) };
  if (kind === 'listening') return { kind };
  return { kind: 'speedDial', number: text(`${name}.number`), label: text(`${name}.label`) };
}
