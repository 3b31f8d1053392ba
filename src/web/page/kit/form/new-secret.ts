import { passwordFault } from '../../../../primitives/password-rules.js';
import { visiblePinFault } from '../../../../primitives/pin-rules.js';
import { longestName, nameAsKept } from '../../../../primitives/user-name.js';
import { ApiProblem } from '../../api/api-problem.js';
import { say } from '../../texts.js';

/**
 * What is seen of a new PIN without asking the box: none leaves the page before it is set, and only then is it told whether somebody else has it.
 * @throws ApiProblem at the field `pin`
 */
export function requirePin(pin: string, number: string): void {
  const fault = visiblePinFault(pin, number);
  if (fault !== null) throw faulty('pin', say(`people.pinFault.${fault}`));
}

/**
 * What the box would say of a new password, which does not leave the page for that.
 * @throws ApiProblem
 */
export function requirePassword(field: string, password: string, user: string): void {
  const fault = passwordFault(password, user);
  if (fault !== null) throw faulty(field, say(`own.passwordFault.${fault}`));
}

/** @throws ApiProblem at the field `name`, for what cannot be the name of a user. */
export function requireUserName(name: string): void {
  if (nameAsKept(name) === null) throw faulty('name', say('own.nameUnusable', { longest: longestName }));
}

const faulty = (field: string, text: string): ApiProblem =>
  new ApiProblem(422, 'page', text, [{ path: [field], code: 'page', text, isAll: true }]);
