import { defineConfig } from "vitest/config";

// The program serves what lies in build/web/dist from memory; nothing is fetched from anywhere else.
export default defineConfig({
  base: "/",
  build: {
    outDir: "../build/web/dist",
    emptyOutDir: true,
    target: "es2022",
    // Pictures written into a style sheet as data are allowed by the content policy; scripts and styles never are.
    assetsInlineLimit: 2048,
    modulePreload: { polyfill: false },
    // The map library is large and is asked for only by somebody who opens the map.
    chunkSizeWarningLimit: 1600,
  },
  css: {
    // GOV.UK's style sheet carries a hack for an old browser that the minifier does not read.
    lightningcss: { errorRecovery: true },
    preprocessorOptions: {
      scss: {
        loadPaths: ["node_modules", "."],
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions"],
      },
    },
  },
  worker: { format: "es" },
  server: { proxy: { "/api": process.env["THROUGHLINE_SERVER"] ?? "http://127.0.0.1:8080" } },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
