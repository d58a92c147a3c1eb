/** Why Temporal does not take us, with the variable to look at; the middle of a sentence. */
import type { Words } from '../en.ts';

export const unreachable: Words['doctor']['unreachable'] = {
  speaksTls:
    '该地址的 Temporal 使用 TLS，请设置 TEMPORAL_TLS=true；若由自建机构签发证书，再设置 TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  untrusted:
    'Temporal 服务端的证书不是由我方信任的机构签发，TEMPORAL_TLS_SERVER_CA_CERT_PATH 必须指向签发它的机构',
  otherName:
    'Temporal 服务端的证书与 TEMPORAL_ADDRESS 中的名称不符，用 TEMPORAL_TLS_SERVER_NAME 指定应有的名称',
  expired: 'Temporal 服务端的证书已到期，或按本机时钟尚未生效',
  ownRefused:
    'Temporal 服务端不接受我方证书，TEMPORAL_TLS_CLIENT_CERT_PATH 必须由它信任的机构签发，且未到期',
  ownMissing:
    'Temporal 服务端要求出示证书，请设置 TEMPORAL_TLS_CLIENT_CERT_PATH 和 TEMPORAL_TLS_CLIENT_KEY_PATH',
  speaksNoTls:
    '该地址没有使用 TLS，请检查 TEMPORAL_ADDRESS，以及要求使用 TLS 的变量 TEMPORAL_TLS… 和 TEMPORAL_API_KEY',
  denied: (namespace) =>
    `Temporal 不允许我方进入 Namespace ${namespace}，请设置 TEMPORAL_API_KEY，或它所要求的客户端证书`,
  apiKeyDenied: (namespace) => `Temporal 不允许 TEMPORAL_API_KEY 进入 Namespace ${namespace}`,
};
