/** What `src/adapter/browser-messages.ts` compiles for the scripts in the browser. */
declare module 'planet-messages/reader' {
  const messages: import('./catalogue.ts').InBrowser<'reader'>;
  export = messages;
}
declare module 'planet-messages/results' {
  const messages: import('./catalogue.ts').InBrowser<'results'>;
  export = messages;
}
declare module 'planet-messages/colours?html' {
  const messages: import('./catalogue.ts').InBrowser<'colours'>;
  export = messages;
}
