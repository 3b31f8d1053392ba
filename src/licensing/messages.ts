import type { Message } from '../locales/codes.js';
import type { TypingMistake } from './grouped-text.js';
import { type HardwareIdProblem, hardwareIdGroups, hardwareIdPrefix, hardwareIdText } from './hardware-id.js';
import { type KeyProblem, licenceKeyPrefix } from './licence-key.js';
import type { Allowed, Refusal, Verdict, Warning } from './verdict.js';

/** What a verdict tells an admin: why not, or by what, and the warnings. */
export function verdictMessages(verdict: Verdict): readonly Message[] {
  if (!verdict.isAllowed) return [refusalMessage(verdict.refusal)];
  return [allowedMessage(verdict), ...verdict.warnings.map(warningMessage)];
}

function allowedMessage({ by, members: limit }: Allowed): Message {
  if (by.kind === 'simulatedBoard') return { code: 'licence.allowed.simulatedBoard' };
  const { term, keyNumber } = by.licence;
  return { code: 'licence.allowed.licence', params: { kind: term.kind, keyNumber, limit } };
}

export function warningMessage(warning: Warning): Message {
  switch (warning.kind) {
    case 'expiresSoon': {
      const { expires, daysLeft } = warning;
      return { code: 'licence.warning.expiresSoon', params: { expires, daysLeft } };
    }
    case 'inGraceTime': {
      const { expired, ends, daysLeft } = warning;
      return { code: 'licence.warning.inGraceTime', params: { expired, ends, daysLeft } };
    }
    case 'clockNotSet':
      return { code: 'licence.warning.clockNotSet' };
  }
}

export function refusalMessage(refusal: Refusal): Message {
  switch (refusal.kind) {
    case 'noLicence':
      return { code: 'licence.refusal.noLicence' };
    case 'hardwareIdUnknown':
      return { code: 'licence.refusal.hardwareIdUnknown' };
    case 'keyUnread':
      return { code: 'licence.refusal.keyUnread' };
    case 'hardwareIdUnread':
      return { code: 'licence.refusal.hardwareIdUnread' };
    case 'badKey':
      return keyProblemMessage(refusal.problem, hardwareIdText(refusal.ownId));
    case 'blocked':
      return { code: 'licence.refusal.blocked', params: { ownId: hardwareIdText(refusal.ownId) } };
    case 'otherProduct':
      return { code: 'licence.refusal.otherProduct', params: { product: refusal.product } };
    case 'otherBox':
      return otherBox(refusal);
    case 'otherServer':
      return { code: 'licence.refusal.otherServer', params: { keyNumbers: refusal.keyNumbers } };
    case 'updateNotCovered': {
      const { highestMajor, version } = refusal;
      return { code: 'licence.refusal.updateNotCovered', params: { highestMajor, version } };
    }
    case 'expired':
      return expired(refusal);
    case 'clockSetBack':
      return { code: 'licence.refusal.clockSetBack', params: { shown: refusal.shown, latest: refusal.known } };
    case 'tierTooSmall':
      return { code: 'licence.refusal.tierTooSmall', params: { members: refusal.members, setUp: refusal.setUp } };
  }
}

function otherBox({ ownId, issuedFor, changedPart }: Extract<Refusal, { kind: 'otherBox' }>): Message {
  const params = { ownId: hardwareIdText(ownId), issuedFor: issuedFor.map(hardwareIdText) };
  switch (changedPart) {
    case 'key':
      return { code: 'licence.refusal.otherKey', params };
    case 'cpu':
      return { code: 'licence.refusal.otherCpu', params };
    case undefined:
      return { code: 'licence.refusal.otherBox', params };
  }
}

function expired({ licence, expired, ended }: Extract<Refusal, { kind: 'expired' }>): Message {
  switch (licence) {
    case 'demo':
      return { code: 'licence.refusal.demoExpired', params: { expired } };
    case 'rented':
      return { code: 'licence.refusal.rentedExpired', params: { expired, ended } };
    case 'nfr':
      return { code: 'licence.refusal.nfrExpired', params: { expired } };
  }
}

/** Why a text is not a licence key. @param ownId The hardware ID of the box, for whoever entered one instead. */
export function keyProblemMessage(problem: KeyProblem, ownId: string): Message {
  const prefix = licenceKeyPrefix;
  switch (problem.kind) {
    case 'empty':
      return { code: 'licence.keyProblem.empty', params: { prefix } };
    case 'tooLarge':
      return { code: 'licence.keyProblem.tooLarge' };
    case 'notText':
      return { code: 'licence.keyProblem.notText' };
    case 'notALicenceKey':
      return { code: 'licence.keyProblem.notALicenceKey', params: { prefix } };
    case 'hardwareIdInstead': {
      const isOwn = problem.id === undefined || hardwareIdText(problem.id) === ownId;
      const code = isOwn ? 'licence.keyProblem.ownHardwareId' : 'licence.keyProblem.otherHardwareId';
      return { code, params: { ownId, prefix } };
    }
    case 'typingMistake':
      return mistakeMessage(problem.mistake);
    case 'incomplete':
      return { code: 'licence.keyProblem.incomplete', params: { groups: problem.groups } };
    case 'notSigned':
      return { code: 'licence.keyProblem.notSigned' };
    case 'newerFormat':
      return { code: 'licence.keyProblem.newerFormat' };
    case 'unreadable':
      return { code: 'licence.keyProblem.unreadable' };
  }
}

export function hardwareIdProblemMessage(problem: HardwareIdProblem): Message {
  const prefix = hardwareIdPrefix;
  switch (problem.kind) {
    case 'wrongPrefix':
      return { code: 'licence.hardwareIdProblem.wrongPrefix', params: { prefix } };
    case 'typingMistake':
      return mistakeMessage(problem.mistake);
    case 'wrongLength': {
      const { groups } = problem;
      return { code: 'licence.hardwareIdProblem.wrongLength', params: { groups, needed: hardwareIdGroups, prefix } };
    }
  }
}

function mistakeMessage(mistake: TypingMistake): Message {
  const { group } = mistake;
  switch (mistake.kind) {
    case 'strangeCharacter':
      return { code: 'licence.mistake.strangeCharacter', params: { group, character: mistake.character } };
    case 'tooShort':
      return { code: 'licence.mistake.tooShort', params: { group } };
    case 'tooLong':
      return { code: 'licence.mistake.tooLong', params: { group } };
    case 'mistyped':
      return { code: 'licence.mistake.mistyped', params: { group } };
  }
}
