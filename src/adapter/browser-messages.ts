import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { ViteUserConfig } from 'astro';
import { avatarRules } from '../core/avatar-files.ts';
import { escapeHtml } from '../core/clean-text.ts';
import { english, type Group, isGroup, type MessageKey, type Messages } from '../i18n/catalogue.ts';
import { en } from '../i18n/en.ts';
import { localeOf } from '../i18n/locale.ts';
import { placesIn } from '../i18n/messages-file.ts';
import { isForeign } from '../i18n/words.ts';

type Plugin = Extract<NonNullable<ViteUserConfig['plugins']>[number], { name: string }>;

const ADDRESS = /^\0?planet-messages\/(\w+)(\?html)?$/;

/** The style sheet with the rules that are written by code, and a message for screen readers, next to the mark of a new entry. */
const STYLE = 'planet-messages.css';

/** The Vite plugin for `planet-messages/GROUP`: the compiled messages of a group for scripts in the browser; with `?html` as HTML. */
export function browserMessages(language: string, messages: Messages) {
  return {
    name: 'orrery-messages',
    resolveId: (id: string) => (id === STYLE || ADDRESS.test(id) ? `\0${id}` : undefined),
    load: (id: string) => {
      if (id === `\0${STYLE}`)
        return `:root { --new: ${JSON.stringify(messages['river.new'].replace(/\s+/g, ' '))}; }\n${avatarRules()}`;
      const [, group = '', html] = (id.startsWith('\0') && ADDRESS.exec(id)) || [];
      return isGroup(group) ? browserModule(group, language, messages, html !== undefined) : undefined;
    },
  } satisfies Plugin;
}

/** Texts and functions to texts: the library is larger than our scripts. `isHtml`: texts are escaped, values HTML. */
export function browserModule(group: Group, language: string, messages: Messages, isHtml: boolean): string {
  const locale = localeOf(language);
  const texts = Object.keys(en[group]).map((name) => {
    const key = `${group}.${name}` as MessageKey;
    const print = isHtml ? escapeHtml : (text: string) => text;
    const code = codeOf(parse(messages[key]), { print, isForeign: isForeign(key, messages, locale) }, '');
    // The scripts give values to each message whose English text has any.
    return `export const ${name}=${placesIn(english[key]).size === 0 ? code : `v=>${code}`};`;
  });
  // Each has its own export, so that a script contains only the messages that it uses.
  return `export const locale=${JSON.stringify(locale)};
const $p=(x,o,l=locale)=>(o["="+x]??o[new Intl.PluralRules(l).select(x)]??o.other)();
${texts.join('\n')}`;
}

/** `isForeign`: English words of a page in another language, with the plurals of English. */
type Form = { print: (text: string) => string; isForeign: boolean };

/** A message as a JavaScript expression. `counted` is the name of the number for `#`. */
function codeOf(elements: readonly MessageFormatElement[], form: Form, counted: string): string {
  const parts = elements.map((element) => {
    switch (element.type) {
      case TYPE.literal:
        return JSON.stringify(form.print(element.value));
      case TYPE.argument:
        return `v.${element.value}`;
      case TYPE.number:
        return `v.${element.value}.toLocaleString(locale)`;
      case TYPE.pound:
        return `v.${counted}.toLocaleString(locale)`;
      case TYPE.tag:
        return `v.${element.value}(${codeOf(element.children, form, counted)})`;
      case TYPE.plural: {
        const forms = Object.entries(element.options).map(
          ([kind, { value }]) => [kind, codeOf(value, form, element.value)] as const,
        );
        const [[, only = '""'] = []] = forms;
        if (forms.length === 1) return only;
        return `$p(v.${element.value},{${forms.map(([kind, code]) => `${JSON.stringify(kind)}:()=>${code}`).join()}}${form.isForeign ? ',"en"' : ''})`;
      }
      default:
        throw new Error(`A message for the browser has an element that is not supported there: ${element.type}`);
    }
  });
  return parts.length === 0 ? '""' : parts.join('+');
}
