/**
 * `@modelcontextprotocol/client` as a client that proves itself with a key, through the whole journey.
 *
 *     node sdk-v2-keyed.mjs SERVER_URL
 */
import { generateKeyPairSync } from 'node:crypto';
import { Client, StreamableHTTPClientTransport, createPrivateKeyJwtAuth } from '@modelcontextprotocol/client';
import { journey } from './journey.mjs';
import { MemoryProvider } from './provider.mjs';
import { Recorder } from './recorder.mjs';

/** Registers the public half of a new key, and signs with the other from then on. */
class KeyedProvider extends MemoryProvider {
  #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(name) {
    super(name);
    this.clientMetadata.token_endpoint_auth_method = 'private_key_jwt';
    this.clientMetadata.jwks = { keys: [this.#keys.publicKey.export({ format: 'jwk' })] };
  }

  saveClientInformation(client) {
    super.saveClientInformation(client);
    this.addClientAuthentication = createPrivateKeyJwtAuth({
      issuer: client.client_id,
      subject: client.client_id,
      privateKey: this.#keys.privateKey.export({ format: 'jwk' }),
      alg: 'ES256'
    });
  }
}

const [url] = process.argv.slice(2);
const name = 'sdk-v2-keyed';
const provider = new KeyedProvider(name);
const recorder = new Recorder();
let transport;

async function connect() {
  transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider, fetch: recorder.fetch });
  const client = new Client({ name, version: '1.0.0' });
  await client.connect(transport);
  return client;
}

const finish = callback => transport.finishAuth(callback.searchParams);
const report = await journey({ name, provider, recorder, connect, finish });
console.log(JSON.stringify({ ...report, registered: provider.clientInformation().token_endpoint_auth_method }));
