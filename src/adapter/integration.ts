import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { AstroIntegration, ViteUserConfig } from 'astro';
import { root } from '../archive/environment.ts';
import { slashes } from '../archive/link-target.ts';
import { avatarRules } from '../core/avatar-files.ts';
import { escapeHtml } from '../core/clean-text.ts';
import { SLOTS } from '../core/own-page.ts';
import { FILE_ROUTES } from '../core/paths.ts';
import type { Theme } from '../core/planet.ts';
import { PICTURES } from '../core/planet-values.ts';
import { type Group, isGroup, type MessageKey, type Messages } from '../i18n/catalogue.ts';
import { en } from '../i18n/en.ts';
import { localeOf } from '../i18n/locale.ts';
import { isForeign } from '../i18n/words.ts';
import { outputs } from '../outputs/formats.ts';

/** Makes Astro compile an app that renders any address (`server.ts`), with a route for each file that is no page. */
export function orrery(): AstroIntegration {
  return {
    name: 'orrery',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        const entrypoint = new URL('./file-route.ts', import.meta.url);
        // The ending must be part of the route, or Astro treats the address as that of a folder.
        for (const pattern of FILE_ROUTES) injectRoute({ pattern, entrypoint });
        for (const { path } of outputs) injectRoute({ pattern: `/[...view]${path}`, entrypoint });
        for (const ending of PICTURES) injectRoute({ pattern: `/avatars/[name]${ending}`, entrypoint });
        for (const ending of ['.png', '.svg']) injectRoute({ pattern: `/[name]${ending}`, entrypoint });
      },
      'astro:config:done': ({ setAdapter }) =>
        setAdapter({
          name: 'orrery',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('./server.ts', import.meta.url),
          supportedAstroFeatures: { serverOutput: 'stable', staticOutput: 'stable' },
        }),
    },
  };
}

const OWN = 'theme.css';

/** The files of `planet-theme.css` (the theme in `planet.yaml`) and `planet-own.css` (the operator's), which the layout imports. */
export function themeAliases(theme: Theme, folder: string): Record<string, string> {
  const ownCss = join(folder, OWN);
  const file = join(root, `src/styles/themes/${theme}.css`);
  // Without an own file, the theme again: a bundle has each file only once.
  return { 'planet-theme.css': slashes(file), 'planet-own.css': slashes(existsSync(ownCss) ? ownCss : file) };
}

/** The files of `planet-slots/footer.astro` and others: the operator's own, or an empty template. */
export function slotAliases(folder: string): Record<string, string> {
  const paths = SLOTS.map((name): [string, string] => {
    const ownFile = join(folder, 'slots', `${name}.astro`);
    const path = existsSync(ownFile) ? ownFile : join(root, 'src/components/slots/Empty.astro');
    return [`planet-slots/${name}.astro`, slashes(path)];
  });
  return Object.fromEntries(paths);
}

type Plugin = Extract<NonNullable<ViteUserConfig['plugins']>[number], { name: string }>;

const ADDRESS = /^\0?planet-messages\/(\w+)(\?html)?$/;

/** The style sheet with the rules that are written by code, and a message for screen readers, next to the mark of a new entry. */
const STYLE = 'planet-messages.css';

/** The Vite plugin for `planet-messages/GROUP`: the compiled messages of a group for scripts in the browser; with `?html` as HTML. */
export function browserMessages(language: string, messages: Messages): Plugin {
  return {
    name: 'orrery-messages',
    resolveId: (id) => (id === STYLE || ADDRESS.test(id) ? `\0${id}` : undefined),
    load: (id) => {
      if (id === `\0${STYLE}`) return `:root { --new: ${JSON.stringify(messages['river.new'])}; }\n${avatarRules()}`;
      const [, group = '', html] = (id.startsWith('\0') && ADDRESS.exec(id)) || [];
      return isGroup(group) ? browserModule(group, language, messages, html !== undefined) : undefined;
    },
  };
}

/** Texts and functions to texts: the library is larger than our scripts. `isHtml`: texts are escaped, values HTML. */
export function browserModule(group: Group, language: string, messages: Messages, isHtml: boolean): string {
  const locale = localeOf(language);
  const texts = Object.keys(en[group]).map((name) => {
    const key = `${group}.${name}` as MessageKey;
    const print = isHtml ? escapeHtml : (text: string) => text;
    const code = codeOf(parse(messages[key]), { print, isForeign: isForeign(key, messages, locale) }, '');
    const isText = !/\bv\./.test(code.replace(/"(?:[^"\\]|\\.)*"/g, ''));
    return `export const ${name}=${isText ? code : `v=>${code}`};`;
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
