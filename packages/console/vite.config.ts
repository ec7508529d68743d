import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const noSchemas = `${import.meta.dirname}/src/api/no-schemas.ts`;

// What these packages export is used or left out; they do nothing when they are imported.
const treeshake = {
  moduleSideEffects: (id: string) => !/\/packages\/(protocol|api|verify)\//.test(id),
};

// Whoever builds, a test run included, builds what is delivered: React without its development checks.
process.env["NODE_ENV"] = "production";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { alias: [{ find: /^typebox$/, replacement: noSchemas }] },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // The pages run under `default-src 'self'`: nothing may become a data: URL or an inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { treeshake },
  },
  worker: { format: "es", rolldownOptions: { treeshake } },
});
