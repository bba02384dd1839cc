/** A paper that is looked at from where its document stands. */
import { type ReactNode, useState } from "react";
import { type PaperOf, PaperPreview } from "./PaperPreview";

export const usePaper = (): { show: (of: PaperOf) => void; preview: ReactNode } => {
  const [of, setOf] = useState<PaperOf | null>(null);
  return { show: setOf, preview: of && <PaperPreview of={of} onClose={() => setOf(null)} /> };
};
