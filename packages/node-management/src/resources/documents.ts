import { type Collection, defineCollection } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";

const figure = () => Type.Optional(Type.Integer({ minimum: 0 }));
const figures = {
  cpu_bp: figure(),
  memory_bp: figure(),
  disk_bp: figure(),
  /** Received and sent, bits per second. */
  network_bps: figure(),
};
const Sample = Type.Object({ at: Type.Integer(), ...figures });

const sum = () =>
  Type.Optional(
    Type.Object({
      count: Type.Integer({ minimum: 1 }),
      sum: Type.Integer(),
      min: Type.Integer(),
      max: Type.Integer(),
    }),
  );
const RollUp = Type.Object({ cpu_bp: sum(), memory_bp: sum(), disk_bp: sum(), network_bps: sum() });

const ResourceHourDocument = Type.Object({
  id: Type.String(),
  node_id: Type.String(),
  /** Hours since 1970. */
  hour: Type.Integer({ minimum: 0 }),
  /** By their moment; none once the hour is rolled up. */
  samples: Type.Array(Sample),
  roll_up: Type.Optional(RollUp),
  is_rolled_up: Type.Boolean(),
  revision: Type.Integer({ minimum: 0 }),
});

const metric = () =>
  Type.Union([
    Type.Literal("cpu"),
    Type.Literal("memory"),
    Type.Literal("disk"),
    Type.Literal("network"),
  ]);
const Watch = Type.Object({
  phase: Type.Union([
    Type.Literal("quiet"),
    Type.Literal("rising"),
    Type.Literal("active"),
    Type.Literal("falling"),
  ]),
  /** Since when it rises or falls, Unix ms. */
  since: Type.Integer(),
  /** The latest known figure's moment. */
  heard: Type.Integer(),
});
const Alert = Type.Object({
  metric: metric(),
  threshold: Type.Integer(),
  peak: Type.Integer(),
  raised_at: Type.Integer(),
  resolved_at: Type.Optional(Type.Integer()),
});

const ResourceWatchDocument = Type.Object({
  id: Type.String(),
  thresholds: Type.Object({
    cpu_bp: Type.Integer(),
    memory_bp: Type.Integer(),
    disk_bp: Type.Integer(),
    network_bps: Type.Integer(),
    for_seconds: Type.Integer(),
  }),
  /** Up to which moment samples have been looked at. */
  judged_to: Type.Integer(),
  watches: Type.Object({ cpu: Watch, memory: Watch, disk: Watch, network: Watch }),
  /** Newest first. */
  alerts: Type.Array(Alert),
  /** Whether one of these is active. */
  is_alerting: Type.Optional(Type.Boolean()),
  /** The latest sample as it was sent, JSON. */
  latest: Type.Optional(Type.String()),
  revision: Type.Integer({ minimum: 0 }),
});

export type Figures = Omit<Static<typeof Sample>, "at">;
export type SampleFigures = Static<typeof Sample>;
export type FigureName = keyof Figures;
export type RollUp = Static<typeof RollUp>;
export type Watch = Static<typeof Watch>;
export type Alert = Static<typeof Alert>;
export type Metric = Alert["metric"];
export type Thresholds = ResourceWatchDocument["thresholds"];
export type ResourceHourDocument = Static<typeof ResourceHourDocument>;
export type ResourceWatchDocument = Static<typeof ResourceWatchDocument>;

/** A node's samples of one hour are one document, `<node_id>/<hour>`; later only what they come to. */
export const resourceHourCollection = defineCollection({
  name: "resource_samples",
  retention: {
    words: "policy `retention.resource_samples_epochs`; after 8 days as sums of an hour",
  },
  schema: ResourceHourDocument,
  indexes: [["node_id", "hour"], ["is_rolled_up", "hour"], ["hour"]],
});

/** What is watched of a node's machine, under its node's id: thresholds, and the alerts that came of them. */
export const resourceWatchCollection = defineCollection({
  name: "resource_watches",
  schema: ResourceWatchDocument,
  indexes: [["is_alerting", "judged_to"]],
});

/** Whether what raised an alert still lasts. */
export const isActive = ({ resolved_at }: Alert): boolean => resolved_at === undefined;

export type ResourceHours = Collection<ResourceHourDocument>;

export const hourId = (nodeId: string, hour: number): string => `${nodeId}/${hour}`;
