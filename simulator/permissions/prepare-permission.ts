/** POST /v3/payscore/permissions: the pre-permission, a token for the page on which the user authorises. */
import { checkExcess, strictly } from '../orders/strict-fields.ts';
import type { PolicyBook } from '../policy-book.ts';
import { checkIdentity, type Service } from '../service.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { RefusalName } from '../transport/refusals.ts';
import type { Agreement } from './permission.ts';
import type { Permissions } from './permission-book.ts';
import { PrepareFields } from './permission-fields.ts';

export interface PreparePermissionParts {
  readonly service: Service;
  readonly permissions: Permissions;
  readonly policies: PolicyBook;
}

export function preparePermissionHandler(parts: PreparePermissionParts): Handler {
  const { service, permissions, policies } = parts;
  const Fields = PrepareFields.superRefine(strictly(policies));

  return ({ body }) => {
    const json = readJson(body);
    const fields = readFields(Fields, json, 'body');
    checkExcess(json, fields, {}, policies.now());
    checkIdentity(fields, service);
    const known = permissions.agreement(fields.authorization_code);
    if (known !== undefined && known.service_id !== fields.service_id)
      throw new RefusalError('codePrepared');
    const objection = known && objectionTo(known, policies);
    if (objection !== undefined) throw new RefusalError(objection);
    const apply_permissions_token = permissions.prepare({ ...fields, mchid: service.mchid });
    return { apply_permissions_token };
  };
}

/** A code whose user has revoked may be prepared for that user's return. */
function objectionTo(known: Agreement, policies: PolicyBook): RefusalName | undefined {
  switch (policies.now().second_preparation) {
    case 'until_bound':
      return known.authorization_state === 'AVAILABLE' ? 'codeBound' : undefined;
    case 'always':
      return undefined;
    case 'never':
      return 'codePrepared';
  }
}
