import type { Socket } from 'node:net';

/**
 * Repairs the head of the answer on a socket before undici parses it: undici refuses heads that curl and browsers
 * accept. This is safe here: a connection carries one answer, so that no second one can be smuggled in. A head that
 * cannot be repaired, or is longer than `most` bytes, passes unchanged, and undici reports it.
 */
export function mendHead(socket: Socket, most: number): void {
  // All data goes through `push`, with TLS too.
  const push = socket.push.bind(socket);
  // As latin1: one byte is one character.
  let buffered = '';
  let tail = '';
  let isOver = false;
  const pass = (text: string): boolean => {
    isOver = true;
    buffered = '';
    return text === '' || push(Buffer.from(text, 'latin1'));
  };
  socket.push = (chunk, encoding) => {
    if (isOver) return push(chunk, encoding);
    if (chunk === null) {
      pass(buffered);
      return push(null);
    }
    const text = Buffer.from(chunk, encoding).toString('latin1');
    buffered += text;
    // Data may arrive byte by byte: only the new part is searched.
    const mayEnd = HEAD_END.test(tail + text);
    tail = (tail + text).slice(-3);
    if (mayEnd) {
      const { head, rest } = splitHead(buffered);
      if (head !== null) return pass(repairedHead(head) + rest);
      buffered = rest;
    }
    const isHttp = buffered.length > 64 || 'HTTP/'.startsWith(buffered.trimStart().slice(0, 5));
    return isHttp && buffered.length <= most ? true : pass(buffered);
  };
}

const HEAD_END = /\r?\n\r?\n/;
/** Interim answers other than 101, which are dropped: undici refuses a 100 that was not asked for (https://www.rfc-editor.org/rfc/rfc9110#status.1xx). */
const INTERIM = /^HTTP\/1\.\d 1(?!01)\d\d/;
/** A header line (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), where spaces are allowed before the colon. */
const FIELD = /^([!#$%&'*+.^_`|~\w-]+)[ \t]*:(.*)$/;

/** The head of the final answer, null until it has arrived, and the text after it. */
function splitHead(text: string): { head: string | null; rest: string } {
  const begun = text.replace(/^[\r\n]+/, '');
  const end = HEAD_END.exec(begun);
  if (end === null) return { head: null, rest: begun };
  const [head, rest] = [begun.slice(0, end.index), begun.slice(end.index + end[0].length)];
  return INTERIM.test(head) ? splitHead(rest) : { head, rest };
}

function repairedHead(head: string): string {
  const [status = '', ...lines] = head.split(/\r?\n/);
  const fields = unfolded(lines).flatMap((line) => {
    // A line without a name is no header.
    const [, name, value = ''] = FIELD.exec(line) ?? [];
    // Control characters may be replaced by spaces (https://www.rfc-editor.org/rfc/rfc9110#section-5.5-5).
    return name === undefined ? [] : [{ name, value: value.replace(/[\0-\x08\x0a-\x1f\x7f]/g, ' ').trim() }];
  });
  return `${[status, ...withOneLength(fields).map(({ name, value }) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}

/** Joins values that continue on the next line after a space (https://www.rfc-editor.org/rfc/rfc9112#section-5.2). */
function unfolded(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    if (!/^[ \t]/.test(line)) whole.push(line);
    else if (whole.length > 0) whole.push(`${whole.pop()} ${line.trim()}`);
  }
  return whole;
}

type Field = { name: string; value: string };

/** Keeps one of equal lengths (https://www.rfc-editor.org/rfc/rfc9112#section-6.3); undici refuses different ones. */
function withOneLength(fields: readonly Field[]): Field[] {
  const tokens = (wanted: string) =>
    fields
      .filter(({ name }) => name.toLowerCase() === wanted)
      .flatMap(({ value }) => value.split(',').map((one) => one.trim()));
  const codings = tokens('transfer-encoding').filter((coding) => coding !== '' && coding.toLowerCase() !== 'identity');
  const lengths = [...new Set(tokens('content-length'))];
  const length = lengths.length > 1 ? lengths.join(', ') : lengths[0];
  return [
    ...fields.filter(({ name }) => !/^(?:transfer-encoding|content-length)$/i.test(name)),
    ...(codings.length > 0 ? [{ name: 'Transfer-Encoding', value: codings.join(', ') }] : []),
    ...(codings.length === 0 && length !== undefined ? [{ name: 'Content-Length', value: length }] : []),
  ];
}
