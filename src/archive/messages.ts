import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';
import { type Mistake, mistakeText } from '../core/planet-file.ts';
import { english, isKey, type MessageKey, type Messages } from '../i18n/catalogue.ts';
import { fallbacksOf } from '../i18n/locale.ts';
import { readMessages } from '../i18n/messages-file.ts';
import { root } from './environment.ts';

/** The file in the operator's folder that says single messages otherwise. */
export const OWN_MESSAGES = 'messages.yaml';

/** The operator's own messages; none where there is no file. Mistakes are told as those of `planet.yaml` are. */
export function readOwnMessages(folder: string): { messages: Partial<Messages>; problems: string[] } {
  const path = join(folder, OWN_MESSAGES);
  if (!existsSync(path)) return { messages: {}, problems: [] };
  const file = readMessages(readFileSync(path, 'utf8'));
  if (file.kind === 'messages') return { messages: file.messages, problems: [] };
  return { messages: {}, problems: file.mistakes.map((mistake) => mistakeText(relative('.', path), mistake)) };
}

/** The messages of a language: what its file does not have is English. Throws an `OperatorError` where the file has mistakes. */
export function messagesIn(language: string): Messages {
  return { ...english, ...ownMessagesOf(language) };
}

/** The messages without a translation in the catalogue of the language and in `messages.yaml`: the site shows them in English. */
export function missingMessages(folder: string, language: string): MessageKey[] {
  if (fallbacksOf(language).includes('en')) return [];
  const there = { ...ownMessagesOf(language), ...readOwnMessages(folder).messages };
  return Object.keys(english).filter((key): key is MessageKey => isKey(key) && there[key] === undefined);
}

function ownMessagesOf(language: string): Partial<Messages> {
  const path = fileFor(language);
  if (path === null) return {};
  const file = readMessages(readFileSync(path, 'utf8'));
  if (file.kind === 'mistakes')
    throw new OperatorError(file.mistakes.map((each: Mistake) => mistakeText(relative('.', path), each)).join('\n'));
  return file.messages;
}

/** The catalogue of the language, else of the nearest one; null for English. */
function fileFor(tag: string): string | null {
  return fallbacksOf(tag).map(languageFile).find(existsSync) ?? null;
}

/** Where the messages of a language lie. */
export function languageFile(tag: string): string {
  return join(root, 'src', 'i18n', `${tag}.yaml`);
}
