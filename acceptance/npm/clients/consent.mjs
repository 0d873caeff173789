/**
 * Signs in at an authorization URL and hands the answer to the client that waits for it.
 *
 *     node consent.mjs AUTHORIZATION_URL
 */
import { Browser } from './browser.mjs';

const callback = await new Browser().signIn(process.argv[2]);
const response = await fetch(callback);
console.log(`the client answered ${response.status}`);
