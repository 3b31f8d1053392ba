/** After so long a pause what was typed is checked. */
export const checkAfterMs = 500;
