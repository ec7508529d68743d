/**
 * Stands in for `typebox` in the bundle. The client reads only method and path of a route; the schemas beside them are
 * for the service and for the types, and would be a third of what a browser downloads.
 */
const schema = () => ({});

export const Type = new Proxy<Record<string, typeof schema>>({}, { get: () => schema });
