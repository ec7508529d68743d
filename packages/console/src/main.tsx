import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { followEvents } from "./api/live.ts";
import { queryClient } from "./api/service.ts";
import { App } from "./app.tsx";
import "./styles/index.css";

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no #root");

followEvents();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
