import type { firstSettings as english } from '../en/first-settings.js';
import type { Translation } from '../tree.js';

export const firstSettings: Translation<typeof english> = {
  leads: 'Leitung',
  support: 'Kundendienst',
  moderator: 'Moderator',
  handset: 'Hörer',
  phone: 'Telefon',
  line: 'Amtsleitung',
};
