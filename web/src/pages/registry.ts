// The pages that exist, each in its own folder and its own file of script. A folder with a page.tsx is a page.
import type { ComponentType } from "preact";

export interface PageProps {
  // What of the path stands behind the page's own: "log/33" of /govern/log/33; "" for the page itself.
  rest: string;
}

interface PageModule {
  default: ComponentType<PageProps>;
}

export interface Page {
  name: string;
  path: string;
  in_menu: boolean;
  load: () => Promise<PageModule>;
}

const loaders = import.meta.glob<PageModule>("./*/page.tsx");

const k_known: readonly (Omit<Page, "load"> & { folder: string })[] = [
  { name: "Home", path: "/", folder: "home", in_menu: true },
  { name: "Sources", path: "/sources", folder: "sources", in_menu: true },
  { name: "People", path: "/people", folder: "people", in_menu: true },
  { name: "Measure", path: "/measure", folder: "measure", in_menu: true },
  { name: "Decide", path: "/decide", folder: "decide", in_menu: true },
  { name: "Govern", path: "/govern", folder: "govern", in_menu: true },
  { name: "Record", path: "/records", folder: "records", in_menu: false },
  { name: "Your account", path: "/account", folder: "account", in_menu: false },
  { name: "Search", path: "/search", folder: "search", in_menu: false },
  { name: "Sign in", path: "/sign-in", folder: "sign_in", in_menu: false },
];

export const k_pages: readonly Page[] = k_known.flatMap(({ folder, ...page }) => {
  const load = loaders[`./${folder}/page.tsx`];
  return load === undefined ? [] : [{ ...page, load }];
});

export function page_at(path: string): Page | null {
  const fits = (page: Page): boolean => path === page.path || (page.path !== "/" && path.startsWith(`${page.path}/`));
  return k_pages.find(fits) ?? null;
}

export function rest_of(path: string, page: Page): string {
  return path.slice(page.path.length).replace(/^\//, "");
}
