/** Who is not let in, and why. */

const INSTEAD =
  'Call it by a loopback address from a program on this machine, or set API_KEYS_FILE and send a key.';

export const door = {
  host: `The header Host must name a loopback address. ${INSTEAD}`,
  target: `The target must name a loopback address. ${INSTEAD}`,
  originOfPage: `The header Origin names a web page. ${INSTEAD}`,
  siteOfPage: `The header Sec-Fetch-Site tells of a web page. ${INSTEAD}`,
  foreignOrigin: 'The page that asks is none of CODEC_ORIGINS.',
  sendKey: 'Send Authorization: Bearer <API key>.',
  sendCodecKey: (login: string) =>
    `Send Authorization: Bearer <API key> of the scope codec, or log in at ${login}.`,
  wrongScope: (key: string, scopes: readonly string[], needed: string) =>
    `The key ${key} has the scope ${scopes.join(', ')}; this takes ${needed}.`,
};
