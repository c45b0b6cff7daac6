/** Names of query parameters with secrets: GitLab's `feed_token`, Redmine's `key`, Amazon's `X-Amz-Signature`. */
const SECRET = /(?:token|key|secret|passw(?:or)?d|auth|signature|credential)s?$|^(?:sig|pass|pwd?)$/i;

/** An address without passwords and secret parameters. The path of a file stays as it is. */
export function withoutSecrets(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const secrets = [...url.searchParams.keys()].filter((name) => SECRET.test(name));
  if (secrets.length === 0 && url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  for (const name of secrets) url.searchParams.delete(name);
  return url.href;
}

/**
 * Returns a function that removes the secret parameters of these addresses from all texts of a value. Feeds link to themselves, and
 * a relative link such as `#comments` repeats the query of its base.
 */
export function secretRemover(addresses: readonly string[]): <T>(value: T) => T {
  const parameters = addresses.flatMap((address) => URL.parse(address)?.search.slice(1).split('&') ?? []);
  const secrets = parameters.filter((each) => [...new URLSearchParams(each).keys()].some((name) => SECRET.test(name)));
  if (secrets.length === 0) return (value) => value;
  const literal = secrets.map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  // In HTML, `;` ends the character reference of `&`.
  const pattern = new RegExp(`(?<=[?&;])(?:${literal})(?![\\w%.~-])`, 'g');
  const open = (_key: string, text: unknown) => (typeof text === 'string' ? text.replace(pattern, '') : text);
  return (value) => JSON.parse(JSON.stringify(value, open));
}
