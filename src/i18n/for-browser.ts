import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { escapeHtml } from '../core/clean-text.ts';
import type { Group, MessageKey, Messages } from './catalogue.ts';
import { en } from './en.ts';
import { localeOf } from './locale.ts';

/** What the library would do in the browser weighs more than all our scripts: messages come there as functions of their values. */

/**
 * A module for the browser: the messages of a group, each a text or a function that makes it of its values.
 * @param isHtml whether they become HTML there: then the words are escaped, and values and tags give HTML
 */
export function browserModule(group: Group, language: string, messages: Messages, isHtml: boolean): string {
  const texts = Object.keys(en[group]).map((name) => {
    const code = codeOf(parse(messages[`${group}.${name}` as MessageKey]), isHtml ? escapeHtml : (text) => text, '');
    const isText = !/\bv\./.test(code.replace(/"(?:[^"\\]|\\.)*"/g, ''));
    return `export const ${name}=${isText ? code : `v=>${code}`};`;
  });
  // Each by itself, so that a script holds those alone that it names.
  return `export const locale=${JSON.stringify(localeOf(language))};
const $p=(x,o)=>(o["="+x]??o[new Intl.PluralRules(locale).select(x)]??o.other)();
${texts.join('\n')}`;
}

/** An expression for a message. `counted` is the number that `#` stands for. */
function codeOf(elements: readonly MessageFormatElement[], print: (text: string) => string, counted: string): string {
  const parts = elements.map((element) => {
    switch (element.type) {
      case TYPE.literal:
        return JSON.stringify(print(element.value));
      case TYPE.argument:
        return `v.${element.value}`;
      case TYPE.number:
        return `v.${element.value}.toLocaleString(locale)`;
      case TYPE.pound:
        return `v.${counted}.toLocaleString(locale)`;
      case TYPE.tag:
        return `v.${element.value}(${codeOf(element.children, print, counted)})`;
      case TYPE.plural: {
        const forms = Object.entries(element.options).map(
          ([form, { value }]) => [form, codeOf(value, print, element.value)] as const,
        );
        const [[, only = '""'] = []] = forms;
        if (forms.length === 1) return only;
        return `$p(v.${element.value},{${forms.map(([form, code]) => `${JSON.stringify(form)}:()=>${code}`).join()}})`;
      }
      default:
        throw new Error(`A message for the browser has what it cannot have there: ${element.type}`);
    }
  });
  return parts.length === 0 ? '""' : parts.join('+');
}
