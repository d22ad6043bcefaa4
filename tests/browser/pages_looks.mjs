// Every page but Measure at three widths, light and dark: pictures to look at, axe, and nothing that sticks out sideways.
import { check_axe, check_reflow } from "./harness.mjs";

const k_extract = "86e6df89b5d44880";
const k_pages = [
  ["home", "/"],
  ["sources", "/sources"],
  ["extract", `/sources/extracts/${k_extract}`],
  ["rows", `/sources/extracts/${k_extract}?part=rows`],
  ["rejections", `/sources/extracts/${k_extract}?part=rejections`],
  ["mapping", `/sources/extracts/${k_extract}?part=mapping`],
  ["source", "/sources/police-uk-stop-and-search"],
  ["record", `/records/${k_extract}:5609`],
  ["add", "/sources/add"],
  ["who", "/people"],
  ["govern", "/govern"],
  ["log", "/govern/log"],
  ["entry", "/govern/log/13"],
  ["verify", "/govern/verify"],
  ["checkpoint", "/govern/checkpoint"],
  ["people", "/govern/people"],
  ["person-add", "/govern/people/add"],
  ["permissions", "/govern/permissions"],
  ["account", "/account"],
  ["search", "/search"],
];

export async function pages_looks(run) {
  console.log("looks");
  for (const [name, address] of k_pages) {
    for (const scheme of ["light", "dark"]) {
      for (const width of [1280, 768, 360]) {
        await run.test(`${name} reads well at ${width} pixels, ${scheme}`, { width, scheme, address }, async (page) => {
          await run.shot(page, `${name}-${width}-${scheme}`);
          await check_axe(page, name);
          await check_reflow(page, name);
        });
      }
    }
  }
}
