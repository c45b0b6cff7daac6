import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';
import { mistakeText } from '../core/planet-file.ts';
import { english, isKey, type MessageKey, type Messages } from '../i18n/catalogue.ts';
import { fallbacksOf } from '../i18n/locale.ts';
import { readMessages } from '../i18n/messages-file.ts';
import { root } from './environment.ts';

/** The file in the operator's folder that replaces single messages. */
export const OPERATOR_MESSAGES = 'messages.yaml';

/** `problems` are lines that begin with `file:line:column`. */
type MessagesFile = { messages: Partial<Messages>; problems: string[] };

export function readOperatorMessages(folder: string): MessagesFile {
  return readMessagesFile(join(folder, OPERATOR_MESSAGES));
}

function readMessagesFile(path: string): MessagesFile {
  if (!existsSync(path)) return { messages: {}, problems: [] };
  const file = readMessages(readFileSync(path, 'utf8'));
  if (file.kind === 'messages') return { messages: file.messages, problems: [] };
  return { messages: {}, problems: file.mistakes.map((mistake) => mistakeText(relative('.', path), mistake)) };
}

/** The messages of a language; those that its file lacks are in English. Throws an `OperatorError` if the file has mistakes. */
export function messagesIn(language: string): Messages {
  return { ...english, ...translationOf(language) };
}

/** The messages without a translation in the catalogue of the language and in `messages.yaml`: the site shows them in English. */
export function missingMessages(folder: string, language: string): MessageKey[] {
  if (fallbacksOf(language).includes('en')) return [];
  const translated = { ...translationOf(language), ...readOperatorMessages(folder).messages };
  return Object.keys(english).filter((key): key is MessageKey => isKey(key) && translated[key] === undefined);
}

/** The catalogue of a language, or of the nearest one; empty for English. */
function translationOf(language: string): Partial<Messages> {
  const path = fallbacksOf(language).map(languageFile).find(existsSync);
  const { messages, problems } = path === undefined ? { messages: {}, problems: [] } : readMessagesFile(path);
  if (problems.length > 0) throw new OperatorError(problems.join('\n'));
  return messages;
}

export function languageFile(tag: string): string {
  return join(root, 'src', 'i18n', `${tag}.yaml`);
}
