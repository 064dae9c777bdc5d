// node build.mjs, in a folder with the packages of README.md beside entry.js: writes codemirror.js.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

// CodeMirror writes its style into a <style>, which the rooms' policy forbids, unless it stands in a shadow root: there
// it adopts a style sheet made by script. This makes it adopt one in a document too.
const adopt = {
  name: "adopt",
  setup({ onLoad }) {
    onLoad({ filter: /style-mod\.js$/ }, async ({ path }) => {
      const before = await readFile(path, "utf8");
      const contents = before.replace("if (!root.head && root.adoptedStyleSheets", "if (root.adoptedStyleSheets");
      if (contents === before) throw new Error("style-mod is no longer what this changes");
      return { contents, loader: "js" };
    });
  },
};

await build({
  entryPoints: ["entry.js"],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "CodeMirror",
  target: ["es2020"],
  charset: "ascii",
  legalComments: "none",
  outfile: "codemirror.js",
  plugins: [adopt],
});
