// An area's profile and a plan: what is known, what is not, and what may not be said.
import { check, check_axe, check_equal, check_reflow, settled } from "./harness.mjs";

export async function profile_tests(run) {
  console.log("profiles and plans");
  await run.test("an area is chosen and its panels stand there", { address: "/measure/profile" }, async (page) => {
    await page.getByLabel("Area", { exact: true }).fill("newham");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Newham", level: 1 }).waitFor();
    for (const panel of ["Supply", "Demand", "Violence", "Exploitation"]) {
      await page.getByRole("heading", { name: panel, exact: true }).waitFor();
    }
    const text = await page.locator("main").innerText();
    check(text.includes("Cannot tell."), "what has no figure says so in its place");
    check(text.includes("police activity"), "limits stand beside figures");
    check(new URL(page.url()).search.includes("area=E09000025"), "the address holds the area");
    await check_axe(page, "the profile");
    await run.shot(page, "profile-newham");
  });
  await run.test("a figure of a profile opens its trace", { address: "/measure/profile?area=Newham" }, async (page) => {
    await page.getByRole("link", { name: /How do we know\? Violence with injury/ }).click();
    await page.waitForURL(/trace=borough-offences/);
    await settled(page);
  });
  await run.test(
    "the figures of a needs assessment say who has brought what",
    { address: "/measure/profile?area=Newham&kind=needs" },
    async (page) => {
      await page.getByRole("heading", { name: "Who has brought what" }).waitFor();
      await run.shot(page, "profile-needs");
    },
  );
  for (const width of [1280, 360]) {
    await run.test(
      `a profile reads well at ${width} pixels`,
      { width, address: "/measure/profile?area=Essex" },
      async (page) => {
        await page.getByRole("heading", { name: "Essex", level: 1 }).waitFor();
        await run.shot(page, `profile-essex-${width}`);
        await check_reflow(page, "the profile");
      },
    );
  }
  await run.test(
    "a plan is checked, and a broken one says where",
    { address: "/measure/plan", expected_faults: ["400"] },
    async (page) => {
      await page.getByRole("button", { name: "Write an example" }).click();
      await page.getByRole("button", { name: "Check" }).click();
      await page.getByRole("heading", { name: "What each target could reward" }).waitFor();
      check_equal(new URL(page.url()).search, "", "the query");
      await check_axe(page, "the plan");
      await run.shot(page, "plan-checked");
      await page
        .getByLabel("The plan", { exact: true })
        .fill('title = "x"\narea = "Newham"\n[[target]]\nindicater = "y"\n');
      await page.getByRole("button", { name: "Check" }).click();
      await page
        .getByText(/line 3|line 4/)
        .first()
        .waitFor();
    },
  );
}
