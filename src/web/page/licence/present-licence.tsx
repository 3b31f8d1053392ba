import type { ComponentChildren } from 'preact';
import type { OutputOf } from '../api/table.js';
import { type Row, Rows } from '../kit/rows.js';
import { dayText } from '../kit/times.js';
import { say } from '../texts.js';

export type LicenceShown = OutputOf<'GET', '/licence'>;

/** What is licensed; what binds the licence to the box is shown to admins only. */
export function PresentLicence({ licence }: { readonly licence: LicenceShown }) {
  const { isAllowed, kind, isSimulatedBoard, members, extensionsSetUp, expires, ends, warnings, details } = licence;
  const rows = [
    row('listening', say(isAllowed ? 'licence.allowed' : 'licence.notAllowed')),
    row('kind', kind && say(`licence.kindIs.${kind}`)),
    row('board', isSimulatedBoard && say('licence.simulatedBoard')),
    row('members', members === 'unlimited' ? say('licence.unlimited') : members),
    row('setUp', String(extensionsSetUp)),
    row('expires', expires && dayText(expires)),
    row('ends', ends !== expires && ends && dayText(ends)),
    row('hardwareId', details?.hardwareId && <code>{details.hardwareId}</code>),
    row('holder', details?.holder),
    row('keyNumber', details?.keyNumber),
  ];
  return (
    <>
      {warnings.map(({ kind, text }) => (
        <p key={kind} class="notice">
          {text}
        </p>
      ))}
      {details && details.text !== '' && <p class="said">{details.text}</p>}
      <Rows rows={rows} />
    </>
  );
}

type Label =
  | 'listening'
  | 'kind'
  | 'board'
  | 'members'
  | 'setUp'
  | 'expires'
  | 'ends'
  | 'hardwareId'
  | 'holder'
  | 'keyNumber';

/** A row, unless there is nothing to tell. */
const row = (label: Label, value: ComponentChildren): Row | null => (value ? [say(`licence.${label}`), value] : null);
