export { createMetrics, type Metrics } from "./metrics.ts";
export { serveMetrics, type MetricsServer } from "./serve.ts";
