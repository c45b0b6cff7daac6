import type { ViteUserConfig } from 'astro';
import { isGroup, type Messages } from '../i18n/catalogue.ts';
import { browserModule } from '../i18n/for-browser.ts';

type Plugin = Extract<NonNullable<ViteUserConfig['plugins']>[number], { name: string }>;

const ADDRESS = /^\0?planet-messages\/(\w+)(\?html)?$/;

/** The style sheet with messages: a word next to a mark, for screen readers. */
const STYLE = 'planet-messages.css';

/** The Vite plugin for `planet-messages/GROUP`: the compiled messages of a group for scripts in the browser; with `?html` as HTML. */
export function browserMessages(language: string, messages: Messages): Plugin {
  return {
    name: 'orrery-messages',
    resolveId: (id) => (id === STYLE || ADDRESS.test(id) ? `\0${id}` : undefined),
    load: (id) => {
      if (id === `\0${STYLE}`) return `:root { --new: ${JSON.stringify(messages['river.new'])}; }`;
      const [, group = '', html] = (id.startsWith('\0') && ADDRESS.exec(id)) || [];
      return isGroup(group) ? browserModule(group, language, messages, html !== undefined) : undefined;
    },
  };
}
