import type { Filter, SortDirection } from "mongodb";
import type { CollectionDefinition } from "../port.ts";
import type { Operator, Plan, Scalar } from "../query.ts";
import type { Row } from "./rows.ts";

const operators: Record<Operator, string> = {
  "=": "$eq",
  in: "$in",
  ">=": "$gte",
  ">": "$gt",
  "<=": "$lte",
  "<": "$lt",
};

export const fieldName = (field: string): string => (field === "id" ? "_id" : field);

/** The conditions of a plan; `null` matches an absent field too, as MongoDB has it. */
export const planToFilter = ({ tests }: Plan): Filter<Row> => {
  const conditions = tests.map(({ field, operator, values }) => ({
    [fieldName(field)]: { [operators[operator]]: operator === "in" ? values : values[0] },
  }));
  return conditions.length === 0 ? {} : { $and: conditions };
};

export const planToSort = ({ order }: Plan): [string, SortDirection][] =>
  order.map(({ field, direction }) => [fieldName(field), direction]);

/** The index that a plan was made for. */
export const planToHint = ({ key }: Plan): string => indexName(key);

export const indexName = (key: readonly string[]): string =>
  key.length === 1 && key[0] === "id" ? "_id_" : `by_${key.join("_")}`;

/** The filters under which a document's unique keys are taken, the id first. */
export const keyFilters = <T extends { id: string }>(
  { unique }: Pick<CollectionDefinition<T>, "unique">,
  document: T,
): Filter<Row>[] => [
  { _id: document.id },
  ...unique.map((key) =>
    Object.fromEntries(
      key.map((field) => [fieldName(field), document[field as keyof T] as Scalar]),
    ),
  ),
];
