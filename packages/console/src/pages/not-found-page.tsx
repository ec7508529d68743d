import { Link } from "wouter";
import { Page } from "../page.tsx";
import { Empty } from "../parts/empty.tsx";

export const NotFoundPage = () => (
  <Page title="No such page">
    <Empty title="There is nothing at this address.">
      <Link href="/">Go to the overview</Link>, or enter an id at the top.
    </Empty>
  </Page>
);
