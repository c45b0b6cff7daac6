/** What queries call that which opens a feed to one reader alone: GitLab's `feed_token`, Redmine's `key`, Amazon's `X-Amz-Signature`. */
const SECRET = /(?:token|key|secret|passw(?:or)?d|auth|signature|credential)s?$|^(?:sig|pass|pwd?)$/i;

/** A feed's address as it may be published. The path of a file in the operator's folder stays as it is. */
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
