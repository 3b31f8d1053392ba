/** What is no whole number becomes one that the box rejects, with its reason. */
export const wholeNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : 0);
