import { Page } from "../../page.tsx";
import { YouPanel } from "./you-panel.tsx";

export const YouPage = () => (
  <Page title="You">
    <YouPanel />
  </Page>
);
