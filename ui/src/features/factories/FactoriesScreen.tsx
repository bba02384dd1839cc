/** Those who make our goods: what they hold of ours, how well they do, their terms, what we owe. */
import type { ComponentType, ReactNode } from "react";
import { useLocation } from "wouter";
import { useSession } from "../../kit/session";
import { MaterialsPage } from "./MaterialsPage";
import { PayablesPage } from "./PayablesPage";
import { ScorecardsPage } from "./ScorecardsPage";
import { StatementsPage } from "./StatementsPage";
import { TermsPage } from "./TermsPage";
import "../../kit/work.css";
import "./factories.css";

const PAGES: Record<string, ComponentType> = {
  statements: StatementsPage,
  scorecards: ScorecardsPage,
  terms: TermsPage,
};

const FactoriesScreen = (): ReactNode => {
  const { seesMoney } = useSession();
  const [location] = useLocation();
  const page = location.split("/")[2] ?? "";
  if (page === "payables" && seesMoney) return <PayablesPage />;
  const Page = PAGES[page] ?? MaterialsPage;
  return <Page />;
};

export default FactoriesScreen;
