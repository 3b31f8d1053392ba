/** The address of a page as it is typed into a browser. */
export const httpUrl = (address: string, port: number, isEncrypted = false): string =>
  `${isEncrypted ? 'https' : 'http'}://${address.includes(':') ? `[${address}]` : address}:${port}`;
