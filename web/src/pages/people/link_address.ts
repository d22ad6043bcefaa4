// Where two records stand beside each other. Records have names without a value of anybody in them.
export function link_address(one: string, other: string): string {
  return `/people/links/${one}~${other}`;
}

// The two records of such an address; null where it names none.
export function linked_in(text: string): { one: string; other: string } | null {
  const [one = "", other = "", ...more] = text.split("~");
  return one === "" || other === "" || more.length > 0 ? null : { one, other };
}
