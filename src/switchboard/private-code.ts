/** Before a number it makes the call private; alone it ends all listening to one's own calls. No public network has it. */
export const privateCode = '*00';

/** The number that is dialled behind the code; undefined where there is none. */
export const behindPrivateCode = (dialled: string): string | undefined =>
  dialled.startsWith(privateCode) && dialled !== privateCode ? dialled.slice(privateCode.length) : undefined;
