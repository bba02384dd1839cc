/** The keys, shown by ?. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../kit/Dialog";
import { useSession } from "../kit/session";
import { screensFor } from "./screens";

export const KeysHelp = (props: { onClose: () => void }): ReactNode => {
  const { t } = useTranslation("app");
  const { seesMoney } = useSession();
  const general: [string, string][] = [
    ["Ctrl/⌘ K", t("keysPalette")],
    ["/", t("keysFilter")],
    ["↑ ↓ · j k", t("keysMove")],
    ["Enter", t("keysOpen")],
    ["e", t("keysEdit")],
    ["Ctrl/⌘ Enter", t("keysSend")],
    ["Ctrl/⌘ C", t("keysCopy")],
    ["Esc", t("keysClose")],
    ["?", t("keysHelp")],
  ];
  return (
    <Dialog footer={null} width={560} title={t("keys")} onCancel={props.onClose}>
      <div className="keys-help">
        <dl>
          {general.map(([key, text]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <dl>
          <p className="quiet">{t("keysGo")}</p>
          {screensFor(seesMoney).map((screen) => (
            <div key={screen.name}>
              <dt>
                <kbd>g {screen.letter}</kbd>
              </dt>
              <dd>{t(screen.name)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
};
