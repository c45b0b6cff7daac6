import type { Socket } from 'node:net';

/**
 * Mends the head of the answer that a socket brings, before undici sees it: its parser refuses heads that curl and browsers
 * read. That is safe here: a connection carries one question and its answer, and no next answer that somebody could smuggle
 * in. What cannot be mended passes as it came, and the parser tells.
 * @param most bytes of a head; a longer one passes as it came
 */
export function mendHead(socket: Socket, most: number): void {
  // Whatever arrives goes through `push`, under TLS as well.
  const push = socket.push.bind(socket);
  // Latin-1: a byte is a character.
  let held = '';
  let tail = '';
  let isOver = false;
  const pass = (text: string): boolean => {
    isOver = true;
    held = '';
    return text === '' || push(Buffer.from(text, 'latin1'));
  };
  socket.push = (chunk, encoding) => {
    if (isOver) return push(chunk, encoding);
    if (chunk === null) {
      pass(held);
      return push(null);
    }
    const text = Buffer.from(chunk, encoding).toString('latin1');
    held += text;
    // It may come byte by byte: what was looked through is not looked through again.
    const mayEnd = END.test(tail + text);
    tail = (tail + text).slice(-3);
    if (mayEnd) {
      const { head, rest } = cut(held);
      if (head !== null) return pass(mended(head) + rest);
      held = rest;
    }
    const isHttp = held.length > 64 || 'HTTP/'.startsWith(held.trimStart().slice(0, 5));
    return isHttp && held.length <= most ? true : pass(held);
  };
}

const END = /\r?\n\r?\n/;
/** They say nothing of the answer, and undici takes a 100 that was not asked for as a mistake. 101 is another matter. */
const INTERIM = /^HTTP\/1\.\d 1(?!01)\d\d/;
/** RFC 9110 §5.6.2, but for spaces before the colon. */
const FIELD = /^([!#$%&'*+.^_`|~\w-]+)[ \t]*:(.*)$/;

/** The head of the answer; null where it is not there yet. Those before it are dropped. */
function cut(text: string): { head: string | null; rest: string } {
  const begun = text.replace(/^[\r\n]+/, '');
  const end = END.exec(begun);
  if (end === null) return { head: null, rest: begun };
  const [head, rest] = [begun.slice(0, end.index), begun.slice(end.index + end[0].length)];
  return INTERIM.test(head) ? cut(rest) : { head, rest };
}

function mended(head: string): string {
  const [status = '', ...lines] = head.split(/\r?\n/);
  const fields = unfolded(lines).flatMap((line) => {
    // A line that names no header says nothing.
    const [, name, value = ''] = FIELD.exec(line) ?? [];
    // RFC 9110 §5.5 lets a reader put spaces for them.
    return name === undefined ? [] : [{ name, value: value.replace(/[\0-\x08\x0a-\x1f\x7f]/g, ' ').trim() }];
  });
  return `${[status, ...framed(fields).map(({ name, value }) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}

/** A value may go on in the next line, after a space (RFC 9112 §5.2). */
function unfolded(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    if (!/^[ \t]/.test(line)) whole.push(line);
    else if (whole.length > 0) whole.push(`${whole.pop()} ${line.trim()}`);
  }
  return whole;
}

interface Field {
  name: string;
  value: string;
}

/** With one way at most to tell where the body ends (RFC 9112 §6.3); lengths that differ stay, for nobody knows which is true. */
function framed(fields: readonly Field[]): Field[] {
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
