// A real OpenID Connect provider on this machine, for the tests: node provider.mjs PORT RETURN_ADDRESS
// Anybody may sign in under any login; the login is the preferred_username, and "subject-of-" and the login the subject.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, returnAddress] = process.argv.slice(2);

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

const client = (algorithm, secretIn) => ({
  client_id: `throughline-${algorithm}-${secretIn}`,
  client_secret: 'a secret: with / signs & spaces that must be encoded',
  redirect_uris: [returnAddress],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: `client_secret_${secretIn}`,
  id_token_signed_response_alg: algorithm,
});

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client('RS256', 'basic'), client('PS256', 'basic'), client('ES256', 'basic')],
  clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
  jwks: { keys: [rsa, ec] },
  cookies: { keys: ['for the tests alone'] },
  pkce: { required: () => true, methods: ['S256'] },
  claims: { openid: ['sub'], profile: ['preferred_username'] },
  conformIdTokenClaims: false,
  findAccount: (context, login) => ({
    accountId: login,
    claims: () => ({ sub: login, preferred_username: login.replace(/^subject-of-/, '') }),
  }),
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
