/** What an order waits for. Times come in words. */

export const waits = {
  payment:
    'The payment: by WeChat Pay’s callback, or when the pending timer or activity has WeChat asked; it says when.',
  user: (until: string) =>
    `The user, until ${until}: without an authorization by then it ends \`unauthorized\`.`,
  invitation: (until: string) =>
    `The invitation that business code has for them opens WeChat’s page until ${until}. A notification of WeChat Pay leads on, or the pending activity, which looks ever more rarely.`,
  itsTurn: (operation: string, since: string) =>
    `\`${operation}\`, asked for ${since}: waits for its turn.`,
  underWay: (operation: string, since: string, begun: string) =>
    `\`${operation}\`, asked for ${since}: under way since ${begun}.`,
  unknown: (since: string) =>
    `**Its outcome is unknown** since ${since}: WeChat Pay is asked, and the same is sent again only when it was not done.`,
  mayArrive: (until: string) =>
    `What was sent last can arrive until ${until}; no refusal is believed before.`,
  lookUp: 'Before it, WeChat Pay must tell how the order stands.',
  taken: 'WeChat Pay has said yes, and its account does not show it yet.',
  charging: (times: number) =>
    `WeChat Pay is charging at this very moment: the same again every 3 minutes, ${times} of 10 times so far.`,
  givenUp: (at: string) => `Given up when it is not known to exist by ${at}.`,
  notBefore: (at: string) =>
    `Not sent before ${at}: until then an earlier correction may still arrive.`,
  /** Between sentences. */
  space: ' ',
};
