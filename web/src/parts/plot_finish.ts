// What every picture of Observable Plot needs before it stands in a page.
export function finished(picture: SVGElement | HTMLElement): SVGElement | HTMLElement {
  // What Plot writes into a style element stands in our own style sheet: the content policy allows none inside the page.
  for (const style of picture.querySelectorAll("style")) style.remove();
  // The picture has one name, its label; the names that Plot gives to its groups would be read out as parts of nothing.
  for (const group of picture.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  return picture;
}
