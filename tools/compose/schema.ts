/** What the Compose Specification allows: engines let much pass that another one refuses. */
// JSON Schema is not ours to interpret: ajv is what everybody uses for it.
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';

/** One line for each place that the schema does not allow. */
export function schemaFaults(name: string, file: unknown, schema: AnySchemaObject): string[] {
  // The schema has keywords of its own, for programs that read its fields.
  const validate = new Ajv2020({ strict: false, allErrors: true, logger: false }).compile(schema);
  const isAllowed = validate(file) as boolean;
  return (isAllowed ? [] : (validate.errors ?? [])).map(
    ({ instancePath, message }) => `${name}: ${instancePath || '/'} ${message}`,
  );
}
