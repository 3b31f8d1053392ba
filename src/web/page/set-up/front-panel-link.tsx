import { say } from '../texts.js';

/** To the telephones and the exchange of a simulated board, beside this page. */
export const FrontPanelLink = ({ address }: { readonly address: string }) => (
  <a href={address} target="_blank" rel="noreferrer">
    {say('setUp.toFrontPanel')}
  </a>
);
