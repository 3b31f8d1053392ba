const names: Readonly<Record<string, string>> = { handset: 'Hörer', phone: 'Telefon', line: 'Amtsleitung' };

/** What a port of the board is called whose name is one of the usual ones: `phone1` is `Telefon 1`. Any other name stays as the board has it. */
export function portName(port: string): string {
  const [, word = '', number = ''] = /^([a-z]+)(\d*)$/.exec(port) ?? [];
  const name = names[word];
  return name === undefined ? port : `${name} ${number}`.trim();
}
