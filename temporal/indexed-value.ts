/** The types of our search attributes, as Temporal's service numbers them. */
import proto from '@temporalio/proto';

const { IndexedValueType } = proto.temporal.api.enums.v1;

export const INDEXED = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;
