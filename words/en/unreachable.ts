/** Why Temporal does not take us, with the variable to look at; the middle of a sentence. */

export const unreachable = {
  speaksTls:
    'Temporal speaks TLS at this address: set TEMPORAL_TLS=true, and TEMPORAL_TLS_SERVER_CA_CERT_PATH for an authority of your own',
  untrusted:
    'the certificate of Temporal’s server is not from an authority that we trust: TEMPORAL_TLS_SERVER_CA_CERT_PATH must name the one that issued it',
  otherName:
    'the certificate of Temporal’s server is for another name than TEMPORAL_ADDRESS has: TEMPORAL_TLS_SERVER_NAME says which to expect',
  expired:
    'the certificate of Temporal’s server has expired, or is not valid yet by the clock of this machine',
  ownRefused:
    'Temporal’s server does not take our certificate: TEMPORAL_TLS_CLIENT_CERT_PATH must be from an authority that it trusts, and not expired',
  ownMissing:
    'Temporal’s server wants to see a certificate: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH',
  speaksNoTls:
    'nobody speaks TLS at this address: TEMPORAL_ADDRESS, or the variables TEMPORAL_TLS… and TEMPORAL_API_KEY, which ask for it',
  denied: (namespace: string) =>
    `Temporal does not let us into the namespace ${namespace}: set TEMPORAL_API_KEY, or the client certificate that it asks for`,
  apiKeyDenied: (namespace: string) =>
    `Temporal does not let TEMPORAL_API_KEY into the namespace ${namespace}`,
};
