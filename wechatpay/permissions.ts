/** The calls about whether a user has authorised a service. */
import type { Answer } from './answer.ts';
import type { JsonObject } from './json.ts';
import { pathParameter, queryOf } from './target.ts';
import type { Transport } from './transport.ts';

const PERMISSIONS = '/v3/payscore/permissions';

export type PermissionCalls = ReturnType<typeof createPermissionCalls>;

export function createPermissionCalls({ send }: Pick<Transport, 'send'>) {
  return {
    /** 查询与用户授权记录(openid), guide 3.2.1. */
    async getPermissionByOpenid(user: {
      openid: string;
      service_id: string;
      appid: string;
    }): Promise<Answer> {
      const { openid, ...query } = user;
      const path = `${PERMISSIONS}/openid/${pathParameter('openid', openid)}`;
      return await send({
        name: 'getPermissionByOpenid',
        method: 'GET',
        target: `${path}?${queryOf(query)}`,
      });
    },

    /** 查询与用户授权记录(授权协议号), guide 3.2.1. */
    async getPermissionByAuthorizationCode(contract: {
      authorization_code: string;
      service_id: string;
    }): Promise<Answer> {
      const { authorization_code, ...query } = contract;
      const code = pathParameter('authorization_code', authorization_code);
      const path = `${PERMISSIONS}/authorization-code/${code}`;
      return await send({
        name: 'getPermissionByAuthorizationCode',
        method: 'GET',
        target: `${path}?${queryOf(query)}`,
      });
    },

    /** 商户预授权, guide 3.2.2. The `apply_permissions_token` that it gives lives for one hour. */
    preparePermission(body: JsonObject): Promise<Answer> {
      return send({ name: 'preparePermission', method: 'POST', target: PERMISSIONS, body });
    },

    /** 解除用户授权关系(openid), guide 3.2.14. Answered without a body. */
    async terminatePermissionByOpenid(openid: string, body: JsonObject): Promise<Answer> {
      const path = `${PERMISSIONS}/openid/${pathParameter('openid', openid)}`;
      return await send({
        name: 'terminatePermissionByOpenid',
        method: 'POST',
        target: `${path}/terminate`,
        body,
      });
    },

    /** 解除用户授权关系(授权协议号), guide 3.2.14. Answered without a body. */
    async terminatePermissionByAuthorizationCode(
      authorization_code: string,
      body: JsonObject,
    ): Promise<Answer> {
      const code = pathParameter('authorization_code', authorization_code);
      const path = `${PERMISSIONS}/authorization-code/${code}`;
      return await send({
        name: 'terminatePermissionByAuthorizationCode',
        method: 'POST',
        target: `${path}/terminate`,
        body,
      });
    },
  };
}
