/** The compiled messages of a group, for the scripts in the browser: src/adapter/browser-messages.ts. */
declare module 'planet-messages/reader?html' {
  const messages: import('./i18n/catalogue.ts').InBrowser<'reader'>;
  export = messages;
}
declare module 'planet-messages/results' {
  const messages: import('./i18n/catalogue.ts').InBrowser<'results'>;
  export = messages;
}
declare module 'planet-messages/colours?html' {
  const messages: import('./i18n/catalogue.ts').InBrowser<'colours'>;
  export = messages;
}
/** The operator's own template for a place of a page, or an empty one: `slotAliases` in src/adapter/integration.ts. */
declare module 'planet-slots/*' {
  export default function Slot(props: { path: string }): astroHTML.JSX.Element;
}
