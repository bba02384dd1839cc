import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  base: "./",
  build: {
    target: ["safari15", "chrome105"],
    chunkSizeWarningLimit: 1400,
    // Fonts and pictures must be files of our own: the content policy allows no other origin.
    assetsInlineLimit: 0,
  },
  server: { port: 5173, strictPort: true },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"] },
});
