/** What the command says when it is ready: how to point a client at it. */

export function readyMessage(url: string, folder: string): string {
  return `
WeChat Pay, simulated: ${url}

  in a browser         ${url}/
  base_url             ${url}        in place of https://api.mch.weixin.qq.com
  numbers              ${folder}/merchant.json
  private key          ${folder}/apiclient_key.pem
  APIv3 key            ${folder}/apiv3_key.txt
  WeChat's public key  ${folder}/pub_key.pem, or the certificate ${folder}/wechatpay_cert.pem

A user authorises the service, and pays an order:

  curl -X POST ${url}/_control/users/<openid>/authorise
  curl -X POST ${url}/_control/orders/<out_order_no>/pay

`;
}
