/** The words that a regular expression looks for, where it is no more than words; null where it is more. */
export function plainWords(expression: string): string[] | null {
  const bare = withoutEdges(expression.trim().replace(/^\(\?[a-z]+\)/, ''));
  const words = withoutBrackets(bare)
    .split('|')
    .map((part) => wordIn(withoutBrackets(part.trim())));
  return words.length > 0 && words.every((word) => word !== null) ? words : null;
}

function withoutBrackets(expression: string): string {
  const inside = /^\((?:\?:)?(.*)\)$/.exec(expression)?.[1];
  return inside !== undefined && !/[()]/.test(inside) ? inside : expression;
}

/** `\bpython\b`, `.*python.*`: what is found anywhere needs no such edges. */
function withoutEdges(expression: string): string {
  return expression.replace(/^(?:\\b|\.\*)+|(?:\\b|\.\*)+$/g, '');
}

/** `plone\.org` */
function wordIn(part: string): string | null {
  const bare = withoutEdges(part);
  const literal = bare.replace(/\\([^a-z0-9])/gi, '$1').trim();
  const special = bare.replace(/\\[^a-z0-9]/gi, '');
  return literal === '' || /[.*+?^$()[\]{}\\]/.test(special) ? null : literal;
}
