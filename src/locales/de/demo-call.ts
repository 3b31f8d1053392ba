import type { demoCall as english } from '../en/demo-call.js';
import type { Translation } from '../tree.js';

export const demoCall: Translation<typeof english> = {
  notHere:
    'Diese Platine hat keine eingebauten Telefone. Rufen Sie von einem Telefon ein anderes an, und hören Sie bei diesem Gespräch mit.',
  tooFew:
    'Die eingebauten Telefone brauchen zwei Nebenstellen, die mit dem Mithören einverstanden sind und noch kein Telefon haben, eine davon Mitglied eines Profils. Ergänzen Sie sie, oder rufen Sie von einem Telefon ein anderes an.',
};
