// Runs before the page's own scripts: tells the log what goes wrong inside the page. The page does
// not have to know, so it is told also when the page's own code does not load.
(() => {
  const report = (kind, text) => {
    const bridge = window.__TAURI_INTERNALS__;
    bridge?.invoke("report", { kind, text: String(text).slice(0, 4000) }).catch(() => undefined);
  };
  const words = (reason) =>
    reason instanceof Error ? `${reason.name}: ${reason.message} ${reason.stack ?? ""}` : reason;
  addEventListener("error", (event) => report("error", words(event.error ?? event.message)));
  addEventListener("unhandledrejection", (event) => report("rejection", words(event.reason)));
  addEventListener("securitypolicyviolation", (event) =>
    report("policy", `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`),
  );
})();
