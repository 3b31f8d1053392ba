import type { TypingMistake } from './grouped-text.js';
import {
  type HardwareIdProblem,
  hardwareIdGroups,
  hardwareIdPrefix,
  hardwareIdText,
  type IdPart,
} from './hardware-id.js';
import { type KeyProblem, licenceKeyPrefix } from './licence-key.js';
import type { LicensingTexts } from './licensing-texts.js';
import type { Allowed, Refusal, Warning } from './verdict.js';

const kinds: LicensingTexts['kinds'] = {
  bought: 'bought',
  rented: 'rented',
  demo: 'demo',
  nfr: 'not for resale (NFR)',
};

function moment(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function members(limit: number | 'unlimited'): string {
  return limit === 'unlimited' ? 'any number of extensions' : `up to ${limit} extensions`;
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

function mistake(mistake: TypingMistake): string {
  switch (mistake.kind) {
    case 'strangeCharacter':
      return `Typing mistake in group ${mistake.group}: the character “${mistake.character}” does not occur there. Please compare this group.`;
    case 'tooShort':
      return `Typing mistake in group ${mistake.group}: a character is missing. Each group has five. Please compare this group.`;
    case 'tooLong':
      return `Typing mistake in group ${mistake.group}: it has a character too many. Each group has five. Please compare this group.`;
    case 'mistyped':
      return `Typing mistake in group ${mistake.group}: a character is wrong, or two are swapped. Please compare this group.`;
  }
}

function hardwareIdProblem(problem: HardwareIdProblem): string {
  switch (problem.kind) {
    case 'wrongPrefix':
      return `This is not a hardware ID: it must begin with ${hardwareIdPrefix}-.`;
    case 'typingMistake':
      return mistake(problem.mistake);
    case 'wrongLength':
      return `This is not a whole hardware ID: it has ${problem.groups} groups instead of ${hardwareIdGroups} after ${hardwareIdPrefix}-.`;
  }
}

function keyProblem(problem: KeyProblem, ownId: string): string {
  switch (problem.kind) {
    case 'empty':
      return 'There is no licence key in it. Please choose the licence file from your vendor, or paste the key that begins with ML1-.';
    case 'tooLarge':
      return 'This is too large for a licence key. Please choose the licence file you were sent; it has a few lines of text.';
    case 'notText':
      return 'This is not a licence file: it holds no plain text. Please choose the licence file you were sent, or type the key.';
    case 'notALicenceKey':
      return `This is not a licence key: it must begin with ${licenceKeyPrefix}-. Please choose the licence file from your vendor, or paste the key from it or from the QR code of your delivery note.`;
    case 'hardwareIdInstead':
      return hardwareIdInstead(problem.id && hardwareIdText(problem.id), ownId);
    case 'typingMistake':
      return mistake(problem.mistake);
    case 'incomplete':
      return `The licence key is not complete: it ends after group ${problem.groups}. Please enter all of it.`;
    case 'notSigned':
      return 'This licence key is not genuine: its signature does not fit. Please use the key exactly as you were sent it, or ask your vendor for a new one.';
    case 'newerFormat':
      return 'This licence key was made for a newer version of the product. Please update the box first, then enter the key again.';
    case 'unreadable':
      return 'This licence key is genuine, but holds something that makes no sense. Please ask your vendor for a new one.';
  }
}

function hardwareIdInstead(entered: string | undefined, ownId: string): string {
  const whose =
    entered === undefined || entered === ownId ? 'the hardware ID of this box' : 'the hardware ID of another box';
  return `This is ${whose}, not a licence key. Send the hardware ID (${ownId}) to your vendor; the licence key you get for it begins with ${licenceKeyPrefix}-.`;
}

function refusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'noLicence':
      return 'No licence key has been entered. Telephony works; monitoring does not. Order a licence with the order sheet and enter its key.';
    case 'hardwareIdUnknown':
      return 'The hardware ID cannot be found out, so no licence can be checked. See the log for the cause; if the host key is damaged, restore it from its backup.';
    case 'badKey':
      return keyProblem(refusal.problem, hardwareIdText(refusal.ownId));
    case 'blocked':
      return `Your vendor has blocked this box (${hardwareIdText(refusal.ownId)}) for licences that were not bought. Please ask your vendor.`;
    case 'otherProduct':
      return `This licence key is for another product (${refusal.product}). Please enter the key for Modcall.`;
    case 'otherBox':
      return otherBox(refusal);
    case 'otherServer':
      return `This licence key belongs to the server licence key number ${refusal.keyNumbers.join(' or ')}, which is not valid on this box. Please enter that server licence key here first, or ask your vendor for a key for this box.`;
    case 'updateNotCovered':
      return `This licence is for version ${refusal.highestMajor} and older; version ${refusal.version} is installed. A paid update is needed: order it with the order sheet, or go back to version ${refusal.highestMajor}.`;
    case 'expired':
      return expired(refusal);
    case 'clockSetBack':
      return `The clock of this box is wrong: it shows ${moment(refusal.shown)}, but it was already ${moment(refusal.known)}. Set the clock right, or enter a newly issued licence key.`;
    case 'tierTooSmall':
      return `The licence covers up to ${refusal.members} extensions, but ${refusal.setUp} are set up. Order the next tier with the order sheet, or remove ${refusal.setUp - refusal.members} of them.`;
  }
}

function otherBox({ ownId, issuedFor, changedPart }: Extract<Refusal, { kind: 'otherBox' }>): string {
  const boxes = `This licence key belongs to another box: ${issuedFor.map(hardwareIdText).join(', ')}. This box is ${hardwareIdText(ownId)}.`;
  switch (changedPart) {
    case 'key':
      return `${boxes} It is the same board with another host key, as after a new installation: restore the backup of the identity (modcall identity restore), or ask your vendor for a new key.`;
    case 'cpu':
      return `${boxes} It has the same host key on another board: ask your vendor for a key for this one.`;
    case undefined:
      return `${boxes} Enter the key on the box it was issued for, or order one for this box.`;
  }
}

function expired({ licence, expired, ended }: Extract<Refusal, { kind: 'expired' }>): string {
  switch (licence) {
    case 'demo':
      return `The demo licence expired on ${moment(expired)}. Order a licence with the order sheet to go on.`;
    case 'rented':
      return `The rented licence expired on ${moment(expired)}, its grace time on ${moment(ended)}. Please renew it with your vendor and enter the new key.`;
    case 'nfr':
      return `The NFR licence expired on ${moment(expired)}. Please ask your vendor for a new one.`;
  }
}

function warning(warning: Warning): string {
  switch (warning.kind) {
    case 'expiresSoon':
      return `The licence expires in ${days(warning.daysLeft)}, on ${moment(warning.expires)}. Please order or renew it in time.`;
    case 'inGraceTime':
      return `The licence expired on ${moment(warning.expired)}. Monitoring goes on for ${days(warning.daysLeft)} more, until ${moment(warning.ends)}. Please renew it now.`;
    case 'clockNotSet':
      return `The clock of this box is not set; the licence is judged by the last time known. Please check the network and the time server.`;
  }
}

function allowed({ by, members: limit }: Allowed): string {
  switch (by.kind) {
    case 'simulatedBoard':
      return 'Simulated board: it counts as not for resale (NFR) and needs no licence key. Not for use in an office.';
    case 'licence':
      return `Licence valid: ${kinds[by.licence.term.kind]}, key number ${by.licence.keyNumber}, ${members(limit)}.`;
  }
}

function hardwareIdChanged(changed: readonly IdPart[], before: string, now: string): string {
  const head = `The hardware ID is not the same as at the last start: it was ${before} and is ${now}.`;
  if (changed.length > 1) {
    return `${head} Both the CPU and the host key are other ones: this is another box. A licence key has to be issued for it.`;
  }
  if (changed[0] === 'key') {
    return `${head} The host key is another one, the CPU is the same. If you have a backup of the identity, restore it (modcall identity restore); otherwise a new licence key is needed.`;
  }
  return `${head} The CPU or board is another one, the host key is the same. If the board was replaced, ask your vendor for a licence key for the new hardware ID.`;
}

export const english: LicensingTexts = {
  kinds,
  labels: {
    product: 'Product',
    version: 'Version',
    hardwareId: 'Hardware ID',
    hardwareIds: 'Hardware IDs',
    serverKeys: 'Server licence keys',
    extensionsSetUp: 'Extensions set up',
    keyNumber: 'Key number',
    kind: 'Kind',
    holder: 'Issued for',
    issued: 'Issued',
    expires: 'Expires',
    graceDays: 'Grace time in days',
    never: 'never',
    members: 'Covers',
    highestMajor: 'Up to version',
    replaces: 'Replaces key number',
    licenceKey: 'Licence key',
    date: 'Date',
  },
  wishes: ['buy', 'rent', 'demo (30 days)', 'higher tier', 'paid update'],
  order: {
    title: 'Order sheet',
    introduction: 'Please send this sheet to your vendor. The licence key is made for this hardware ID.',
    customer: 'Customer',
    customerNumber: 'Customer or order number',
    wanted: 'Wanted',
    tier: 'Tier (extensions)',
    currentLicence: 'Present licence',
    none: 'none',
    hint: 'Keep a backup of the identity (modcall identity backup): after a new installation the hardware ID is another one without it.',
    scan: 'Hardware ID as QR code',
  },
  moment,
  members,
  mistake,
  hardwareIdProblem,
  keyProblem,
  refusal,
  warning,
  allowed,
  hardwareIdChanged,
};
