import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fetched } from '../../../scripts/snapshot/fetch/response.ts';
import { failureSentence } from '../../../scripts/snapshot/outcome.ts';
import { rows } from '../../lib/case-table.ts';
import { authority, type Certificate, type FaultServer, fetcherFor, startFaultServer } from '../../lib/fault-server.ts';

let server: FaultServer;

beforeAll(async () => {
  setDefaultCACertificates([...getCACertificates('default'), authority]);
  server = await startFaultServer();
});
afterAll(() => server.close());

function said(fetched: Fetched): string {
  return fetched.kind === 'failed' ? failureSentence(fetched.reason) : fetched.kind;
}

test.for(rows`
  good | body
  expired | the certificate of localhost is not valid: it has expired; tell its owner
  early | the certificate of localhost is not valid: it is not valid yet; tell its owner
  other | the certificate of localhost is not valid: it is made out to blog.example, www.blog.example; tell its owner
  stranger | the certificate of localhost is not valid: its issuer is unknown here; the server often forgets an intermediate certificate; tell its owner
  self | the certificate of localhost is not valid: it is signed by the server itself; tell its owner
`)('a server with the certificate “%s”', async ([certificate, says]) => {
  const url = `https://${server.secure[certificate as Certificate]}/feed`;
  expect(said(await fetcherFor(server).fetchFeed({ url, validators: {} }))).toBe(says);
});

test('a redirect to a server with a bad certificate', async () => {
  const url = `http://${server.host}/to?https://${server.secure.self}/feed`;
  expect(await fetcherFor(server).fetchFeed({ url, validators: {} })).toMatchObject({
    kind: 'failed',
    reason: { kind: 'certificate', host: 'localhost' },
  });
});

test('https to a server that speaks only http', async () => {
  const url = `https://${server.host}/feed`;
  expect(said(await fetcherFor(server).fetchFeed({ url, validators: {} }))).toBe(
    '127.0.0.1 offers no secure connection that we support; try the address with http://',
  );
});

test('http to a server that speaks only https', async () => {
  const url = `http://${server.secure.good}/feed`;
  expect(await fetcherFor(server).fetchFeed({ url, validators: {} })).toMatchObject({ kind: 'failed' });
});

test.for([
  {
    limits: { connect: 60 },
    says: 'timed out after 0.06 s while connecting; the server is slow or down, which often passes',
  },
  {
    limits: { deadline: 50 },
    says: 'timed out after 0.05 s while connecting; the server is slow or down, which often passes',
  },
])('a server that takes the connection and never greets, when $limits', async ({ limits, says }) => {
  const url = `https://${server.mute}/feed`;
  expect(said(await fetcherFor(server, limits).fetchFeed({ url, validators: {} }))).toBe(says);
  // Nor is it kept waiting.
  await server.muteIsAlone();
});
