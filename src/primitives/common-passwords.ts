/** What the commonest passwords of the world, of German and English offices, and of boxes like this one are made of, without accents. */
export const commonPasswords: readonly string[] = [
  'password passwort kennwort passwd pass secret geheim login welcome willkommen letmein changeme default admin administrator root',
  'user guest test demo master office buero modcall telephone telefon phone handy computer internet server firma company 12345678',
  '123456 12345 87654321 654321 11111 00000 1q2w3e4r5t 1qaz2wsx 3edc4rfv q1w2e3r4 abcdef abc123 qwerty qwertz uiop azerty asdfgh asdf',
  'jkl zxcvb yxcvb qazwsx iloveyou ichliebedich ichliebe hallo hello schatz sunshine princess prinzessin football fussball baseball',
  'basketball dragon monkey shadow superman batman starwars pokemon whatever spring summer autumn winter fruhling fruehling sommer',
  'herbst january february october november december januar februar oktober dezember monday montag friday freitag germany deutschland',
  'berlin hamburg munchen muenchen london liverpool arsenal chelsea schalke bayern',
].flatMap((words) => words.split(' '));
